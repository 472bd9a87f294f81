"""Charts (messages only): https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sandbox.block_kit.problems import Problem, child_pointer
from sandbox.block_kit.rules import unique, unique_items
from sandbox.block_kit.schema import ArraySchema, NumberSchema, ObjectSchema, StringSchema, UnionSchema

_LABEL: Final = StringSchema(20)
_NUMBER: Final = NumberSchema(whole=False)


def _one_point_per_category(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    categories = value["axis_config"]["categories"]
    for index, series in enumerate(value["series"]):
        labels = [point["label"] for point in series["data"]]
        if sorted(labels) != sorted(categories):
            yield Problem(child_pointer(at, "series", index, "data"), "must have one point for each category")


_SERIES: Final = ObjectSchema(
    required={
        "name": _LABEL,
        "data": ArraySchema(ObjectSchema(required={"label": _LABEL, "value": _NUMBER}), min_items=1, max_items=20),
    },
)
_AXES: Final = ObjectSchema(
    required={"categories": ArraySchema(_LABEL, min_items=1, max_items=20)},
    optional={"x_label": StringSchema(50), "y_label": StringSchema(50)},
    rules=(unique_items("categories"),),
)
_PIE: Final = ObjectSchema(
    type="pie",
    required={
        "segments": ArraySchema(
            ObjectSchema(required={"label": _LABEL, "value": NumberSchema(exclusive_minimum=0, whole=False)}),
            min_items=1,
            max_items=6,
        ),
    },
)


def _plot(name: str) -> ObjectSchema:
    return ObjectSchema(
        type=name,
        required={"series": ArraySchema(_SERIES, min_items=1, max_items=6), "axis_config": _AXES},
        rules=(unique("name", within="series"), _one_point_per_category),
    )


DATA_VISUALIZATION: Final = ObjectSchema(
    type="data_visualization",
    required={"title": StringSchema(50), "chart": UnionSchema(_PIE, _plot("bar"), _plot("line"), _plot("area"))},
    optional={"block_id": StringSchema(255)},
)
