"""The review of proposals, a page at a time, and its view while proposals are computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.programmes import Programme
from mentoring.matching.approvals import batch
from mentoring.matching.match import Match
from mentoring.matching.review import blocked
from mentoring.matching.round import MatchingRound, Obstacle
from mentoring.matching.waiting import waiting
from mentoring.matching.what_would_help import has_unmatched
from messages.blocks import actions, button, facts, modal, section, small_print
from messages.forms import FormMetadata, meta_of
from messages.ids import APPROVE_SEVERAL, COMMAND, PAIR_BY_HAND, REVIEW_PAGE, REVIEW_VIEW, WHY_NOT
from messages.matching.approvals import APPROVE_TITLE
from messages.matching.comparison import TITLE as CHECK_A_PAIR
from messages.matching.history import NO_HISTORY, ReviewHistory, proposed
from messages.matching.pairing_forms import PAIR_TITLE
from messages.matching.proposals import (
    approvals_needed,
    open_review_button,
    proposal,
    propose_button,
    rejected,
    release_button,
    until_sent,
)
from messages.matching.unmatched import offers, still_open, unmatched, who_is_told
from messages.matching.waiting import tell_waiting_button
from messages.matching.what_would_help import TITLE as WHAT_WOULD_HELP
from messages.matching.what_would_help import what_would_help_button
from messages.payloads import Message, message
from messages.programmes.aims import objectives
from messages.programmes.cohorts import day
from messages.rules import rule_sentence
from messages.text import mention, plural
from messages.voice import Voice, capital

PROPOSALS_ON_A_PAGE = 12


@dataclass(frozen=True)
class ReviewData:
    """A round with the lists that the review needs; computed once, since they take long."""

    round: MatchingRound
    proposals: Sequence[Match]
    approved: int
    blocked: Mapping[str, Obstacle]
    mentees: Sequence[Application]
    mentors: Sequence[Application]
    today: date
    batch: int
    """How many proposals the reader can approve together."""
    is_owner: bool
    """Whether the reader may send matches, and not only decide on proposals."""

    @property
    def ready(self) -> int:
        return self.approved - len(self.blocked)

    @property
    def can_pair(self) -> bool:
        return bool(self.mentees and self.mentors)


def view(
    round_: MatchingRound,
    page: int,
    *,
    by: str,
    today: date,
    just_proposed: bool = False,
    not_sent: Sequence[tuple[Match, Obstacle]] = (),
    result: str = "",
    history: ReviewHistory = NO_HISTORY,
) -> dict[str, Any]:
    """The review for the approver `by`, for whom it is `today`; a `page` that does not exist becomes the nearest one.

    `just_proposed` says that they have just requested proposals, so that an empty result is explained. `not_sent` are
    approved proposals that they have just tried to send, and the rule that each of them breaks by now. `result` says
    what came of a form that they have just sent, in mrkdwn.
    """
    proposals = round_.proposals()
    pages = max(1, -(-len(proposals) // PROPOSALS_ON_A_PAGE))
    page = min(max(page, 0), pages - 1)
    meta = FormMetadata(form=REVIEW_VIEW, about=str(page)).dump()
    if round_.cohort.closed_on:
        closed = f"This round was closed on {day(round_.cohort.closed_on)}. No more matches can be made in it."
        return modal(REVIEW_VIEW, TITLE, [section(closed)], private_metadata=meta)
    approved = sum(not round_.still_needs(match) for match in proposals)
    stopped = {match.id: obstacle for match, obstacle in blocked(round_)}
    mentees, mentors = round_.pool(Role.MENTEE), round_.pool(Role.MENTOR)
    data = ReviewData(
        round_, proposals, approved, stopped, mentees, mentors, today, len(batch(round_, by)), by in round_.owners
    )
    first = [not_sent_text(round_, not_sent)] if not_sent else []
    blocks: list[Block] = [section(words) for words in (*first, result) if words]
    blocks += facts(_counts(data))
    if aims := objectives(round_.programme):
        blocks.append(small_print(aims))
    if said := proposed(history.proposal_run, round_, by):
        blocks.append(small_print(said))
    blocks.append(section(_next_step(data, just_proposed)))
    if buttons := _buttons(data, just_proposed):
        blocks.append(actions(*buttons))
    blocks += _proposals(data, page, pages, by, history)
    blocks += rejected(round_, by)
    blocks += offers(round_, for_owner=data.is_owner)
    blocks += unmatched(round_)
    return modal(REVIEW_VIEW, TITLE, blocks, private_metadata=meta)


def not_sent_message(round_: MatchingRound, not_sent: Sequence[tuple[Match, Obstacle]]) -> Message:
    """As `not_sent_text`, for a button outside the review."""
    text = f"{plural(len(not_sent), 'match was', 'matches were')} not sent"
    return message(text, [section(not_sent_text(round_, not_sent)), actions(open_review_button())])


MOST_NOT_SENT = 8
"""Matches that are named one by one."""


def not_sent_text(round_: MatchingRound, not_sent: Sequence[tuple[Match, Obstacle]]) -> str:
    """Which approved proposals were not sent, and why, in mrkdwn."""
    voice = Voice(round_.programme)
    lines = [f"*{plural(len(not_sent), 'match was', 'matches were')} not sent*"]
    for match, obstacle in not_sent[:MOST_NOT_SENT]:
        why = rule_sentence(obstacle.rule, obstacle.role, voice)
        lines.append(f"• {mention(match.mentee)} and {mention(match.mentor)}: {why}")
    if len(not_sent) > MOST_NOT_SENT:
        lines.append(f"• and {len(not_sent) - MOST_NOT_SENT} more")
    return "\n".join([*lines, "Propose matches again to find them someone else."])


def page_of(view: Mapping[str, Any]) -> int:
    """The page that an open review shows. Raises ValueError for a view that is not a review."""
    return int(meta_of(view).about)


def _counts(data: ReviewData) -> list[tuple[str, str]]:
    voice = Voice(data.round.programme)
    places = sum(data.round.free_places(mentor) for mentor in data.mentors)
    waiting = sum(match.awaits_answer for match in data.round.matches.values())
    agreed = sum(match.awaits_start for match in data.round.matches.values())
    return [
        (f"{capital(voice.mentees)} without a match", str(len(data.mentees))),
        (f"{capital(voice.mentors)} with free places", f"{len(data.mentors)} ({plural(places, 'place', 'places')})"),
        ("Proposals to decide", str(len(data.proposals) - data.approved)),
        ("Waiting for answers", str(waiting)),
        *([("Introduced when the round starts", str(agreed))] if agreed else []),
    ]


def _next_step(data: ReviewData, just_proposed: bool) -> str:
    voice = Voice(data.round.programme)
    cannot = cannot_be_sent(len(data.blocked), "See why below.")
    if data.ready:
        is_open = still_open(data.round.cohort, data.today)
        told = who_is_told(data.round, data.today) if data.is_owner else OWNERS_SEND
        return " ".join(filter(None, (f"*Next step*\n{ready_to_send(data.ready)}", cannot, is_open, told)))
    if len(data.proposals) > data.approved:
        review = f"Review the proposals. {approvals_needed(data.round)} {until_sent(data.round)}"
        return f"*Next step*\n{' '.join(filter(None, (cannot, review)))}"
    if cannot:
        return f"*Next step*\n{cannot}"
    if data.can_pair and just_proposed:
        return (
            f"*No proposals*\nNo two available people can be matched under {_whose(data)} rules. "
            f"{_what_would_help(data)} {let_them_know(data.is_owner)}"
        )
    if data.can_pair:
        return f"*Next step*\nPress Propose matches. {until_sent(data.round)}"
    if data.mentees:
        return f"*Next step*\n{no_free_place(data.round, for_owner=data.is_owner)}"
    if any(a.state is ApplicationState.OPEN for a in data.round.applications.values()):
        return f"*Nothing to do*\nNo {voice.mentee} needs a match right now."
    return f"*Next step*\n{NO_APPLICATIONS}"


def _whose(data: ReviewData) -> str:
    return "your" if data.is_owner else "the programme’s"


def _what_would_help(data: ReviewData) -> str:
    if not data.is_owner:
        return f"Press {CHECK_A_PAIR} to see why two people can’t be."
    return (
        f"Press {WHAT_WOULD_HELP} to see which change would match people, or {CHECK_A_PAIR} to see why two people "
        "can’t be."
    )


NO_APPLICATIONS = f"There are no open applications. Tell people to type `{COMMAND}`."


def cannot_be_sent(blocked: int, why: str) -> str:
    """What to do about approved proposals that break a rule by now, and `why` they do; "" if there are none."""
    if not blocked:
        return ""
    them = "it" if blocked == 1 else "them"
    return (
        f"{plural(blocked, 'approved proposal', 'approved proposals')} can’t be sent any more. {why} Reject {them}, "
        "so that these people can be matched with others."
    )


def ready_to_send(ready: int) -> str:
    """A sentence in mrkdwn."""
    return f"{plural(ready, 'proposal is', 'proposals are')} approved and ready to send."


def no_free_place(round_: MatchingRound, *, for_owner: bool) -> str:
    """Says that no place is free and what can be done, in mrkdwn."""
    voice, apply_by = Voice(round_.programme), day(round_.cohort.apply_by)
    said = f"No {voice.mentor} has a free place. New applications count for this round if they arrive by {apply_by}."
    if not for_owner:
        return f"{said} The owners can change that day. {let_them_know(for_owner)}"
    return f"{said} You can change that day in Settings (`{COMMAND} setup`). {let_them_know(for_owner)}"


OWNERS_SEND = "The owners send approved matches."


def let_them_know(for_owner: bool) -> str:
    """A sentence about people without a match."""
    return f"{'You' if for_owner else 'The owners'} can let people without a match know where they stand."


def _buttons(data: ReviewData, just_proposed: bool) -> list[ButtonElement]:
    buttons = [release_button(data.round, data.ready, data.today)] if data.ready and data.is_owner else []
    has_primary = bool(buttons)
    if data.batch > 1:
        buttons.append(button(APPROVE_TITLE, APPROVE_SEVERAL, style=None if has_primary else "primary"))
    if data.round.undecided_proposals() or data.can_pair:
        buttons.append(propose_button(data.round, style=None if has_primary else "primary"))
    if data.can_pair or (data.round.undecided_proposals() and (data.mentees or data.mentors)):
        buttons.append(button(PAIR_TITLE, PAIR_BY_HAND))
    if {a.role for a in data.round.applications.values() if not a.waits_for_next(data.round.cohort)} == set(Role):
        buttons.append(button(CHECK_A_PAIR, WHY_NOT))
    if data.is_owner and has_unmatched(data.round):
        buttons.append(what_would_help_button())
    if (
        data.is_owner
        and data.mentees
        and not data.proposals
        and (just_proposed or not data.can_pair)
        and waiting(data.round)
    ):
        buttons.append(tell_waiting_button(data.round.cohort))
    return buttons


def _proposals(data: ReviewData, page: int, pages: int, by: str, history: ReviewHistory) -> list[Block]:
    if not data.proposals:
        return []
    which = f", page {page + 1} of {pages}" if pages > 1 else ""
    blocks: list[Block] = [section(f"*Proposals, best first*{which}")]
    if page:
        blocks.append(actions(button("Previous page", REVIEW_PAGE, str(page - 1))))
    for match in data.proposals[page * PROPOSALS_ON_A_PAGE :][:PROPOSALS_ON_A_PAGE]:
        blocks += [DividerBlock(), *proposal(data.round, match, by, history, data.blocked)]
    blocks.append(DividerBlock())
    if page + 1 < pages:
        blocks.append(actions(button("Next page", REVIEW_PAGE, str(page + 1))))
    return blocks


TITLE = "Matches"


def searching_view(programme: Programme, round_: MatchingRound | None = None) -> dict[str, Any]:
    """The review while proposals are computed; with `round_` it shows the number of people."""
    meta = FormMetadata(form=REVIEW_VIEW, about="0").dump()
    words = (
        f"*{searching_text(programme, round_)}* You can wait here, or close this and come back later. Only "
        f"{Voice(programme).approvers} see the proposals until they’re sent."
    )
    return modal(REVIEW_VIEW, TITLE, [section(words)], private_metadata=meta)


def opening_view(programme: Programme) -> dict[str, Any]:
    """The review of a large round while it is loaded."""
    meta = FormMetadata(form=REVIEW_VIEW, about="0").dump()
    who = Voice(programme)
    words = f"*One moment…* I’m collecting the {who.mentees}, the {who.mentors} and their proposals."
    return modal(REVIEW_VIEW, TITLE, [section(words)], private_metadata=meta)


def searching_text(programme: Programme, round_: MatchingRound | None = None) -> str:
    """Says that proposals are being computed, as a sentence in mrkdwn."""
    if round_ is None:
        return "Looking for the best matches."
    voice = Voice(programme)
    found = round_.without_undecided_proposals()
    mentees, mentors = len(found.pool(Role.MENTEE)), len(found.pool(Role.MENTOR))
    return (
        f"Looking for the best matches for {plural(mentees, voice.mentee, voice.mentees)} and "
        f"{plural(mentors, voice.mentor, voice.mentors)}."
    )
