"""The further questions as the evaluation names them. All plain text."""

from collections.abc import Mapping, Sequence
from typing import Final

from mentoring.feedback.counted_items import CountedItem
from mentoring.feedback.items import FeedbackItem
from messages.feedback.item_names import item_name, value_name

_SHORT: Final[Mapping[str, str]] = {
    FeedbackItem.DIRECTION: "Direction",
    FeedbackItem.NEXT_STEP: "Next step",
    FeedbackItem.ABLE: "Confidence",
    FeedbackItem.PEOPLE: "People",
}


def short_name(item: CountedItem) -> str:
    """For a chart."""
    return _SHORT.get(item.id) or asked(item)


def asked(item: CountedItem, statements: Sequence[str] = ()) -> str:
    """What was asked. `statements` are all of the owners that were ever asked."""
    return item_name(item.id, item.stages[0], item.version, statements)


def choice(item: CountedItem, value: str) -> str:
    return value_name(item.id, item.stages[0], value)
