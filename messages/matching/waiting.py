"""Telling people who wait where they stand: the owner's button, and what it did."""

from typing import Final

from slack_sdk.models.blocks import ButtonElement

from mentoring.core.programmes import Cohort
from mentoring.matching.waiting import TOLD_LATELY
from messages.blocks import button, confirm, section
from messages.ids import TELL_WAITING
from messages.payloads import Message, message
from messages.text import plural

WAITING_TITLE: Final = "People without a match"
_LATELY = plural(TOLD_LATELY.days // 7, "week", "weeks")


def tell_waiting_button(cohort: Cohort) -> ButtonElement:
    asks = confirm(
        "Let them know?",
        "We tell each person without a match where they stand, and that they can wait or withdraw. Those we told in "
        f"the last {_LATELY} are left out.",
        yes="Let them know",
        no="Go back",
    )
    return button("Let them know", TELL_WAITING, cohort.id, confirm=asks)


def waiting_told(count: int) -> Message:
    """To the owner who pressed the button: how many people are told."""
    if not count:
        text = f"Everyone without a match has been told in the last {_LATELY}"
        return message(text, [section(f"*{text}.* You don’t need to do anything.")])
    are = plural(count, "person is", "people are")
    text = f"{are} told where they stand"
    when = "The message comes in their working hours, up to a week later if they’ve just had another one."
    return message(text, [section(f"*{text}.* {when}")])
