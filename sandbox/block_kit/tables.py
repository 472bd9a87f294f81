"""Tables, in messages only: https://docs.slack.dev/reference/block-kit/blocks/table-block and …/data-table-block."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sandbox.block_kit.problems import Finding, below
from sandbox.block_kit.rich_text import RICH_TEXT
from sandbox.block_kit.schema import Array, Boolean, Choice, Number, Object, OneOf, String

COLUMNS: Final = 20

_RAW_TEXT: Final = Object(type="raw_text", required={"text": String()})
_RAW_NUMBER: Final = Object(type="raw_number", required={"value": Number(whole=False), "text": String()})
_ROW: Final = Array(OneOf(_RAW_TEXT, _RAW_NUMBER, RICH_TEXT), least=1, most=COLUMNS)


def _rows_equally_long(value: Mapping[str, Any], at: str) -> Iterator[Finding]:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            yield Finding(below(at, "rows", index), f"must have {width} cells like the first row")


def _plain_header(value: Mapping[str, Any], at: str) -> Iterator[Finding]:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield Finding(below(at, "rows", 0, index, "type"), "unsupported type: rich_text")


def _row_header_exists(value: Mapping[str, Any], at: str) -> Iterator[Finding]:
    columns = len(value["rows"][0])
    if value.get("row_header_column_index", 0) >= columns:
        yield Finding(below(at, "row_header_column_index"), f"must be less than {columns}")


TABLE: Final = Object(
    type="table",
    required={"rows": Array(_ROW, least=1, most=100)},
    optional={
        "block_id": String(255),
        "column_settings": Array(
            Object(optional={"align": Choice("left", "center", "right"), "is_wrapped": Boolean()}),
            most=COLUMNS,
            holes=True,
        ),
    },
)

DATA_TABLE: Final = Object(
    type="data_table",
    required={"caption": String(), "rows": Array(_ROW, least=2, most=101)},
    optional={
        "block_id": String(255),
        "page_size": Number(least=1, most=100),
        "row_header_column_index": Number(least=0),
    },
    rules=(_rows_equally_long, _plain_header, _row_header_exists),
)
