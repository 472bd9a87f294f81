"""What owners decide about two people, recorded with who and when (D1.19, D2.14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.core.errors import CohortOver
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import OPERATOR, check_owner_or_operator
from mentoring.matching.errors import CannotPair, ConflictOfInterest, NotPending
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted, HardRule, sorted_pair
from mentoring.matching.match import Match, MatchState, deciders
from mentoring.matching.round import MatchingRound


class DecisionKind(StrEnum):
    """Stored: a value is never renamed without a migration."""

    APPROVED = "approved"
    REFUSED = "refused"
    PAIRED = "paired"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    SWAPPED = "swapped"
    FORBIDDEN = "forbidden"
    ALLOWED = "allowed"
    RELEASED = "released"


@dataclass(frozen=True)
class MatchDecision:
    """`by` is an owner or the OPERATOR, `at` an aware moment of the calendar; `match_id` is "" where it is about two
    people who are not proposed to each other. The same one kept twice is one.
    """

    cohort_id: str
    verdict: DecisionKind
    by: str
    at: datetime
    mentee: str
    mentor: str
    match_id: str = ""


def record_decision(match: Match, verdict: DecisionKind, *, by: str, at: datetime) -> MatchDecision:
    """What `by` decides about these two at this moment."""
    return MatchDecision(match.cohort_id, verdict, by, at, match.mentee, match.mentor, match.id)


def approve(match: Match, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """One approval. Twice by the same owner is one. Raises NotForYou, ConflictOfInterest, NotPending."""
    check_decides(match.people, by, owners)
    _check_proposed(match)
    if by in match.approvals:
        return NOTHING
    return _ruled(match, match.changed(approvals=(*match.approvals, by)), DecisionKind.APPROVED, by, now)


def refuse(match: Match, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """An owner rejects a proposal, and the two are not proposed again in this round; nobody hears of it.

    Raises NotForYou, ConflictOfInterest, NotPending.
    """
    check_decides(match.people, by, owners)
    _check_proposed(match)
    return _ruled(match, match.changed(state=MatchState.REFUSED), DecisionKind.REFUSED, by, now)


def pin(match: Match, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """Keep a proposal while the rest is solved again; that is no approval. One that is kept already stays as it is.

    Raises NotForYou, ConflictOfInterest, NotPending.
    """
    check_decides(match.people, by, owners)
    _check_proposed(match)
    if match.pinned_by:
        return NOTHING
    return _ruled(match, match.changed(pinned_by=by), DecisionKind.PINNED, by, now)


def unpin(match: Match, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """Let it go again, whoever kept it. Raises NotForYou, ConflictOfInterest, NotPending."""
    check_decides(match.people, by, owners)
    _check_proposed(match)
    if not match.pinned_by:
        return NOTHING
    return _ruled(match, match.changed(pinned_by=""), DecisionKind.UNPINNED, by, now)


def forbid(round_: MatchingRound, mentee: str, mentor: str, *, by: str, now: datetime) -> Outcome:
    """These two (Slack user ids) are not matched, in whatever round and role, until an owner allows it again.
    Their proposal is removed.

    Raises NotForYou, CohortOver, ConflictOfInterest, CannotPair where they are kept apart already or are one person,
    NotPending where they are asked.
    """
    check_decides((mentee, mentor), by, round_.owners)
    if round_.cohort.closed_on:
        raise CohortOver
    if mentee == mentor:
        raise CannotPair(HardRule.ONESELF, None)
    if ban_of(round_, mentee, mentor):
        raise CannotPair(HardRule.FORBIDDEN, None)
    theirs = [match for match in round_.matches.values() if set(match.people) == {mentee, mentor}]
    if any(match.state is MatchState.OFFERED for match in theirs):
        raise NotPending(MatchState.OFFERED)
    gone = [match for match in theirs if match.state is MatchState.PROPOSED]
    return Outcome(
        (
            *(match.changed(state=MatchState.OVERTAKEN) for match in gone),
            Exclusion(*sorted_pair(mentee, mentor), by=by, at=now),
            MatchDecision(
                round_.cohort.id, DecisionKind.FORBIDDEN, by, now, mentee, mentor, gone[0].id if gone else ""
            ),
        )
    )


def allow(round_: MatchingRound, mentee: str, mentor: str, *, by: str, now: datetime) -> Outcome:
    """These two (Slack user ids) may be matched again. Where they may already, nothing changes.

    Raises NotForYou, CohortOver, ConflictOfInterest.
    """
    check_decides((mentee, mentor), by, round_.owners)
    if round_.cohort.closed_on:
        raise CohortOver
    if not ban_of(round_, mentee, mentor):
        return NOTHING
    return Outcome(
        (
            ExclusionLifted(*sorted_pair(mentee, mentor)),
            MatchDecision(round_.cohort.id, DecisionKind.ALLOWED, by, now, mentee, mentor),
        )
    )


def ban_of(round_: MatchingRound, one: str, other: str) -> Exclusion | None:
    """The ban that keeps these two (Slack user ids) apart."""
    return next((ban for ban in round_.exclusions if (ban.one, ban.other) == sorted_pair(one, other)), None)


def check_decides(people: Sequence[str], by: str, owners: Sequence[str]) -> None:
    """Raise NotForYou for anybody but an owner or the OPERATOR, ConflictOfInterest for an owner who must leave it to
    another.
    """
    check_owner_or_operator(by, owners)
    if by != OPERATOR and by not in deciders(owners, people):
        raise ConflictOfInterest


def _check_proposed(match: Match) -> None:
    if match.state is not MatchState.PROPOSED:
        raise NotPending(match.state)


def _ruled(before: Match, after: Match, verdict: DecisionKind, by: str, now: datetime) -> Outcome:
    return Outcome((after, record_decision(before, verdict, by=by, at=now)))
