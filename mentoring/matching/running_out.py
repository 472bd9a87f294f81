"""Owners hear once that offers run out, on the working day before, while they can still do something about it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone

from mentoring.core.jobs import MISFIRE_POLICIES, JobDone, JobKind, MissedAction, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import (
    first_start_of_day,
    last_working_day_before,
    next_working_time,
    workday_start,
)
from mentoring.matching.match import Match

_WESTERNMOST = timezone(timedelta(hours=-12))


def plan_warning(match: Match, programme: Programme, now: datetime) -> ScheduledJob:
    """The job that tells the owners of an offer that was sent or extended at `now` (calendar, aware). It is due at the
    first moment at which one of them may be told. One that is planned already moves. `match.offered_at` must be set.
    """
    at = match.answer_by
    assert at is not None  # noqa: S101 - a released match has it
    day = last_working_day_before(at.astimezone(_WESTERNMOST).date(), programme)
    kind, refs = JobKind.OFFER_RUNNING_OUT, {"match": match.id, "since": now.isoformat()}
    return ScheduledJob(f"{kind}:{match.id}", kind, first_start_of_day(day), "", refs)


def run_warning(
    job: ScheduledJob, match: Match | None, owners: Sequence[Person], programme: Programme, now: datetime
) -> Outcome:
    """Tell each owner who is not in the match, when their working hours begin on the working day before. They get one
    message a day about all such offers of a round, and none on the day on which the offer was sent or extended.
    """
    at = match.answer_by if match else None
    if match is None or at is None or not match.awaits_answer:
        return Outcome((JobDone(job),))
    if MISFIRE_POLICIES[job.kind].resolve(expired=now >= at) is MissedAction.DROP:
        return Outcome((JobDone(job),))
    told, since = [], datetime.fromisoformat(job.refs["since"])
    for owner in owners:
        kind, day = NotificationKind.OFFERS_RUNNING_OUT, _warned_on(at, owner, programme)
        if owner.id in match.people or day <= owner.today(since):
            continue
        key = f"{kind}:{match.cohort_id}:{owner.id}:{day}"
        refs = {"cohort": match.cohort_id, "day": day.isoformat()}
        told.append(Notification(key, kind, owner.id, refs, due=workday_start(owner, programme, day)))
    return Outcome((JobDone(job),), tuple(told))


def running_out(matches: Iterable[Match], owner: Person, programme: Programme, day: date, today: date) -> list[Match]:
    """The offers of which `owner` is told on `day` that they run out, the first one first. If it is `today` by now,
    without those whose last day has come. Both are in the owner's time zone.
    """
    found = [
        match
        for match in matches
        if match.awaits_answer
        and match.answer_by
        and owner.id not in match.people
        and _warned_on(match.answer_by, owner, programme) == day
        and today < owner.today(match.answer_by)
    ]
    return sorted(found, key=lambda match: (match.answer_by, match.id))


def told_by_themselves(matches: Iterable[Match], owner: Person, programme: Programme, now: datetime) -> frozenset[str]:
    """The ids of the offers of which `owner` hears by a message of its own on this day: that it runs out, or that it
    did. `now` is the calendar (aware).
    """
    today = owner.today(now)
    return frozenset(
        match.id
        for match in matches
        if match.answer_by
        and (match.awaits_answer or match.ran_out)
        and today
        in (
            _warned_on(match.answer_by, owner, programme),
            owner.today(next_working_time(owner, programme, match.answer_by)),
        )
    )


def _warned_on(answer_by: datetime, owner: Person, programme: Programme) -> date:
    """The working day before the offer runs out, in the owner's time zone."""
    return last_working_day_before(owner.today(answer_by), programme)
