"""When the two of a paused partnership are asked about it, when it carries on by itself, and when owners are asked."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import last_working_day_before, workday_start
from mentoring.oversight.responsible import owners_for
from mentoring.partnerships.partnership import Partnership, RequestedPause

ASK_EVERY = timedelta(weeks=4)
"""How often the two are asked about a pause without a day."""
_A_DAY = timedelta(days=1)


def ends_at(until: date, two: Iterable[Person]) -> datetime:
    """When that day has begun for both, in their time zones. Aware."""
    return max(datetime.combine(until, time.min, person.zone) for person in two)


def end_job(partnership: Partnership, two: Sequence[Person]) -> ScheduledJob | JobDone:
    """The job with which the partnership carries on by itself; none if the pause has no day."""
    until = partnership.lasting_pause.until if partnership.lasting_pause else None
    job = ScheduledJob(
        f"{JobKind.PAUSE_ENDS}:{partnership.id}",
        JobKind.PAUSE_ENDS,
        ends_at(until or partnership.ends_on, two),
        "",
        {"partnership": partnership.id},
    )
    return job if until else JobDone(job)


def question_job(
    partnership: Partnership, two: Sequence[Person], programme: Programme, now: datetime
) -> ScheduledJob | JobDone:
    """The job that asks both: on the working day before the pause ends, or after four weeks if it has no day.

    A pause that ends so soon that they would be asked today is not asked about.
    """
    lasting = partnership.lasting_pause
    day = last_working_day_before(lasting.until, programme) if lasting and lasting.until else None
    latest = max(person.today(now) for person in two)  # or it would be a day earlier each time, if zones are far apart
    starts = [workday_start(person, programme, day or latest + ASK_EVERY) for person in two]
    is_too_soon = day is not None and day <= latest
    key, refs = f"{JobKind.PAUSE_QUESTION}:{partnership.id}", {"partnership": partnership.id}
    job = ScheduledJob(key, JobKind.PAUSE_QUESTION, min(starts), "", refs)
    return JobDone(job) if lasting is None or is_too_soon else job


def run_question(
    job: ScheduledJob,
    partnership: Partnership,
    two: Sequence[Person],
    programme: Programme,
    owners: Sequence[str],
    now: datetime,
) -> Outcome:
    """Ask both, and the owners if the pause has become longer than the programme's limit.

    Nobody is asked who is away, and about a day neither if the other is away for longer: it does not carry on then.
    Without a day it is asked again, every four weeks.
    """
    lasting = partnership.lasting_pause
    if lasting is None:
        return Outcome((JobDone(job),))
    kind = NotificationKind.PAUSE_QUESTION
    today = max(person.today(now) for person in two)
    if lasting.until and lasting.until <= today:
        return Outcome((JobDone(job),))
    asked = lasting.until or today
    told = tuple(
        Notification(
            f"{kind}:{partnership.id}:{person.id}:{lasting.since.date()}:{asked}",
            kind,
            person.id,
            {"partnership": partnership.id, "until": lasting.until.isoformat() if lasting.until else ""},
        )
        for person in two
        if not person.is_unavailable and not (lasting.until and any(_is_away_on(each, lasting.until) for each in two))
    )
    again = JobDone(job) if lasting.until else question_job(partnership, two, programme, now)
    if is_over_limit(lasting, programme, lasting.until or today + _A_DAY):
        told += tell_owners(partnership, owners)
    return Outcome((again,), told)


def _is_away_on(person: Person, day: date) -> bool:
    return person.is_absent or (person.leave is not None and person.leave.until > day)


def is_over_limit(lasting: RequestedPause, programme: Programme, until: date) -> bool:
    """Whether a pause that lasts until this day is longer than the owners allow without a question."""
    return until > lasting.since.date() + timedelta(weeks=programme.pause_weeks)


def tell_owners(partnership: Partnership, owners: Sequence[str]) -> tuple[Notification, ...]:
    """Once for each pause, to the owner who looks after it, or else to those who are neither of the two."""
    kind, lasting = NotificationKind.LONG_PAUSE, partnership.lasting_pause
    since = lasting.since.isoformat() if lasting else ""
    return tuple(
        Notification(f"{kind}:{partnership.id}:{owner}:{since}", kind, owner, {"partnership": partnership.id})
        for owner in owners_for(partnership, owners)
    )
