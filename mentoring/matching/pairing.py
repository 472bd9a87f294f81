"""Pairing two people by hand, and swapping the mentors of two proposals (D1.19, D2.14)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.applications.application import Application, Role
from mentoring.applications.errors import NoSuchApplication
from mentoring.core.errors import CohortOver, InvalidForm, MentoringError, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import OPERATOR, check_approver
from mentoring.matching.decisions import DecisionKind, check_decides, record_decision
from mentoring.matching.errors import CannotPair, CannotSwap, NotApplied, NotPending, OwnersExempt, ReasonRequired
from mentoring.matching.hard_rules import EXEMPTIBLE, MOST_REASON, Exemption, HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.matching.optimiser import manual_match
from mentoring.matching.pending_approvals import ask_others
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound


@dataclass(frozen=True)
class ManualPair:
    """Two people who may be paired, and the hard rules that have to be set aside for it."""

    mentee: Application
    mentor: Application
    exempted: tuple[HardRule, ...]


def pair(
    round_: MatchingRound, mentee_id: str, mentor_id: str, *, by: str, now: datetime, new_id: str, reason: str = ""
) -> Outcome:
    """Propose two people whom an approver has chosen, with their approval.

    Displaces an undecided proposal that takes a place they need, and a proposal of these two that needs an exemption by
    now. Pairing the same two again changes nothing. Only owners and the OPERATOR set a hard rule aside: then `reason`
    is required and saved. Raises NotForYou, CohortOver, NoSuchApplication, CannotPair, OwnersExempt, ReasonRequired,
    TooLong.
    """
    check_approver(by, round_.approvers)
    if _has_paired(round_, mentee_id, mentor_id, by):
        return NOTHING
    own = _without_exemption(round_, mentee_id, mentor_id)
    displaced = (own,) if own else tuple(_displaced(round_, mentee_id, mentor_id))
    two = check_pair(round_, mentee_id, mentor_id, by=by, releasing=displaced)
    _check_exemption(round_, two.exempted, reason, by)
    overtaken = Outcome(tuple(match.changed(state=MatchState.OVERTAKEN) for match in displaced))
    return overtaken + _manual_outcome(round_, two, DecisionKind.PAIRED, by, now, new_id, reason)


def swap(
    round_: MatchingRound,
    one_id: str,
    other_id: str,
    *,
    by: str,
    now: datetime,
    new_id: Callable[[], str],
    reason: str = "",
) -> Outcome:
    """Replace two proposals by two pairs with exchanged mentors. Repeating the same swap changes nothing.

    Raises NotForYou, CohortOver, ConflictOfInterest, NotPending, CannotSwap, CannotPair, OwnersExempt, ReasonRequired,
    TooLong.
    """
    one, other = round_.matches.get(one_id), round_.matches.get(other_id)
    check_approver(by, round_.approvers)
    if one is None or other is None:
        raise NotPending
    if _has_paired(round_, one.mentee_application, other.mentor_application, by) and _has_paired(
        round_, other.mentee_application, one.mentor_application, by
    ):
        return NOTHING
    pairs = check_swap(round_, one, other, by=by)
    _check_exemption(round_, tuple(rule for each in pairs for rule in each.exempted), reason, by)
    outcome = Outcome(tuple(match.changed(state=MatchState.OVERTAKEN) for match in (one, other)))
    for two in pairs:
        outcome += _manual_outcome(round_, two, DecisionKind.SWAPPED, by, now, new_id(), reason)
    return outcome


def swaps(round_: MatchingRound, match: Match, *, by: str) -> Iterator[tuple[Match, tuple[ManualPair, ManualPair]]]:
    """The proposals that `by` can swap with `match`, best first, each with the two pairs that would result."""
    for other in round_.proposals():
        try:
            pairs = check_swap(round_, match, other, by=by)
        except MentoringError:
            continue
        if may_exempt(round_, by) or not any(two.exempted for two in pairs):
            yield other, pairs


def check_swap(round_: MatchingRound, one: Match, other: Match, *, by: str) -> tuple[ManualPair, ManualPair]:
    """The two pairs that the swap would result in.

    Raises NotForYou, CohortOver, ConflictOfInterest, NotPending, CannotSwap, CannotPair.
    """
    for match in (one, other):
        check_decides(match.people, by, round_.approvers)
        if match.state is not MatchState.PROPOSED:
            raise NotPending(match.state)
        if others := match.held_by_others(by):
            raise CannotSwap(min(others))
    if one.mentee_application == other.mentee_application or one.mentor_application == other.mentor_application:
        raise CannotSwap
    return (
        check_pair(round_, one.mentee_application, other.mentor_application, by=by, releasing=(one, other)),
        check_pair(round_, other.mentee_application, one.mentor_application, by=by, releasing=(one, other)),
    )


def check_pair(
    round_: MatchingRound, mentee_id: str, mentor_id: str, *, by: str, releasing: Sequence[Match] = ()
) -> ManualPair:
    """The two applications, if they may be paired. Places that the matches in `releasing` take count as free.

    Raises NotForYou, CohortOver, NoSuchApplication, CannotPair.
    """
    check_approver(by, round_.approvers)
    if round_.cohort.closed_on:
        raise CohortOver
    mentee, mentor = round_.applications.get(mentee_id), round_.applications.get(mentor_id)
    if mentee is None or mentor is None or (mentee.role, mentor.role) != (Role.MENTEE, Role.MENTOR):
        raise NoSuchApplication
    exempted = round_.exemptible_rules(mentee, mentor)
    own = next((m.id for m in releasing if applications_of(m) == (mentee_id, mentor_id)), "")
    rule = round_.broken_rule(mentee, mentor, ignoring=own, exempted=exempted)
    if rule is HardRule.NO_PLACE:
        raise CannotPair(rule, None)
    for application in (mentee, mentor):
        if kept_out := round_.cannot_take_part(application):
            raise CannotPair(kept_out, application.role)
        freed = next((match.id for match in releasing if application.id in applications_of(match)), "")
        if not round_.free_places(application, ignoring=freed):
            raise CannotPair(HardRule.NO_PLACE, application.role)
    if rule:
        raise CannotPair(rule, None)
    return ManualPair(mentee, mentor, exempted)


def applications_of_pair(round_: MatchingRound, mentee: str, mentor: str) -> tuple[Application, Application]:
    """The applications of a mentee and a mentor, each given by application id or Slack user id.

    Raises InvalidForm with NotApplied for each who has no application in that role.
    """
    found = [
        next((a for a in round_.applications.values() if a.role is role and id_ and id_ in (a.id, a.person)), None)
        for role, id_ in ((Role.MENTEE, mentee), (Role.MENTOR, mentor))
    ]
    missing = [
        NotApplied(field) for field, one in zip((FieldName.MENTEE, FieldName.MENTOR), found, strict=True) if one is None
    ]
    if missing:
        raise InvalidForm(tuple(missing))
    one, other = found
    assert one is not None  # noqa: S101 - neither is missing
    assert other is not None  # noqa: S101
    return one, other


def _has_paired(round_: MatchingRound, mentee_id: str, mentor_id: str, by: str) -> bool:
    """Whether `by` has paired these two, and the proposal is still there."""
    return any(
        (match.mentee_application, match.mentor_application, match.paired_by) == (mentee_id, mentor_id, by)
        for match in round_.proposals()
    )


def _without_exemption(round_: MatchingRound, mentee_id: str, mentor_id: str) -> Match | None:
    """The proposal of these two, if it breaks a rule by now that can be set aside for a pair made by hand."""
    found = (m for m in round_.proposals() if applications_of(m) == (mentee_id, mentor_id))
    for match in found:
        obstacle = round_.obstacle(match, round_.places_offered())
        if obstacle and obstacle.rule in EXEMPTIBLE:
            return match
    return None


def _displaced(round_: MatchingRound, *application_ids: str) -> Iterator[Match]:
    """For each application without a free place, its undecided proposal with the lowest score."""
    for id_ in application_ids:
        application = round_.applications.get(id_)
        proposals = [match for match in round_.undecided_proposals() if id_ in applications_of(match)]
        if application and proposals and not round_.free_places(application):
            yield proposals[-1]


def may_exempt(round_: MatchingRound, by: str) -> bool:
    """Whether `by` may set a hard rule aside for two people: an owner or the OPERATOR."""
    return by in (OPERATOR, *round_.owners)


def _check_exemption(round_: MatchingRound, exempted: tuple[HardRule, ...], reason: str, by: str) -> None:
    if exempted and not may_exempt(round_, by):
        raise OwnersExempt(exempted[0])
    if exempted and not reason.strip():
        raise ReasonRequired(tuple(dict.fromkeys(exempted)))
    if len(reason) > MOST_REASON:
        raise TooLong(FieldName.REASON, MOST_REASON)


def _manual_outcome(
    round_: MatchingRound, two: ManualPair, kind: DecisionKind, by: str, now: datetime, new_id: str, reason: str
) -> Outcome:
    match = replace(manual_match(round_, two.mentee, two.mentor, by=by, new_id=new_id), exempted=two.exempted)
    exemption = (Exemption(match.id, two.exempted, reason.strip(), by, now),) if two.exempted else ()
    made = Outcome((match, *exemption, record_decision(match, kind, by=by, at=now)))
    return made + ask_others(round_, (match,), by=by, now=now)
