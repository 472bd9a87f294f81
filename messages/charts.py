"""Charts and data tables, for messages only. The SDK has no classes for them, so they are dicts of Block Kit.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block and data-table-block
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from slack_sdk.models.blocks import ButtonElement

from messages.blocks import button
from messages.ids import SEND_CHARTS
from messages.payloads import limits
from messages.text import shorten

Value = str | int
"""A cell of a data table: words, or a number that can be sorted by."""


def chart(
    kind: Literal["bar", "line"],
    title: str,
    series: Mapping[str, Sequence[int]],
    categories: Sequence[str],
    *,
    axis: str = "",
) -> dict[str, Any]:
    """A chart of one value for each category and series, by its name. Texts are plain; `axis` names the values.

    Names of categories and series are at most limits.CHART_LABEL characters long, and all different.
    """
    labels: dict[str, Any] = {"y_label": shorten(axis, limits.CHART_AXIS_LABEL)} if axis else {}
    return {
        "type": "data_visualization",
        "title": shorten(title, limits.CHART_TITLE),
        "chart": {
            "type": kind,
            "series": [
                {
                    "name": name,
                    "data": [{"label": label, "value": value} for label, value in zip(categories, values, strict=True)],
                }
                for name, values in series.items()
            ],
            "axis_config": {"categories": list(categories), **labels},
        },
    }


def data_table(caption: str, head: Sequence[str], rows: Sequence[Sequence[Value]]) -> dict[str, Any]:
    """A table that can be sorted and paged through. Texts are plain; the first cell of a row names it."""
    return {
        "type": "data_table",
        "caption": caption,
        "row_header_column_index": 0,
        "page_size": min(len(rows), 10),
        "rows": [[_cell(each) for each in row] for row in (head, *rows[: limits.DATA_TABLE_ROWS - 1])],
    }


def charts_button() -> ButtonElement:
    """Sends its reader, an owner, the charts of the round."""
    return button("Send me the charts", SEND_CHARTS)


def _cell(value: Value) -> dict[str, Any]:
    if isinstance(value, int):
        return {"type": "raw_number", "value": value, "text": f"{value:,}"}
    return {"type": "raw_text", "text": value}
