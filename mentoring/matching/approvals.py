"""Approving several proposals at once (D1.19). Those that need a closer look are left out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.core.errors import CohortOver, InvalidForm, MentoringError, Missing
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import check_approver
from mentoring.core.programmes import Programme
from mentoring.matching.decisions import add_approval
from mentoring.matching.errors import CannotApprove, ConflictOfInterest, NeedsCloserLook, NotPending
from mentoring.matching.match import Match, MatchState, ReasonKind
from mentoring.matching.pending_approvals import ask_others, needs_decision_of
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound, Obstacle

LOW_SCORE = 45


class CloserLook(StrEnum):
    """Why a proposal is approved only by itself."""

    EXEMPTION = "exemption"
    WARNING = "warning"
    LOW_SCORE = "low-score"


def low_score(programme: Programme) -> int:
    """Scores below this need a closer look: 45, or half of the highest usual score if the weights give less."""
    return min(LOW_SCORE, programme.weights.most(ranked=bool(programme.grades)) // 2)


def closer_look(match: Match, programme: Programme) -> CloserLook | None:
    """Why the proposal needs a closer look, or None."""
    if match.exempted:
        return CloserLook.EXEMPTION
    if any(reason.kind is ReasonKind.NO_SHARED_HOURS for reason in match.reasons):
        return CloserLook.WARNING
    return CloserLook.LOW_SCORE if match.score < low_score(programme) else None


def batch(round_: MatchingRound, by: str) -> list[Match]:
    """The proposals that `by` can approve and that need no closer look; a hard rule may be against some by now."""
    return [match for match in needs_decision_of(round_, by) if not closer_look(match, round_.programme)]


@dataclass(frozen=True)
class ApprovalChoice:
    """What an approver can approve: proposals that go `together`, best first, and how many do not and why.

    `broken` counts those that break a hard rule by now.
    """

    together: tuple[Match, ...]
    apart: Counter[CloserLook]
    broken: int


def approval_choice(round_: MatchingRound, by: str) -> ApprovalChoice:
    """The choice of the approver `by`, if everything in it is approved."""
    places, together, apart, broken = _DecidedPlaces(round_), list[Match](), Counter[CloserLook](), 0
    for match in needs_decision_of(round_, by):
        if why := closer_look(match, round_.programme):
            apart[why] += 1
        elif places.obstacle(match):
            broken += 1
        else:
            places.take(match)
            together.append(match)
    return ApprovalChoice(tuple(together), apart, broken)


@dataclass(frozen=True)
class ApprovedTogether:
    """The `outcome`, how many were approved by it, and the chosen proposals that were not, each with the reason.

    A proposal that is not in the round is None.
    """

    outcome: Outcome
    approved: int
    left: tuple[tuple[Match | None, MentoringError], ...]


def approve_together(round_: MatchingRound, chosen: Sequence[str], *, by: str, now: datetime) -> ApprovedTogether:
    """Approve the `chosen` proposals (ids) that still can be, and that need no closer look. Best ones get the places.

    Those that they have approved, or that need no more approvals, stay as they are. Raises NotForYou, CohortOver,
    Missing if none is chosen, and InvalidForm with the reasons if none can be approved.
    """
    check_approver(by, round_.approvers)
    if round_.cohort.closed_on:
        raise CohortOver
    if not chosen:
        raise Missing(FieldName.PROPOSALS)
    known = sorted(
        (round_.matches[id_] for id_ in set(chosen) if id_ in round_.matches), key=lambda m: (-m.score, m.id)
    )
    outcome, approved, places = NOTHING, 0, _DecidedPlaces(round_)
    left: list[tuple[Match | None, MentoringError]] = [(None, NotPending())] * (len(set(chosen)) - len(known))
    for match in known:
        if refusal := _refusal(round_, match, places, by):
            left.append((match, refusal))
        elif by not in match.approvals and round_.still_needs(match):
            places.take(match)
            outcome += add_approval(match, by=by, now=now)
            approved += 1
    if left and len(left) == len(set(chosen)):
        raise InvalidForm(tuple(dict.fromkeys(why for _, why in left)))
    outcome += ask_others(round_, [each for each in outcome.changes if isinstance(each, Match)], by=by, now=now)
    return ApprovedTogether(outcome, approved, tuple(left))


def _refusal(round_: MatchingRound, match: Match, places: "_DecidedPlaces", by: str) -> MentoringError | None:
    if match.state is not MatchState.PROPOSED:
        return NotPending(match.state)
    if by not in match.may_approve(round_.approvers):
        return ConflictOfInterest()
    if by in match.approvals or not round_.still_needs(match):
        return None
    if why := closer_look(match, round_.programme):
        return NeedsCloserLook(why)
    obstacle = places.obstacle(match)
    return CannotApprove(obstacle.rule, obstacle.role) if obstacle else None


class _DecidedPlaces:
    """The places that open offers and approved proposals take, kept up to date while more are approved."""

    def __init__(self, round_: MatchingRound) -> None:
        self._round = round_
        self._taken = round_.places_decided()

    def obstacle(self, match: Match) -> Obstacle | None:
        own = 1 if match.approvals else 0
        return self._round.obstacle(match, {id_: self._taken[id_] - own for id_ in applications_of(match)})

    def take(self, match: Match) -> None:
        if not match.approvals:
            self._taken.update(applications_of(match))
