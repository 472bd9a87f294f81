"""Tables and charts.

https://docs.slack.dev/reference/block-kit/blocks/table-block, data-table-block and data-visualization-block
"""

from collections.abc import Iterator, Mapping
from typing import Any

from messages.payloads import limits
from messages.payloads.objects import ID, RICH_TEXT
from messages.payloads.rules import distinct, repeats
from messages.payloads.spec import (
    EnumSchema,
    Fields,
    Flag,
    ListSchema,
    NumberSchema,
    ObjectSchema,
    TextSchema,
    UnionSchema,
    Whole,
    under,
)

Object = Mapping[str, Any]

CELL = UnionSchema(
    {
        "raw_text": ObjectSchema({"text": TextSchema()}),
        "raw_number": ObjectSchema({"value": NumberSchema()}, {"text": TextSchema()}),
        "rich_text": RICH_TEXT,
    }
)
ROW = ListSchema(CELL, 1, limits.TABLE_COLUMNS)


def _rows_are_equally_long(table: Object, at: str) -> Iterator[str]:
    columns = len(table["rows"][0])
    for index, row in enumerate(table["rows"]):
        if len(row) != columns:
            yield f"{at}.rows[{index}]: {len(row)} cells, and the first row has {columns}"


def _header_is_plain(table: Object, at: str) -> Iterator[str]:
    for index, cell in enumerate(table["rows"][0]):
        if cell["type"] == "rich_text":
            yield f"{at}.rows[0][{index}]: no rich_text in the header"


def _row_header_is_a_column(table: Object, at: str) -> Iterator[str]:
    if table.get("row_header_column_index", 0) >= len(table["rows"][0]):
        yield f"{at}.row_header_column_index: the table has fewer columns"


TABLE = ObjectSchema(
    {"rows": ListSchema(ROW, 1, limits.TABLE_ROWS)},
    {
        "block_id": ID,
        "column_settings": ListSchema(
            ObjectSchema({}, {"align": EnumSchema(("left", "center", "right")), "is_wrapped": Flag()}),
            0,
            limits.TABLE_COLUMNS,
            gaps=True,
        ),
    },
)
DATA_TABLE = ObjectSchema(
    {"caption": TextSchema(), "rows": ListSchema(ROW, 2, limits.DATA_TABLE_ROWS)},
    {"block_id": ID, "page_size": Whole(1, limits.PAGE_SIZE), "row_header_column_index": Whole(0)},
    (_rows_are_equally_long, _header_is_plain, _row_header_is_a_column),
)

LABEL = TextSchema(limits.CHART_LABEL)
SERIES = ObjectSchema(
    {
        "name": LABEL,
        "data": ListSchema(ObjectSchema({"label": LABEL, "value": NumberSchema()}), 1, limits.CHART_CATEGORIES),
    }
)
AXES = ObjectSchema(
    {"categories": ListSchema(LABEL, 1, limits.CHART_CATEGORIES)},
    {"x_label": TextSchema(limits.CHART_AXIS_LABEL), "y_label": TextSchema(limits.CHART_AXIS_LABEL)},
)


def _categories_differ(chart: Object, at: str) -> Iterator[str]:
    categories = chart["axis_config"]["categories"]
    yield from repeats([(f"{at}.axis_config.categories[{index}]", one) for index, one in enumerate(categories)])


def _every_series_has_every_category(chart: Object, at: str) -> Iterator[str]:
    categories = sorted(chart["axis_config"]["categories"])
    for index, series in enumerate(chart["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            yield f"{under(at, f'series[{index}]')}.data: not one point for each category"


_PLOTTED = ObjectSchema(
    {"series": ListSchema(SERIES, 1, limits.CHART_SERIES), "axis_config": AXES},
    {},
    (distinct("series", "name"), _categories_differ, _every_series_has_every_category),
)
_PIE = ObjectSchema(
    {"segments": ListSchema(ObjectSchema({"label": LABEL, "value": NumberSchema(above=0)}), 1, limits.CHART_SEGMENTS)}
)
_CHARTS: Fields = {"pie": _PIE, "bar": _PLOTTED, "line": _PLOTTED, "area": _PLOTTED}

DATA_VISUALIZATION = ObjectSchema(
    {"title": TextSchema(limits.CHART_TITLE), "chart": UnionSchema(_CHARTS)}, {"block_id": ID}
)
