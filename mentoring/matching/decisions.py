"""Decisions of owners and the committee about two people, recorded with the person and the time (D1.19, D2.14)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mentoring.core.errors import CohortOver
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import OPERATOR, check_approver
from mentoring.matching.errors import CannotApprove, CannotPair, ConflictOfInterest, NotPending
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted, HardRule, sorted_pair
from mentoring.matching.match import Match, MatchState, deciders
from mentoring.matching.pending_approvals import ask_others
from mentoring.matching.round import MatchingRound


class DecisionKind(StrEnum):
    """Stored: a value is never renamed without a migration."""

    APPROVED = "approved"
    REFUSED = "refused"
    UNREFUSED = "unrefused"
    PAIRED = "paired"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    SWAPPED = "swapped"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    RELEASED = "released"
    EXTENDED = "extended"
    RECALLED = "recalled"
    ASKED_AGAIN = "asked-again"


@dataclass(frozen=True)
class MatchDecision:
    """A recorded decision about two people (Slack user ids).

    `by` is an approver or the OPERATOR; `at` is a calendar time (aware). `match_id` is "" if the two are not proposed
    to each other. Saving the same decision twice records it once.
    """

    cohort_id: str
    kind: DecisionKind
    by: str
    at: datetime
    mentee: str
    mentor: str
    match_id: str = ""


def record_decision(match: Match, kind: DecisionKind, *, by: str, at: datetime) -> MatchDecision:
    """The record of a decision about the two people of a match."""
    return MatchDecision(match.cohort_id, kind, by, at, match.mentee, match.mentor, match.id)


def approve(round_: MatchingRound, match: Match, *, by: str, now: datetime) -> Outcome:
    """Add an approval; a second one by the same person changes nothing.

    Raises NotForYou, ConflictOfInterest, NotPending, and CannotApprove if the match breaks a hard rule by now.
    """
    check_decides(match.people, by, round_.approvers)
    _check_proposed(match)
    if by in match.approvals:
        return NOTHING
    if obstacle := round_.obstacle(match, round_.places_decided(besides=match)):
        raise CannotApprove(obstacle.rule, obstacle.role)
    approved = add_approval(match, by=by, now=now)
    return approved + ask_others(round_, _matches(approved), by=by, now=now)


def add_approval(match: Match, *, by: str, now: datetime) -> Outcome:
    """Add the approval, once a rule has allowed it."""
    return _recorded(match, match.changed(approvals=(*match.approvals, by)), DecisionKind.APPROVED, by, now)


def refuse(match: Match, *, by: str, approvers: Sequence[str], now: datetime) -> Outcome:
    """Refuse a proposal. The two are not proposed again in this round, and no one is notified.

    Raises NotForYou, ConflictOfInterest, NotPending.
    """
    check_decides(match.people, by, approvers)
    _check_proposed(match)
    return _recorded(match, match.changed(state=MatchState.REFUSED), DecisionKind.REFUSED, by, now)


def undo_refusal(round_: MatchingRound, match: Match, *, by: str, now: datetime) -> Outcome:
    """Undo a refusal in the same round: the two are proposed again, and the proposal needs its approvals again.

    If the proposal no longer fits, it stays away, but the two may be proposed again. Undoing it twice changes nothing.
    Raises NotForYou, CohortOver, ConflictOfInterest, and NotPending if the match has been released.
    """
    check_decides(match.people, by, round_.approvers)
    if round_.cohort.closed_on:
        raise CohortOver
    if match.state in (MatchState.PROPOSED, MatchState.OVERTAKEN):
        return NOTHING
    if match.state is not MatchState.REFUSED:
        raise NotPending(match.state)
    again = match.changed(state=MatchState.PROPOSED, approvals=())
    fits = not round_.obstacle(again, {}) and all(map(round_.free_places, round_.applications_in(again)))
    after = again if fits else replace(again, state=MatchState.OVERTAKEN)
    undone = _recorded(match, after, DecisionKind.UNREFUSED, by, now)
    return undone + ask_others(round_, _matches(undone) if fits else (), by=by, now=now)


def pin(match: Match, *, by: str, approvers: Sequence[str], now: datetime) -> Outcome:
    """Keep a proposal when proposals are computed again. Does not approve it; if it is pinned already, nothing changes.

    Raises NotForYou, ConflictOfInterest, NotPending.
    """
    check_decides(match.people, by, approvers)
    _check_proposed(match)
    if match.pinned_by:
        return NOTHING
    return _recorded(match, match.changed(pinned_by=by), DecisionKind.PINNED, by, now)


def unpin(match: Match, *, by: str, approvers: Sequence[str], now: datetime) -> Outcome:
    """Remove the pin, no matter who set it. Raises NotForYou, ConflictOfInterest, NotPending."""
    check_decides(match.people, by, approvers)
    _check_proposed(match)
    if not match.pinned_by:
        return NOTHING
    return _recorded(match, match.changed(pinned_by=""), DecisionKind.UNPINNED, by, now)


def forbid(round_: MatchingRound, mentee: str, mentor: str, *, by: str, now: datetime) -> Outcome:
    """Exclude two people (Slack user ids) from being matched, in any round and role, and remove their proposal.

    Raises NotForYou, CohortOver, ConflictOfInterest, CannotPair if they are excluded already or are the same person,
    and NotPending if they have an open offer.
    """
    check_decides((mentee, mentor), by, round_.approvers)
    if round_.cohort.closed_on:
        raise CohortOver
    if mentee == mentor:
        raise CannotPair(HardRule.ONESELF, None)
    if exclusion_of(round_, mentee, mentor):
        raise CannotPair(HardRule.FORBIDDEN, None)
    matches = [match for match in round_.matches.values() if set(match.people) == {mentee, mentor}]
    if any(match.state is MatchState.OFFERED for match in matches):
        raise NotPending(MatchState.OFFERED)
    gone = [match for match in matches if match.state is MatchState.PROPOSED]
    return Outcome(
        (
            *(match.changed(state=MatchState.OVERTAKEN) for match in gone),
            Exclusion(*sorted_pair(mentee, mentor), by=by, at=now, programme_id=round_.programme.id),
            MatchDecision(
                round_.cohort.id, DecisionKind.FORBIDDEN, by, now, mentee, mentor, gone[0].id if gone else ""
            ),
        )
    )


def allow(round_: MatchingRound, mentee: str, mentor: str, *, by: str, now: datetime) -> Outcome:
    """Lift the exclusion of two people (Slack user ids), if there is one.

    Raises NotForYou, CohortOver, ConflictOfInterest.
    """
    check_decides((mentee, mentor), by, round_.approvers)
    if round_.cohort.closed_on:
        raise CohortOver
    if not exclusion_of(round_, mentee, mentor):
        return NOTHING
    return Outcome(
        (
            ExclusionLifted(*sorted_pair(mentee, mentor), round_.programme.id),
            MatchDecision(round_.cohort.id, DecisionKind.ALLOWED, by, now, mentee, mentor),
        )
    )


def exclusion_of(round_: MatchingRound, one: str, other: str) -> Exclusion | None:
    """The exclusion of these two people (Slack user ids), if there is one."""
    return next((each for each in round_.exclusions if (each.one, each.other) == sorted_pair(one, other)), None)


def check_decides(people: Sequence[str], by: str, approvers: Sequence[str]) -> None:
    """Raise NotForYou unless `by` is one of the approvers or the OPERATOR, and ConflictOfInterest for one of `people`
    while another approver can decide.
    """
    check_approver(by, approvers)
    if by != OPERATOR and by not in deciders(approvers, people):
        raise ConflictOfInterest


def _check_proposed(match: Match) -> None:
    if match.state is not MatchState.PROPOSED:
        raise NotPending(match.state)


def _matches(outcome: Outcome) -> list[Match]:
    return [change for change in outcome.changes if isinstance(change, Match)]


def _recorded(before: Match, after: Match, kind: DecisionKind, by: str, now: datetime) -> Outcome:
    return Outcome((after, record_decision(before, kind, by=by, at=now)))
