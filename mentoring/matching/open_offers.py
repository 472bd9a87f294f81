"""What owners can do about offers that are out: remind, extend, recall, and ask again after one that expired."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from mentoring.core.errors import CohortOver
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_day, workday_start
from mentoring.matching.decisions import DecisionKind, check_decides, record_decision
from mentoring.matching.errors import (
    AlreadyAgreed,
    AlreadyExtended,
    AlreadyReminded,
    CannotAskAgain,
    CannotExtend,
    NotPending,
)
from mentoring.matching.match import Match, MatchState
from mentoring.matching.offers import close_offer, make_offer, plan_lapse
from mentoring.matching.optimiser import manual_match
from mentoring.matching.pending_approvals import ask_others
from mentoring.matching.round import MatchingRound
from mentoring.matching.running_out import plan_warning

EXTENSION = timedelta(days=7)
MOST_TIME = timedelta(days=28)
"""To answer, with all extensions."""
_BEFORE_THE_END = (2, 1, 3, 4)
"""Days before the end of an extended offer on which people are reminded, best first."""


def reminder_key(match: Match, person: str, today: date) -> str:
    """The key of a reminder that an owner has sent; `today` is the day in UTC."""
    return f"{NotificationKind.OFFER_REMINDER}:{match.id}:{person}:sent:{today}"


def remind(round_: MatchingRound, match: Match, *, by: str, now: datetime, reminded: bool) -> Outcome:
    """Remind those who have not answered, in their working hours. `reminded`: an owner has done so today.

    Raises NotForYou, ConflictOfInterest, CohortOver, NotPending, AlreadyAgreed, AlreadyReminded.
    """
    _check_awaits_answer(round_, match, by)
    if reminded:
        raise AlreadyReminded
    kind = NotificationKind.OFFER_REMINDER
    silent = (person for person in match.people if person not in match.accepted_by)
    notifications = (
        Notification(reminder_key(match, person, now.date()), kind, person, {"match": match.id}) for person in silent
    )
    return Outcome(notifications=tuple(notifications)).in_working_hours_from(now)


def extend(round_: MatchingRound, match: Match, seen: str, *, by: str, now: datetime) -> Outcome:
    """Give both people a week more. `seen` is the deadline (ISO 8601) that the owner saw, so that two owners who
    extend it together extend it once.

    Raises NotForYou, ConflictOfInterest, CohortOver, NotPending, AlreadyAgreed, AlreadyExtended, CannotExtend.
    """
    _check_awaits_answer(round_, match, by)
    deadline = match.answer_by
    if deadline is None or match.offered_at is None:
        raise NotPending(match.state)
    if seen != deadline.isoformat():
        raise AlreadyExtended(deadline)
    if not can_extend(match):
        raise CannotExtend
    extended = match.changed(answer_until=deadline + EXTENSION)
    silent = [person for person in match.people if person not in match.accepted_by]
    people = [round_.people.get(person, Person(person)) for person in silent]
    jobs = tuple(_reminder(extended, person, round_.programme) for person in people)
    decided = record_decision(match, DecisionKind.EXTENDED, by=by, at=now)
    warning = plan_warning(extended, round_.programme, now)
    return Outcome((extended, plan_lapse(extended), warning, *jobs, decided))


def can_extend(match: Match) -> bool:
    """Whether an open offer is not out for too long."""
    deadline, at = match.answer_by, match.offered_at
    return deadline is not None and at is not None and deadline + EXTENSION <= at + MOST_TIME


def _reminder(match: Match, person: Person, programme: Programme) -> ScheduledJob:
    """The job under the key of the first reminder: that moves, if it has not been sent."""
    assert match.answer_until is not None  # noqa: S101 - it was extended
    last = person.today(match.answer_until)
    near = [last - timedelta(days=days) for days in _BEFORE_THE_END]
    day = next((each for each in near if is_working_day(each, programme)), near[0])
    kind = JobKind.OFFER_REMINDER
    due = workday_start(person, programme, day)
    return ScheduledJob(f"{kind}:{match.id}:{person.id}", kind, due, person.id, {"match": match.id})


def recall(round_: MatchingRound, match: Match, *, by: str, now: datetime) -> Outcome:
    """Take an offer back before the introduction, also if it waits for the start of the round. Both people hear the
    same, and nothing bars the pair.

    Raises NotForYou, ConflictOfInterest, CohortOver, NotPending.
    """
    _check_open(round_, match, by)
    closed = close_offer(match, MatchState.RECALLED, owners=tuple(owner for owner in round_.owners if owner != by))
    refs = {"by": by}
    told = tuple(
        replace(n, refs={**n.refs, **refs}) if n.kind is NotificationKind.OWNERS_OFFER_OVER else n
        for n in closed.notifications
    )
    return Outcome((*closed.changes, record_decision(match, DecisionKind.RECALLED, by=by, at=now)), told)


def ask_again(round_: MatchingRound, match: Match, *, by: str, now: datetime, new_id: str) -> Outcome:
    """Offer a match again that expired without any answer, with its approvals and that of `by`.

    If it needs more approvals by now, it becomes a proposal. Raises NotForYou, ConflictOfInterest, CohortOver,
    NotPending, and CannotAskAgain if it breaks a hard rule by now.
    """
    check_decides(match.people, by, round_.owners)
    _check_round(round_)
    if not match.ran_out:
        raise NotPending(match.state)
    for other in round_.matches.values():
        if other.state is MatchState.OFFERED and set(other.people) == set(match.people):
            raise NotPending(other.state)
    two = (round_.applications.get(match.mentee_application), round_.applications.get(match.mentor_application))
    if two[0] is None or two[1] is None:
        raise NotPending
    made = manual_match(round_, two[0], two[1], by=by, new_id=new_id)
    again = replace(made, paired_by="", approvals=tuple(dict.fromkeys((*match.approvals, *made.approvals))))
    if obstacle := round_.obstacle(again, round_.places_decided()):
        raise CannotAskAgain(obstacle.rule, obstacle.role)
    decided = Outcome((record_decision(again, DecisionKind.ASKED_AGAIN, by=by, at=now),))
    if round_.still_needs(again):
        return Outcome((again,)) + decided + ask_others(round_, (again,), by=by, now=now)
    return make_offer(round_, replace(again, version=0), now) + decided  # it is saved for the first time


def expired(matches: Collection[Match]) -> list[Match]:
    """Those of the matches of a round that expired without any answer, and whose people are in no match together since,
    newest first.
    """
    together = {
        frozenset(match.people)
        for match in matches
        if match.state in (MatchState.PROPOSED, MatchState.OFFERED, MatchState.ACCEPTED)
    }
    gone = [match for match in matches if match.ran_out and match.answer_by]
    gone.sort(key=lambda match: (match.answer_by, match.id))
    newest = {frozenset(match.people): match for match in gone if all(match.people)}
    return [match for two, match in reversed(newest.items()) if two not in together]


def _check_open(round_: MatchingRound, match: Match, by: str) -> None:
    check_decides(match.people, by, round_.owners)
    if match.state is not MatchState.OFFERED:
        raise NotPending(match.state)
    _check_round(round_)


def _check_awaits_answer(round_: MatchingRound, match: Match, by: str) -> None:
    _check_open(round_, match, by)
    if match.is_agreed:
        raise AlreadyAgreed


def _check_round(round_: MatchingRound) -> None:
    if round_.cohort.closed_on:
        raise CohortOver
