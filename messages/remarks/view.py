"""What owners read of remarks without names: whole groups of five people or more, in no order of time."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.remarks.groups import RemarkGroup
from messages.blocks import button, modal, section, small_print, typed
from messages.feedback import AT_LEAST
from messages.ids import OPEN_REMARKS, REMARKS_VIEW
from messages.text import plural

TITLE = "Told without names"
MOST_SHOWN = 45
"""Remarks, each with a line above it."""


def remarks_line(count: int) -> list[Block]:
    """For the status of the round: how many there are to read."""
    if not count:
        return []
    words = f"*Told to the programme without names*: {plural(count, 'remark', 'remarks')}."
    return [section(words, button("Read them", OPEN_REMARKS))]


def remarks_view(groups: Sequence[RemarkGroup]) -> dict[str, Any]:
    """The modal with the words of `groups`, those of the newest round first."""
    words = [text for group in groups for text in group.words]
    if not words:
        none = f"There is nothing to read now. Remarks are added on Mondays, for at least {AT_LEAST} people together."
        return modal(REMARKS_VIEW, TITLE, [section(none)])
    head = (
        "*What people told the programme without their names*\nThe newest round is first. Within a round the order is "
        "mixed."
    )
    blocks: list[Block] = [section(head)]
    for text in words[:MOST_SHOWN]:
        blocks += [DividerBlock(), typed(text)]
    if len(words) > MOST_SHOWN:
        blocks.append(small_print(f"And {len(words) - MOST_SHOWN} more."))
    added = f"Remarks are added on Mondays, for at least {AT_LEAST} people of a round together."
    blocks.append(small_print(f"{added} Please don’t try to find out who wrote what."))
    return modal(REMARKS_VIEW, TITLE, blocks)
