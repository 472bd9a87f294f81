"""Tables (messages only): https://docs.slack.dev/reference/block-kit/blocks/table-block and …/data-table-block."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sandbox.block_kit.problems import Problem, child_pointer
from sandbox.block_kit.rich_text import RICH_TEXT
from sandbox.block_kit.schema import (
    ArraySchema,
    BooleanSchema,
    EnumSchema,
    NumberSchema,
    ObjectSchema,
    StringSchema,
    UnionSchema,
)

MAX_COLUMNS: Final = 20

_RAW_TEXT: Final = ObjectSchema(type="raw_text", required={"text": StringSchema()})
_RAW_NUMBER: Final = ObjectSchema(
    type="raw_number", required={"value": NumberSchema(whole=False), "text": StringSchema()}
)
_ROW: Final = ArraySchema(UnionSchema(_RAW_TEXT, _RAW_NUMBER, RICH_TEXT), min_items=1, max_items=MAX_COLUMNS)


def _rows_equally_long(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    width = len(value["rows"][0])
    for index, row in enumerate(value["rows"]):
        if len(row) != width:
            yield Problem(child_pointer(at, "rows", index), f"must have {width} cells like the first row")


def _plain_header(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    for index, cell in enumerate(value["rows"][0]):
        if cell["type"] == "rich_text":
            yield Problem(child_pointer(at, "rows", 0, index, "type"), "unsupported type: rich_text")


def _row_header_exists(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    columns = len(value["rows"][0])
    if value.get("row_header_column_index", 0) >= columns:
        yield Problem(child_pointer(at, "row_header_column_index"), f"must be less than {columns}")


TABLE: Final = ObjectSchema(
    type="table",
    required={"rows": ArraySchema(_ROW, min_items=1, max_items=100)},
    optional={
        "block_id": StringSchema(255),
        "column_settings": ArraySchema(
            ObjectSchema(optional={"align": EnumSchema("left", "center", "right"), "is_wrapped": BooleanSchema()}),
            max_items=MAX_COLUMNS,
            allows_null=True,
        ),
    },
)

DATA_TABLE: Final = ObjectSchema(
    type="data_table",
    required={"caption": StringSchema(), "rows": ArraySchema(_ROW, min_items=2, max_items=101)},
    optional={
        "block_id": StringSchema(255),
        "page_size": NumberSchema(minimum=1, maximum=100),
        "row_header_column_index": NumberSchema(minimum=0),
    },
    rules=(_rows_equally_long, _plain_header, _row_header_exists),
)
