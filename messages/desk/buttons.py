"""What moves the desk on: proposing, approving, refusing, releasing."""

from slack_sdk.models.blocks import ButtonElement

from mentoring.matching.match import Match
from mentoring.matching.round import Round
from messages.blocks import button, confirm
from messages.desk.lists import who_is_told
from messages.ids import APPROVE, OPEN_DESK, PROPOSE, REFUSE, RELEASE
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
        words = "Both people of each match are asked privately, and have seven days to answer."
    else:
        words = "The two people of each match are introduced to each other at once."
    words = " ".join(filter(None, (words, who_is_told(round_, approved), "This cannot be taken back.")))
    asks = confirm(f"Release {plural(approved, 'match', 'matches')}?", words, yes="Release", no="Not yet")
    return button(f"Release {approved} approved", RELEASE, style="primary", confirm=asks)


def approve_button(match: Match) -> ButtonElement:
    return button("Approve", APPROVE, match.id, style="primary")


def refuse_button(match: Match) -> ButtonElement:
    asks = confirm(
        "Refuse this proposal?",
        "These two are not proposed to each other again in this round. Neither of them hears of it.",
        yes="Refuse",
        no="Go back",
    )
    return button("Refuse", REFUSE, match.id, confirm=asks)
