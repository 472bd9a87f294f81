"""What moves the whole desk on: proposing and releasing."""

from slack_sdk.models.blocks import ButtonElement

from mentoring.round import Round
from messages.blocks import button, confirm
from messages.ids import OPEN_DESK, PROPOSE, RELEASE
from messages.text import plural


def open_desk_button(*, style: str | None = None) -> ButtonElement:
    return button("Open the desk", OPEN_DESK, style=style)


def propose_button(round_: Round, *, style: str | None = None) -> ButtonElement:
    """Asks first where proposals would be replaced."""
    if not round_.undecided():
        return button("Propose matches", PROPOSE, style=style)
    asks = confirm(
        "Propose anew?",
        "The proposals that nobody has approved yet are replaced by new ones. The others stay.",
        yes="Propose anew",
        no="Keep them",
    )
    return button("Propose anew", PROPOSE, confirm=asks)


def release_button(round_: Round, approved: int) -> ButtonElement:
    """So many proposals have all the approvals that they need."""
    if round_.programme.ask_first:
        words = (
            "Both people of each match are asked privately, and have seven days to answer. This cannot be taken back."
        )
    else:
        words = "The two people of each match are introduced to each other at once. This cannot be taken back."
    asks = confirm(f"Release {plural(approved, 'match', 'matches')}?", words, yes="Release", no="Not yet")
    return button(f"Release {approved} approved", RELEASE, style="primary", confirm=asks)
