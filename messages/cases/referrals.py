"""Other places for help, for what is beyond the programme (D1.17): the button, and what it shows."""

from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.core.programmes import Programme
from messages.blocks import button, modal, section, small_print
from messages.ids import OPEN_REFERRALS, REFERRALS_VIEW
from messages.programmes.aims import referrals

TITLE = "Other places for help"


def referrals_offer() -> list[Block]:
    """The button, with what it is for."""
    words = "*Is it beyond what a mentoring programme can do?* Others are there for it."
    return [section(words, button(TITLE, OPEN_REFERRALS))]


def referrals_view(programme: Programme) -> dict[str, Any]:
    """The places that the owners have named."""
    if not programme.referrals:
        none = "The programme names no other places now. You can ask its owners."
        return modal(REFERRALS_VIEW, TITLE, [section(none)])
    blocks: list[Block] = [
        section(f"*These places may help with what is beyond the programme*\n{referrals(programme)}"),
        small_print("I don’t note that you read this. If anyone is in danger, call for help first."),
    ]
    return modal(REFERRALS_VIEW, TITLE, blocks)
