"""How the matching of a round stands, for one owner: a message that is kept up to date (D1.19)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.outcome import Notification
from mentoring.matching.match import Match, MatchState
from mentoring.matching.review import ProposalRun
from mentoring.matching.round import MatchingRound
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.delivery_rules import is_past_round
from messages.blocks import actions, button, context, section
from messages.ids import OPEN_REVIEW
from messages.matching.history import ReviewHistory, proposed
from messages.matching.proposals import (
    approve_button,
    new,
    next_best,
    open_review_button,
    propose_button,
    refuse_button,
    release_button,
    two_approvals,
)
from messages.matching.reasons import because
from messages.matching.review import NO_APPLICATIONS, in_progress, no_free_place, ready_to_send, until_sent
from messages.matching.unmatched import left_out
from messages.notifications.preconditions import NotificationObsolete, owners_only
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.text import date, join, mention, plural
from messages.voice import Voice

PROPOSALS = 5
"""So many of those that wait for the reader are shown; the review has the others."""
MOST_NAMED = 10
_VERY_GOOD, _GOOD = 70, 45


@dataclass(frozen=True)
class ReviewStatusData:
    """A round as the owner `by` sees it; what is found out by looking through everything is found out once."""

    round: MatchingRound
    solving: ProposalRun | None
    by: str

    @cached_property
    def proposals(self) -> Sequence[Match]:
        return self.round.proposals()

    @cached_property
    def approved(self) -> int:
        return sum(not match.still_needs(self.round.owners) for match in self.proposals)

    @cached_property
    def waiting(self) -> Sequence[Match]:
        """For the reader to decide on."""
        owners = self.round.owners
        return [
            match
            for match in self.proposals
            if match.still_needs(owners) and self.by in match.may_approve(owners) and self.by not in match.approvals
        ]

    @cached_property
    def mentees(self) -> Sequence[Application]:
        return self.round.pool(Role.MENTEE)

    @cached_property
    def mentors(self) -> Sequence[Application]:
        return self.round.pool(Role.MENTOR)

    @property
    def is_being_solved(self) -> bool:
        return self.solving is not None and self.solving.asked_at is not None


def standing(notification: Notification, scene: NotificationContext) -> Message:
    """In whatever state it is; with the next step, and the proposals that wait for the reader."""
    owners_only(scene)
    if scene.round is None:
        raise NotificationObsolete("no-round")
    name, closed_on = Voice(scene.programme).name, scene.cohort.closed_on
    if is_past_round(notification, scene):
        when = (
            f" It closed on {day(closed_on)}."
            if closed_on and notification.refs.get("cohort") == scene.cohort.id
            else ""
        )
        text = f"Matches: the round of {name} has closed"
        return message(text, [section(f"*{text}.*{when} No more matches can be made in it.")])
    seen = ReviewStatusData(scene.round, scene.solving, scene.reader.id)
    text = _in_a_line(seen)
    step, buttons = _next_step(seen)
    blocks: list[Block] = [section(f"*{text}*\n{_stands(seen)}")]
    if said := proposed(seen.solving, seen.round, seen.by):
        blocks.append(context(said))
    if not seen.is_being_solved and (without := _left_out(seen)):
        blocks.append(section(without))
    return message(text, [*blocks, section(f"*Next step*\n{step}"), actions(*buttons), *_proposals(seen)])


def no_longer_updated() -> Message:
    """In the place of one that shows what its reader is not to see any more."""
    text = "This message is no longer updated"
    return message(text, [section(f"{text}.")])


def _in_a_line(seen: ReviewStatusData) -> str:
    if seen.is_being_solved:
        return "Matches: looking for the best ones"
    if seen.waiting:
        need = "needs" if len(seen.waiting) == 1 else "need"
        return f"Matches: {plural(len(seen.waiting), 'proposal', 'proposals')} {need} your decision"
    if seen.approved:
        return f"Matches: {plural(seen.approved, 'proposal is', 'proposals are')} ready to send"
    if seen.proposals:
        need = "needs" if len(seen.proposals) == 1 else "need"
        return f"Matches: {plural(len(seen.proposals), 'proposal', 'proposals')} {need} the other owners"
    return "Matches: nothing to decide"


def _stands(seen: ReviewStatusData) -> str:
    """In numbers, a line each."""
    round_, voice = seen.round, Voice(seen.round.programme)
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
    if seen.proposals:
        lines.append(f"Proposals: {len(seen.proposals)}, {_how_good([match.score for match in seen.proposals])}")
        missing = len(seen.proposals) - seen.approved
        some = seen.approved or "none so far"
        lines.append(f"Approved: {some}, {missing} to decide" if missing else "Approved: all")
    if asked := sum(match.state is MatchState.OFFERED for match in round_.matches.values()):
        lines.append(f"Waiting for answers: {asked}")
    if said_yes := sum(match.state is MatchState.ACCEPTED for match in round_.matches.values()):
        lines.append(f"Introduced: {said_yes}")
    return "\n".join(f"• {line}" for line in lines)


def _how_good(scores: Sequence[int]) -> str:
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


def _left_out(seen: ReviewStatusData) -> str:
    """Who has nobody, and why in short; and how many there are."""
    voice = Voice(seen.round.programme)
    if not seen.mentees and not (seen.mentors and seen.proposals):
        return ""
    if len(seen.mentors) == 1:
        free = f"1 {voice.mentor} has a free place."
    elif seen.mentors:
        free = f"{len(seen.mentors):,} {voice.mentors} have free places."
    else:
        free = f"No {voice.mentor} has a free place."
    without = plural(len(seen.mentees), voice.mentee, voice.mentees) if seen.mentees else f"no {voice.mentee}"
    lines = [f"*Without a match:* {without}. {free}"]
    lines += left_out(seen.round, Role.MENTEE, MOST_NAMED)
    return "\n".join(lines)


def _next_step(seen: ReviewStatusData) -> tuple[str, list[ButtonElement]]:
    """In words, and one click away."""
    round_, voice = seen.round, Voice(seen.round.programme)
    can_propose = bool(round_.undecided() or (seen.mentees and seen.mentors))
    if seen.solving and seen.solving.asked_at:
        since = date(seen.solving.asked_at, "time")
        words = f"{in_progress(round_.programme, round_)} Started at {since}. This message changes when it’s done."
        return words, [open_review_button()]
    release = [release_button(round_, seen.approved)] if seen.approved else []
    again = [propose_button(round_)] if can_propose else []
    if seen.waiting:
        words = f"Review the proposals that need your decision. {two_approvals(round_)} {until_sent(round_)}"
        return words, [open_review_button(style=None if release else "primary"), *release, *again]
    if seen.approved:
        return ready_to_send(seen.approved), [*release, open_review_button(), *again]
    if seen.proposals:
        return "You don’t need to do anything. The other owners decide the rest.", [open_review_button(), *again]
    if can_propose:
        words = f"Press Propose matches. You’ll see the reasons for each one, and you decide. {until_sent(round_)}"
        return words, [propose_button(round_, style="primary"), open_review_button()]
    if not any(a.state is ApplicationState.OPEN for a in round_.applications.values()):
        return NO_APPLICATIONS, [open_review_button()]
    if seen.mentees:
        return no_free_place(round_), [open_review_button()]
    return f"You don’t need to do anything. No {voice.mentee} needs a match right now.", [open_review_button()]


def _proposals(seen: ReviewStatusData) -> list[Block]:
    """The best of those that wait for the reader, with what can be pressed."""
    blocks: list[Block] = []
    record = ReviewHistory(solving=seen.solving)
    for match in seen.waiting[:PROPOSALS]:
        excepted = "*Exception to a rule.* Matches shows which one, and why." if match.excepted else ""
        why = because(match.reasons, seen.round.programme, to_owners=True)
        two = f"{mention(match.mentee)} and {mention(match.mentor)}"
        score = f"{new(match, record)}*{two}. Score: {match.score} of 100*"
        blocks += [DividerBlock(), section("\n".join(filter(None, (score, why, excepted))))]
        blocks += map(context, next_best(seen.round, match))
        blocks.append(actions(approve_button(seen.round, match), refuse_button(seen.round, match)))
    if (more := len(seen.waiting) - PROPOSALS) > 0:
        words = f"{plural(more, 'more proposal is', 'more proposals are')} in Matches."
        blocks += [DividerBlock(), section(words, button("Open matches", OPEN_REVIEW))]
    return blocks
