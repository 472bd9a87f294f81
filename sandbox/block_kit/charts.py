"""Charts, in messages only: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sandbox.block_kit.problems import Finding, below
from sandbox.block_kit.rules import unique, unique_items
from sandbox.block_kit.schema import Array, Number, Object, OneOf, String

_LABEL: Final = String(20)
_NUMBER: Final = Number(whole=False)


def _one_point_per_category(value: Mapping[str, Any], at: str) -> Iterator[Finding]:
    categories = value["axis_config"]["categories"]
    for index, series in enumerate(value["series"]):
        labels = [point["label"] for point in series["data"]]
        if sorted(labels) != sorted(categories):
            yield Finding(below(at, "series", index, "data"), "must have one point for each category")


_SERIES: Final = Object(
    required={
        "name": _LABEL,
        "data": Array(Object(required={"label": _LABEL, "value": _NUMBER}), least=1, most=20),
    },
)
_AXES: Final = Object(
    required={"categories": Array(_LABEL, least=1, most=20)},
    optional={"x_label": String(50), "y_label": String(50)},
    rules=(unique_items("categories"),),
)
_PIE: Final = Object(
    type="pie",
    required={
        "segments": Array(Object(required={"label": _LABEL, "value": Number(above=0, whole=False)}), least=1, most=6),
    },
)


def _plot(name: str) -> Object:
    return Object(
        type=name,
        required={"series": Array(_SERIES, least=1, most=6), "axis_config": _AXES},
        rules=(unique("name", within="series"), _one_point_per_category),
    )


DATA_VISUALIZATION: Final = Object(
    type="data_visualization",
    required={"title": String(50), "chart": OneOf(_PIE, _plot("bar"), _plot("line"), _plot("area"))},
    optional={"block_id": String(255)},
)
