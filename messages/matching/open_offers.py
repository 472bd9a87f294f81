"""The matches that wait for answers or for the start of the round, and those that expired without an answer, with what
owners can do about them.
"""

from collections.abc import Sequence
from datetime import date as Date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.matching.match import Match, MatchState
from mentoring.matching.open_offers import can_extend, expired
from mentoring.matching.round import MatchingRound
from messages.blocks import actions, button, confirm, modal, section, small_print
from messages.forms import FormMetadata
from messages.ids import ASK_AGAIN, EXTEND_OFFER, OFFERS_VIEW, OPEN_OFFERS, RECALL_OFFER, REMIND_OFFER
from messages.matching.offers import answer_by, introduced_on
from messages.matching.proposals import name_of
from messages.text import mention

OFFERS_TITLE = "Sent matches"
ON_A_PAGE = 25
MOST_EXPIRED = 15


def open_offers(round_: MatchingRound) -> list[Match]:
    """The matches that are out: those that wait for answers, which lapse first at the top, then those that wait for the
    start of the round.
    """
    found = [match for match in round_.matches.values() if match.state is MatchState.OFFERED and match.answer_by]
    return sorted(found, key=lambda match: (match.awaits_start, match.answer_by, match.id))


def offers_view(
    round_: MatchingRound, page: int, *, by: str, today: Date, root: str = "", result: str = ""
) -> dict[str, Any]:
    """The view for the owner `by` on `today`, their date; a `page` that does not exist becomes the nearest one.

    `root` is the id of the review below it, and `result` says what came of the button that was pressed, in mrkdwn.
    """
    found, gone = open_offers(round_), expired(round_.matches.values())
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    meta = FormMetadata(form=OFFERS_VIEW, about=str(page), root=root).dump()
    blocks: list[Block] = [section(result), DividerBlock()] if result else []
    if round_.cohort.closed_on or not (found or gone):
        blocks.append(section("No match is waiting for an answer or for the start of the round."))
        return modal(OFFERS_VIEW, OFFERS_TITLE, blocks, private_metadata=meta)
    if any(match.awaits_answer for match in found):
        blocks.append(
            section("You see how many of the two have answered, never who. *Remind* writes to people who haven’t.")
        )
    for match in found[page * ON_A_PAGE :][:ON_A_PAGE]:
        blocks += _offer(round_, match, by) if match.awaits_answer else _agreed(round_, match, by, today)
    if pages > 1:
        blocks.append(actions(*_paging(page, pages)))
    blocks += _expired(round_, gone, by)
    return modal(OFFERS_VIEW, OFFERS_TITLE, blocks, private_metadata=meta)


def _offer(round_: MatchingRound, match: Match, by: str) -> list[Block]:
    said = f"*{_two(match)}*, until {answer_by(match)}"
    if by in match.people:  # the number would tell what the other has done
        said += "\nYou’re in this match, so you don’t see how many have answered."
    else:
        said += f"\nAnswered: {len(match.accepted_by)} of 2"
    if by not in match.may_approve(round_.owners):
        return [section(said)]
    names = _names(round_, match)
    buttons = [button("Remind", REMIND_OFFER, match.id, accessibility_label=f"Remind {names}")]
    if can_extend(match) and match.answer_by:
        value = f"{match.id} {match.answer_by.isoformat()}"
        buttons.append(button("Extend by a week", EXTEND_OFFER, value, accessibility_label=f"Extend {names}"))
    return [section(said), actions(*buttons, _recall_button(round_, match))]


def _agreed(round_: MatchingRound, match: Match, by: str, today: Date) -> list[Block]:
    said = section(f"*{_two(match)}*: we introduce them {introduced_on(round_.cohort, today)}.")
    return [said, actions(_recall_button(round_, match))] if by in match.may_approve(round_.owners) else [said]


def _recall_button(round_: MatchingRound, match: Match) -> ButtonElement:
    asks = confirm(
        "Take this match back?",
        "Both people get the same message: the owners took it back. It names no reason. They can be matched again, "
        "also with each other.",
        yes="Take back",
        no="Go back",
    )
    reads = f"Take back the match of {_names(round_, match)}"
    return button("Take back", RECALL_OFFER, match.id, style="danger", confirm=asks, accessibility_label=reads)


def _paging(page: int, pages: int) -> list[ButtonElement]:
    before = [button("Previous page", OPEN_OFFERS, str(page - 1))] if page else []
    return before + ([button("Next page", OPEN_OFFERS, str(page + 1))] if page + 1 < pages else [])


def _expired(round_: MatchingRound, gone: Sequence[Match], by: str) -> list[Block]:
    if not gone:
        return []
    blocks: list[Block] = [DividerBlock(), section("*Expired without an answer*")]
    for match in gone[:MOST_EXPIRED]:
        asks = confirm(
            "Ask them again?",
            "We ask both people in private again. They have seven days to answer.",
            yes="Ask again",
            no="Go back",
        )
        again = button(
            "Ask again", ASK_AGAIN, match.id, confirm=asks, accessibility_label=f"Ask {_names(round_, match)} again"
        )
        blocks.append(section(_two(match), again if by in match.may_approve(round_.owners) else None))
    if more := len(gone) - len(gone[:MOST_EXPIRED]):
        blocks.append(small_print(f"And {more} more."))
    return blocks


def reminded_text(match: Match) -> str:
    return (
        f"*Reminder sent about {_two(match)}.* It comes in working hours, only to people who haven’t answered. It says "
        "nothing about the other person."
    )


def extended_text(match: Match) -> str:
    return f"*Extended: {_two(match)}.* Both people see the new date: {answer_by(match)}."


def recalled_text(match: Match) -> str:
    return f"*Taken back: {_two(match)}.* Both people get the same message. They can be proposed again."


def asked_again_text(match: Match, *, sent: bool) -> str:
    if sent:
        return f"*Asked again: {_two(match)}.* They have seven days to answer."
    return f"*{_two(match)} are proposed again.* Another owner has to approve first, and is told."


def _two(match: Match) -> str:
    return f"{mention(match.mentee)} and {mention(match.mentor)}"


def _names(round_: MatchingRound, match: Match) -> str:
    return f"{name_of(round_, match.mentee)} and {name_of(round_, match.mentor)}"
