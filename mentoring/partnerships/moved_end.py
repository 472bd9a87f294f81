"""What a moved end, or an agreement that comes into force, changes in the scheduled jobs of a partnership (D1.12)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import workday_start
from mentoring.partnerships.jobs import closing_job, days_of_jobs, partnership_job
from mentoring.partnerships.judgement import COME_BACK, FollowedTerms
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.timing import Timing, timing_of

Moved = ScheduledJob | JobDone


def follow_end(
    partnership: Partnership,
    agreed: FollowedTerms | None,
    people: Sequence[Person],
    programme: Programme,
    pending: Iterable[ScheduledJob],
    now: datetime,
    *,
    by_pause: bool = False,
) -> tuple[Moved, ...]:
    """The jobs of `partnership`, which has its new end, moved to where they belong now.

    `pending` are its jobs that have not run yet, and `now` is the calendar (aware). What has run stays done. Reminders
    to meet go on as planned; where the last one had been, because the end was near, they begin again. What waited for
    an end moved `by_pause` comes on the next working day, or on its own day if that is later.
    """
    timing, waiting = _timing(partnership, programme, agreed), list(pending)
    found: list[Moved] = [closing_job(partnership, programme)]
    for person in people:
        own = [job for job in waiting if job.person == person.id]
        waited = [job for job in own if by_pause and job.kind in COME_BACK]
        found += _moved(partnership, timing, person, programme, [job for job in own if job not in waited], now)
        found += _come_back(partnership, timing, person, programme, waited, now)
        if not any(job.kind is JobKind.MONTHLY for job in own):
            found.append(_next_monthly(partnership, timing, person, programme, now))
    return tuple(found)


def follow_agreement(
    partnership: Partnership,
    agreed: FollowedTerms,
    people: Sequence[Person],
    programme: Programme,
    pending: Iterable[ScheduledJob],
    now: datetime,
) -> tuple[Moved, ...]:
    """The jobs of `partnership`, which has the end of the agreement, moved to where they belong now.

    As `follow_end`, but the monthly reminders start again, since the signing counts like a meeting, and both are asked
    about the agreement again on the day that they chose.
    """
    timing, waiting = _timing(partnership, programme, agreed), list(pending)
    found: list[Moved] = [closing_job(partnership, programme)]
    for person in people:
        own = [job for job in waiting if job.person == person.id]
        found += [JobDone(job) for job in own if job.kind in (JobKind.MONTHLY, JobKind.AGREEMENT_REVIEW)]
        found += _moved(partnership, timing, person, programme, own, now)
        found.append(_next_monthly(partnership, timing, person, programme, now))
        review, suffix = agreed.review_on, f":{agreed.review_on}"
        found.append(partnership_job(JobKind.AGREEMENT_REVIEW, partnership, person, programme, review, suffix))
    return tuple(found)


def drop_all_but_survey(
    partnership: Partnership, people: Sequence[Person], programme: Programme, pending: Iterable[ScheduledJob]
) -> tuple[Moved, ...]:
    """The jobs of `partnership`, which ends today: the closing survey now, the closing after it, and nothing else.

    Action items and planned meetings are not among them.
    """
    found: list[Moved] = [closing_job(partnership, programme)]
    known = {person.id: person for person in people}
    for job in pending:
        if job.kind is JobKind.SURVEY:
            found.append(job.rescheduled(workday_start(known[job.person], programme, partnership.survey_on)))
        elif job.kind in _UNTIL_THE_END:
            found.append(JobDone(job))
    return tuple(found)


_UNTIL_THE_END = frozenset(
    {
        JobKind.FIRST_MEETING,
        JobKind.SECOND_MEETING,
        JobKind.MONTHLY,
        JobKind.CHECK_IN,
        JobKind.END_QUESTION,
        JobKind.AGREEMENT_REVIEW,
    }
)


def _timing(partnership: Partnership, programme: Programme, agreed: FollowedTerms | None) -> Timing:
    return timing_of(partnership.length, programme.rhythm, agreed.rhythm if agreed else None)


def _moved(
    partnership: Partnership,
    timing: Timing,
    person: Person,
    programme: Programme,
    pending: Iterable[ScheduledJob],
    now: datetime,
) -> Iterator[Moved]:
    """The jobs of one person whose days follow from the start and the end, as far as those days are ahead."""
    days, today = days_of_jobs(partnership, person, timing), person.today(now)
    for job in pending:
        if (day := days.get(job.kind)) and day > today:
            yield job.rescheduled(workday_start(person, programme, day))
        elif job.kind is JobKind.END_QUESTION:  # they have just agreed on the end
            yield JobDone(job)


def _come_back(
    partnership: Partnership,
    timing: Timing,
    person: Person,
    programme: Programme,
    pending: Iterable[ScheduledJob],
    now: datetime,
) -> Iterator[ScheduledJob]:
    """The questions and reminders of one person that are still to come, on their day or tomorrow: their day may have
    come while the end was too near for them.
    """
    days, tomorrow = days_of_jobs(partnership, person, timing), person.today(now) + timedelta(days=1)
    for job in pending:
        day = days.get(job.kind) or date.fromisoformat(job.key.rsplit(":", 1)[1])  # the key of the review names it
        yield job.rescheduled(workday_start(person, programme, max(day, tomorrow)))


def _next_monthly(
    partnership: Partnership, timing: Timing, person: Person, programme: Programme, now: datetime
) -> ScheduledJob:
    """The first monthly reminder from now on, at its distance from today and from the second meeting."""
    second = partnership.counted_from(person) + timedelta(days=timing.second_meeting_on)
    monthly = max(person.today(now), second) + timing.nudge_every
    return partnership_job(JobKind.MONTHLY, partnership, person, programme, monthly)
