"""What owners read of remarks without names: whole groups of five people or more, in no order of time."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.remarks.groups import RemarkGroup
from messages.blocks import actions, button, modal, section, small_print, typed
from messages.feedback.averages import AT_LEAST
from messages.ids import OPEN_REMARKS, REMARKS_PAGE, REMARKS_VIEW
from messages.text import plural

TITLE = "Told without names"
MOST_SHOWN = 10
"""Remarks of a page, each with a line above it: the longest ones fit into a modal also in the longest script."""


def remarks_line(count: int) -> list[Block]:
    """For the status of the round: how many there are to read."""
    if not count:
        return []
    words = f"*Told to the programme without names*: {plural(count, 'remark', 'remarks')}."
    return [section(words, button("Read them", OPEN_REMARKS))]


def page_from(value: str) -> int:
    """The number of the page, from 1 on, that a button asks for."""
    return int(value) if value.isdecimal() and len(value) < _DIGITS else 1


_DIGITS = 6


def remarks_view(groups: Sequence[RemarkGroup], number: int = 1) -> dict[str, Any]:
    """The modal with a page of the words of `groups`, those of the newest round first. `number` is from 1 on; the last
    page is shown for a later one.
    """
    words = [text for group in groups for text in group.words]
    if not words:
        none = f"There is nothing to read now. Remarks are added on Mondays, for at least {AT_LEAST} people together."
        return modal(REMARKS_VIEW, TITLE, [section(none)])
    last = -(-len(words) // MOST_SHOWN)
    number = min(max(number, 1), last)
    start = (number - 1) * MOST_SHOWN
    head = (
        "*What people told the programme without their names*\nThe newest round is first. Within a round the order is "
        "mixed."
    )
    blocks: list[Block] = [section(head)]
    if last > 1:
        blocks.append(small_print(f"{plural(len(words), 'remark', 'remarks')}, page {number} of {last}."))
    if number > 1:
        blocks.append(actions(button("Previous page", REMARKS_PAGE, str(number - 1))))
    for text in words[start : start + MOST_SHOWN]:
        blocks += [DividerBlock(), typed(text)]
    if number < last:
        blocks.append(actions(button("Next page", REMARKS_PAGE, str(number + 1))))
    added = f"Remarks are added on Mondays, for at least {AT_LEAST} people of a round together."
    blocks.append(small_print(f"{added} Please don’t try to find out who wrote what."))
    return modal(REMARKS_VIEW, TITLE, blocks)
