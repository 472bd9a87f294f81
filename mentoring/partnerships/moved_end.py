"""What an agreement that comes into force changes in the scheduled jobs of a partnership (D1.12, D3.6)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import workday_start
from mentoring.partnerships.jobs import job_key
from mentoring.partnerships.judgement import FollowedTerms, closes_at
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.timing import timing_of


def follow_agreement(
    partnership: Partnership,
    agreed: FollowedTerms,
    people: Sequence[Person],
    programme: Programme,
    pending: Iterable[ScheduledJob],
    now: datetime,
) -> tuple[ScheduledJob | JobDone, ...]:
    """The jobs of `partnership`, which has its new end, moved to where they belong now.

    `pending` are its jobs that have not run yet, and `now` is the calendar (aware). What has run stays done. The
    monthly reminders start anew: the signing counts like a meeting.
    """
    closing = ScheduledJob(
        f"{JobKind.CLOSE}:{partnership.id}",
        JobKind.CLOSE,
        closes_at(partnership, programme),
        "",
        {"partnership": partnership.id},
    )
    found: list[ScheduledJob | JobDone] = [closing]
    waiting = list(pending)
    for person in people:
        own = [job for job in waiting if job.person == person.id]
        found += _of_person(partnership, agreed, person, programme, own, now)
    return tuple(found)


def _of_person(
    partnership: Partnership,
    agreed: FollowedTerms,
    person: Person,
    programme: Programme,
    pending: Iterable[ScheduledJob],
    now: datetime,
) -> Iterator[ScheduledJob | JobDone]:
    timing = timing_of(partnership.length, programme.rhythm, agreed.rhythm)
    start, today = person.today(partnership.introduced_at), person.today(now)
    second = start + timedelta(days=timing.second_meeting_on)
    days = {
        JobKind.FIRST_MEETING: start + timedelta(days=timing.first_meeting_on),
        JobKind.SECOND_MEETING: second,
        JobKind.CHECK_IN: partnership.check_in_on,
        JobKind.SURVEY: partnership.ends_on,
    }
    for job in pending:
        if job.kind in (JobKind.MONTHLY, JobKind.AGREEMENT_REVIEW):
            yield JobDone(job)
        elif (day := days.get(job.kind)) and day > today:
            yield job.rescheduled(workday_start(person, programme, day))
    monthly = max(today, second) + timing.nudge_every
    yield _job(JobKind.MONTHLY, partnership, person, programme, monthly)
    yield _job(JobKind.AGREEMENT_REVIEW, partnership, person, programme, agreed.review_on, f":{agreed.review_on}")


def _job(
    kind: JobKind, partnership: Partnership, person: Person, programme: Programme, day: date, suffix: str = ""
) -> ScheduledJob:
    key = f"{job_key(kind, partnership.id, person.id)}{suffix}"
    return ScheduledJob(key, kind, workday_start(person, programme, day), person.id, {"partnership": partnership.id})
