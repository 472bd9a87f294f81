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
from messages.ids import COMMAND, OPEN_REVIEW
from messages.matching.history import ReviewHistory, proposed
from messages.matching.proposals import (
    approve_button,
    new,
    next_best,
    open_review_button,
    propose_button,
    refuse_button,
    release_button,
)
from messages.matching.reasons import because
from messages.matching.review import at_it
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
        when = f" on {day(closed_on)}" if closed_on and notification.about.get("cohort") == scene.cohort.id else ""
        text = f"Matching in this round of {name} is over"
        return message(text, [section(f"*{text}.* The round was closed{when}, and nobody is matched in it any more.")])
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
    text = "What stood here is not kept up to date any more"
    return message(text, [section(f"{text}.")])


def _in_a_line(seen: ReviewStatusData) -> str:
    if seen.is_being_solved:
        return "Matching: we are looking for the best matches"
    if seen.waiting:
        waits = "waits" if len(seen.waiting) == 1 else "wait"
        return f"Matching: {plural(len(seen.waiting), 'proposal', 'proposals')} {waits} for you to decide"
    if seen.approved:
        return f"Matching: {plural(seen.approved, 'proposal', 'proposals')} can be released"
    if seen.proposals:
        return f"Matching: {plural(len(seen.proposals), 'proposal', 'proposals')} on the desk"
    return "Matching: nothing to decide at the moment"


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
        f"Taking part: {plural(many[Role.MENTEE], voice.mentee, voice.mentees)}, "
        f"{plural(many[Role.MENTOR], voice.mentor, voice.mentors)}"
    ]
    if seen.proposals:
        lines.append(f"Proposals: {len(seen.proposals)}, {_how_good([match.score for match in seen.proposals])}")
        missing = len(seen.proposals) - seen.approved
        some = seen.approved or "none so far"
        lines.append(f"Approved: {some}, {missing} to decide" if missing else "Approved: all of them")
    if asked := sum(match.state is MatchState.OFFERED for match in round_.matches.values()):
        lines.append(f"Asked, and waiting for an answer: {asked}")
    if said_yes := sum(match.state is MatchState.ACCEPTED for match in round_.matches.values()):
        lines.append(f"Introduced: {said_yes}")
    return "\n".join(f"• {line}" for line in lines)


def _how_good(scores: Sequence[int]) -> str:
    least, most = min(scores), max(scores)
    between = f"from {least} to {most} of 100" if least != most else f"{most} of 100"
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
    have = "has" if len(seen.mentors) == 1 else "have"
    free = (
        f"{plural(len(seen.mentors), voice.mentor, voice.mentors)} {have}" if seen.mentors else f"No {voice.mentor} has"
    )
    without = plural(len(seen.mentees), voice.mentee, voice.mentees) if seen.mentees else f"no {voice.mentee}"
    lines = [f"*Without a match:* {without}. {free} a place left."]
    lines += left_out(seen.round, Role.MENTEE, MOST_NAMED)
    return "\n".join(lines)


def _next_step(seen: ReviewStatusData) -> tuple[str, list[ButtonElement]]:
    """In words, and one click away."""
    round_, voice = seen.round, Voice(seen.round.programme)
    can_propose = bool(round_.undecided() or (seen.mentees and seen.mentors))
    if seen.solving and seen.solving.asked_at:
        since = date(seen.solving.asked_at, "time")
        words = (
            f"{at_it(round_.programme, round_)} We began at {since}, and this message changes as soon as we are done."
        )
        return words, [open_review_button()]
    release = [release_button(round_, seen.approved)] if seen.approved else []
    again = [propose_button(round_)] if can_propose else []
    if seen.waiting:
        decide = "Two owners approve each of them." if len(round_.owners) > 1 else "Approve those that you agree with."
        words = f"Look through the proposals that wait for you. {decide} Nobody hears of them before they are released."
        return words, [open_review_button(style=None if release else "primary"), *release, *again]
    if seen.approved:
        it = "it" if seen.approved == 1 else "them"
        have = plural(seen.approved, "proposal has", "proposals have")
        return f"{have} all the approvals needed. Release {it} when you would like {it} to go out.", [
            *release,
            open_review_button(),
            *again,
        ]
    if seen.proposals:
        return "There is nothing for you to do: other owners decide on what is left.", [open_review_button(), *again]
    if can_propose:
        words = f"We propose who goes with whom, and say why. You decide, and no {voice.mentee} hears of it before."
        return words, [propose_button(round_, style="primary"), open_review_button()]
    if not seen.round.applications:
        return f"Nobody has applied yet. Tell people about `{COMMAND}`, and they find the form there.", [
            open_review_button()
        ]
    if seen.mentees:
        return f"There is no place left. A word to possible {voice.mentors} may help.", [open_review_button()]
    return f"There is nothing to do: no {voice.mentee} is without a match.", [open_review_button()]


def _proposals(seen: ReviewStatusData) -> list[Block]:
    """The best of those that wait for the reader, with what can be pressed."""
    blocks: list[Block] = []
    record = ReviewHistory(solving=seen.solving)
    for match in seen.waiting[:PROPOSALS]:
        excepted = " The committee would make an exception for them." if match.excepted else ""
        why = because(match.reasons, seen.round.programme, to_owners=True)
        two = f"{mention(match.mentee)} and {mention(match.mentor)}"
        words = f"{new(match, record)}*{two}, {match.score} of 100.* {why}{excepted}"
        blocks += [DividerBlock(), section(words), *map(context, next_best(seen.round, match))]
        blocks.append(actions(approve_button(match), refuse_button(match)))
    if (more := len(seen.waiting) - PROPOSALS) > 0:
        words = f"And {plural(more, 'proposal', 'proposals')} more, on the desk."
        blocks += [DividerBlock(), section(words, button("See them all", OPEN_REVIEW))]
    return blocks
