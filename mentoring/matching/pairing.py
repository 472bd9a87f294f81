"""What an owner puts together by hand: two people, or the mentors of two proposals exchanged (D1.19, D2.14)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mentoring.applications.application import Application, Role
from mentoring.applications.errors import NoSuchApplication
from mentoring.core.errors import CohortOver, InvalidForm, MentoringError, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import check_owner_or_operator
from mentoring.matching.decisions import DecisionKind, check_decides, record_decision
from mentoring.matching.errors import CannotPair, CannotSwap, NotApplied, NotPending, ReasonRequired
from mentoring.matching.hard_rules import MOST_REASON, Exemption, HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.matching.optimiser import by_hand
from mentoring.matching.round import MatchingRound, applications_of


@dataclass(frozen=True)
class ManualPair:
    """Two who may be put together, with the rules from which that would be an exception."""

    mentee: Application
    mentor: Application
    excepted: tuple[HardRule, ...]


def pair(
    round_: MatchingRound, mentee_id: str, mentor_id: str, *, by: str, now: datetime, new_id: str, reason: str = ""
) -> Outcome:
    """Propose two whom an owner chose; again by the same owner, while they stand there, is once. A proposal
    that nobody has decided on gives way where it takes a place that they need.

    `reason` is what the owner wrote, and is kept where the two are an exception to a rule. Raises NotForYou,
    CohortOver, NoSuchApplication, CannotPair, ReasonRequired, TooLong.
    """
    check_owner_or_operator(by, round_.owners)
    if _has_paired(round_, mentee_id, mentor_id, by):
        return NOTHING
    giving_way = tuple(_giving_way(round_, mentee_id, mentor_id))
    two = check_pair(round_, mentee_id, mentor_id, by=by, freeing=giving_way)
    _check_reason(two.excepted, reason)
    overtaken = Outcome(tuple(match.changed(state=MatchState.OVERTAKEN) for match in giving_way))
    return overtaken + _by_hand(round_, two, DecisionKind.PAIRED, by, now, new_id, reason)


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
    """Two proposals exchange their mentors: both are overtaken by pairs that this owner has made by hand. Again by the
    same owner, while those stand, is once.

    Raises NotForYou, CohortOver, ConflictOfInterest, NotPending, CannotSwap, CannotPair, ReasonRequired, TooLong.
    """
    one, other = round_.matches.get(one_id), round_.matches.get(other_id)
    check_owner_or_operator(by, round_.owners)
    if one is None or other is None:
        raise NotPending
    if _has_paired(round_, one.mentee_application, other.mentor_application, by) and _has_paired(
        round_, other.mentee_application, one.mentor_application, by
    ):
        return NOTHING
    pairs = check_swap(round_, one, other, by=by)
    _check_reason(tuple(bar for two in pairs for bar in two.excepted), reason)
    outcome = Outcome(tuple(match.changed(state=MatchState.OVERTAKEN) for match in (one, other)))
    for two in pairs:
        outcome += _by_hand(round_, two, DecisionKind.SWAPPED, by, now, new_id(), reason)
    return outcome


def swaps(round_: MatchingRound, match: Match, *, by: str) -> Iterator[tuple[Match, tuple[ManualPair, ManualPair]]]:
    """The proposals with which this one can be swapped, best first, and what would come of it."""
    for other in round_.proposals():
        try:
            yield other, check_swap(round_, match, other, by=by)
        except MentoringError:
            continue


def check_swap(round_: MatchingRound, one: Match, other: Match, *, by: str) -> tuple[ManualPair, ManualPair]:
    """The two pairs that would come of it. Raises NotForYou, CohortOver, ConflictOfInterest, NotPending, CannotSwap,
    CannotPair.
    """
    for match in (one, other):
        check_decides(match.people, by, round_.owners)
        if match.state is not MatchState.PROPOSED:
            raise NotPending(match.state)
        if others := match.held_by_others(by):
            raise CannotSwap(min(others))
    if one.mentee_application == other.mentee_application or one.mentor_application == other.mentor_application:
        raise CannotSwap
    return (
        check_pair(round_, one.mentee_application, other.mentor_application, by=by, freeing=(one, other)),
        check_pair(round_, other.mentee_application, one.mentor_application, by=by, freeing=(one, other)),
    )


def check_pair(
    round_: MatchingRound, mentee_id: str, mentor_id: str, *, by: str, freeing: Sequence[Match] = ()
) -> ManualPair:
    """The two applications an owner would pair by hand; `freeing` are matches whose places count as free.

    Raises NotForYou, CohortOver, NoSuchApplication, CannotPair.
    """
    check_owner_or_operator(by, round_.owners)
    if round_.cohort.closed_on:
        raise CohortOver
    mentee, mentor = round_.applications.get(mentee_id), round_.applications.get(mentor_id)
    if mentee is None or mentor is None or (mentee.role, mentor.role) != (Role.MENTEE, Role.MENTOR):
        raise NoSuchApplication
    excepted = round_.exemptible_rules(mentee, mentor)
    bar = round_.broken_rule(mentee, mentor, excepting=excepted)
    if bar is HardRule.NO_PLACE:
        raise CannotPair(bar, None)
    for application in (mentee, mentor):
        if round_.is_absent(application):
            raise CannotPair(HardRule.AWAY, application.role)
        freed = next((match.id for match in freeing if application.id in applications_of(match)), "")
        if not round_.free_places(application, leaving_out=freed):
            raise CannotPair(HardRule.NO_PLACE, application.role)
    if bar:
        raise CannotPair(bar, None)
    return ManualPair(mentee, mentor, excepted)


def applications_of_pair(round_: MatchingRound, mentee: str, mentor: str) -> tuple[Application, Application]:
    """What these two have sent; each is named by their application's id or by their own.

    Raises Refused with NotApplied for each who has sent nothing in that role.
    """
    found = [
        next((a for a in round_.applications.values() if a.role is role and who and who in (a.id, a.person)), None)
        for role, who in ((Role.MENTEE, mentee), (Role.MENTOR, mentor))
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
    """Whether these two are proposed by this owner's hand."""
    return any(
        (match.mentee_application, match.mentor_application, match.paired_by) == (mentee_id, mentor_id, by)
        for match in round_.proposals()
    )


def _giving_way(round_: MatchingRound, *application_ids: str) -> Iterator[Match]:
    """For each of these who has no free place, the worst of their proposals that nobody has decided on."""
    for id_ in application_ids:
        application = round_.applications.get(id_)
        theirs = [match for match in round_.undecided() if id_ in applications_of(match)]
        if application and theirs and not round_.free_places(application):
            yield theirs[-1]


def _check_reason(excepted: tuple[HardRule, ...], reason: str) -> None:
    if excepted and not reason.strip():
        raise ReasonRequired(tuple(dict.fromkeys(excepted)))
    if len(reason) > MOST_REASON:
        raise TooLong(FieldName.REASON, MOST_REASON)


def _by_hand(
    round_: MatchingRound, two: ManualPair, verdict: DecisionKind, by: str, now: datetime, new_id: str, reason: str
) -> Outcome:
    match = replace(by_hand(round_, two.mentee, two.mentor, by=by, new_id=new_id), excepted=two.excepted)
    exemption = (Exemption(match.id, two.excepted, reason.strip(), by, now),) if two.excepted else ()
    return Outcome((match, *exemption, record_decision(match, verdict, by=by, at=now)))
