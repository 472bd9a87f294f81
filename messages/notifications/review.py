"""The live view of a round's matching, for one owner or member of the committee (D1.19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import cached_property

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.outcome import Notification
from mentoring.matching.match import Match, MatchState
from mentoring.matching.pending_approvals import needs_decision_of
from mentoring.matching.review import ProposalRun, blocked
from mentoring.matching.round import MatchingRound
from mentoring.matching.waiting import waiting
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import is_past_round
from messages.blocks import actions, button, section, small_print
from messages.ids import OPEN_REVIEW
from messages.matching.history import ReviewHistory, proposed
from messages.matching.proposals import (
    approvals_needed,
    approve_button,
    new,
    next_best,
    open_review_button,
    propose_button,
    refuse_button,
    release_button,
    until_sent,
)
from messages.matching.reasons import because
from messages.matching.review import (
    NO_APPLICATIONS,
    OWNERS_SEND,
    cannot_be_sent,
    no_free_place,
    ready_to_send,
    searching_text,
)
from messages.matching.unmatched import left_out, still_open
from messages.matching.waiting import tell_waiting_button
from messages.notifications.preconditions import NotificationObsolete, approvers_only
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import date, join, mention, plural
from messages.voice import Voice

PROPOSALS = 5
"""The most proposals shown here; the review has all of them."""
MOST_NAMED = 10
_VERY_GOOD, _GOOD = 70, 45


@dataclass(frozen=True)
class ReviewStatusData:
    """A round as the approver `by`, for whom it is `today`, sees it, with cached lists."""

    round: MatchingRound
    proposal_run: ProposalRun | None
    by: str
    today: Date

    @cached_property
    def proposals(self) -> Sequence[Match]:
        return self.round.proposals()

    @cached_property
    def approved(self) -> int:
        return sum(not self.round.still_needs(match) for match in self.proposals)

    @cached_property
    def blocked(self) -> int:
        """Approved proposals that break a rule by now."""
        return len(blocked(self.round))

    @property
    def ready(self) -> int:
        return self.approved - self.blocked

    @cached_property
    def waiting(self) -> Sequence[Match]:
        """The proposals that need a decision of this person."""
        return needs_decision_of(self.round, self.by)

    @cached_property
    def mentees(self) -> Sequence[Application]:
        return self.round.pool(Role.MENTEE)

    @cached_property
    def mentors(self) -> Sequence[Application]:
        return self.round.pool(Role.MENTOR)

    @property
    def is_owner(self) -> bool:
        return self.by in self.round.owners

    @property
    def is_proposing(self) -> bool:
        return self.proposal_run is not None and self.proposal_run.asked_at is not None


def review_status(notification: Notification, context: NotificationContext) -> Message:
    """The current state of the matching, the next step, and the proposals that wait for the reader."""
    approvers_only(context)
    if context.round is None:
        raise NotificationObsolete("no-round")
    name, closed_on = Voice(context.programme).name, context.cohort.closed_on
    if is_past_round(notification, context):
        when = (
            f" It closed on {day(closed_on)}."
            if closed_on and notification.refs.get("cohort") == context.cohort.id
            else ""
        )
        text = f"Matches: the round of {name} has closed"
        return message(text, [section(f"*{text}.*{when} No more matches can be made in it.")])
    data = ReviewStatusData(context.round, context.proposal_run, context.reader.id, context.today)
    text = _headline(data)
    step, buttons = _next_step(data)
    blocks: list[Block] = [section(f"*{text}*\n{_counts(data)}")]
    if said := proposed(data.proposal_run, data.round, data.by):
        blocks.append(small_print(said))
    if not data.is_proposing and (without := _unmatched(data)):
        blocks.append(section(without))
    return message(text, [*blocks, section(f"*Next step*\n{step}"), actions(*buttons), *_proposals(data)])


def no_longer_updated() -> Message:
    """Replaces a live view that its reader may no longer see."""
    text = "This message is no longer updated"
    return message(text, [section(f"{text}.")])


def _headline(data: ReviewStatusData) -> str:
    if data.is_proposing:
        return "Matches: looking for the best ones"
    if data.waiting:
        need = "needs" if len(data.waiting) == 1 else "need"
        return f"Matches: {plural(len(data.waiting), 'proposal', 'proposals')} {need} your decision"
    if data.ready:
        return f"Matches: {plural(data.ready, 'proposal is', 'proposals are')} ready to send"
    if data.blocked:
        return f"Matches: {plural(data.blocked, 'proposal', 'proposals')} can’t be sent"
    if data.proposals:
        need = "needs" if len(data.proposals) == 1 else "need"
        return f"Matches: {plural(len(data.proposals), 'proposal', 'proposals')} {need} {_others(data)}"
    return "Matches: nothing to decide"


def _others(data: ReviewStatusData) -> str:
    """Who has to decide if the reader does not."""
    return "other people’s approval" if data.round.committee else "the other owners"


def _counts(data: ReviewStatusData) -> str:
    """Counts, one in each line."""
    round_, voice = data.round, Voice(data.round.programme)
    here = [
        a
        for a in round_.applications.values()
        if a.state is ApplicationState.OPEN and not a.waits_for_next(round_.cohort)
    ]
    many = {role: sum(a.role is role for a in here) for role in Role}
    lines = [
        f"Applied: {plural(many[Role.MENTEE], voice.mentee, voice.mentees)}, "
        f"{plural(many[Role.MENTOR], voice.mentor, voice.mentors)}"
    ]
    if data.proposals:
        lines.append(f"Proposals: {len(data.proposals)}, {_score_range([match.score for match in data.proposals])}")
        missing = len(data.proposals) - data.approved
        some = data.approved or "none so far"
        lines.append(f"Approved: {some}, {missing} to decide" if missing else "Approved: all")
    if asked := sum(match.awaits_answer for match in round_.matches.values()):
        lines.append(f"Waiting for answers: {asked}")
    if agreed := sum(match.awaits_start for match in round_.matches.values()):
        lines.append(f"Introduced when the round starts: {agreed}")
    if said_yes := sum(match.state is MatchState.ACCEPTED for match in round_.matches.values()):
        lines.append(f"Introduced: {said_yes}")
    return "\n".join(f"• {line}" for line in lines)


def _score_range(scores: Sequence[int]) -> str:
    least, most = min(scores), max(scores)
    between = f"scores from {least} to {most} of 100" if least != most else f"score {most} of 100"
    counts = (
        (sum(score >= _VERY_GOOD for score in scores), "very good"),
        (sum(_GOOD <= score < _VERY_GOOD for score in scores), "good"),
        (sum(score < _GOOD for score in scores), "fair"),
    )
    bands = [(count, words) for count, words in counts if count]
    if len(bands) == 1:
        return f"{between} ({'all ' if len(scores) > 1 else ''}{bands[0][1]})"
    return f"{between} ({join([f'{count} {words}' for count, words in bands])})"


def _unmatched(data: ReviewStatusData) -> str:
    """The number of unmatched people, and the reasons in short."""
    voice = Voice(data.round.programme)
    if not data.mentees and not (data.mentors and data.proposals):
        return ""
    if len(data.mentors) == 1:
        free = f"1 {voice.mentor} has a free place."
    elif data.mentors:
        free = f"{len(data.mentors):,} {voice.mentors} have free places."
    else:
        free = f"No {voice.mentor} has a free place."
    without = plural(len(data.mentees), voice.mentee, voice.mentees) if data.mentees else f"no {voice.mentee}"
    lines = [f"*Without a match:* {without}. {free}"]
    lines += left_out(data.round, Role.MENTEE, MOST_NAMED)
    return "\n".join(lines)


def _next_step(data: ReviewStatusData) -> tuple[str, list[ButtonElement]]:
    """A sentence, and the buttons for it."""
    round_, voice = data.round, Voice(data.round.programme)
    can_propose = bool(round_.undecided_proposals() or (data.mentees and data.mentors))
    if data.proposal_run and data.proposal_run.asked_at:
        since = date(data.proposal_run.asked_at, "time")
        words = f"{searching_text(round_.programme, round_)} Started at {since}. This message changes when it’s done."
        return words, [open_review_button()]
    release = [release_button(round_, data.ready, data.today)] if data.ready and data.is_owner else []
    again = [propose_button(round_)] if can_propose else []
    if data.waiting:
        words = f"Review the proposals that need your decision. {approvals_needed(round_)} {until_sent(round_)}"
        return words, [open_review_button(style=None if release else "primary"), *release, *again]
    cannot = cannot_be_sent(data.blocked, "Matches shows why.")
    if data.ready:
        owners = "" if data.is_owner else OWNERS_SEND
        is_open = still_open(round_.cohort, data.today)
        words = " ".join(filter(None, (ready_to_send(data.ready), owners, cannot, is_open)))
        return words, [*release, open_review_button(), *again]
    if cannot:
        return cannot, [open_review_button(style="primary"), *again]
    if data.proposals:
        rest = "Others" if round_.committee else "The other owners"
        return f"You don’t need to do anything. {rest} decide the rest.", [open_review_button(), *again]
    if can_propose:
        words = f"Press Propose matches. You’ll see the reasons for each one, and you decide. {until_sent(round_)}"
        return words, [propose_button(round_, style="primary"), open_review_button()]
    if not any(a.state is ApplicationState.OPEN for a in round_.applications.values()):
        return NO_APPLICATIONS, [open_review_button()]
    if data.mentees:
        told = [tell_waiting_button(round_.cohort)] if data.is_owner and waiting(round_) else []
        return no_free_place(round_, for_owner=data.is_owner), [open_review_button(), *told]
    return f"You don’t need to do anything. No {voice.mentee} needs a match right now.", [open_review_button()]


def _proposals(data: ReviewStatusData) -> list[Block]:
    """The best proposals that wait for the reader, with their buttons."""
    blocks: list[Block] = []
    history = ReviewHistory(proposal_run=data.proposal_run)
    for match in data.waiting[:PROPOSALS]:
        excepted = "*Exception to a rule.* Matches shows which one, and why." if match.exempted else ""
        why = because(match.reasons, data.round.programme, to_owners=True)
        two = f"{mention(match.mentee)} and {mention(match.mentor)}"
        score = f"{new(match, history)}*{two}. Score: {match.score} of 100*"
        blocks += [DividerBlock(), section("\n".join(filter(None, (score, why, excepted))))]
        blocks += map(small_print, next_best(data.round, match))
        blocks.append(actions(approve_button(data.round, match), refuse_button(data.round, match)))
    if (more := len(data.waiting) - PROPOSALS) > 0:
        words = f"{plural(more, 'more proposal is', 'more proposals are')} in Matches."
        blocks += [DividerBlock(), section(words, button("Open matches", OPEN_REVIEW))]
    return blocks
