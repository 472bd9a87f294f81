"""The scheduled jobs of a partnership: nudges, check-in, survey and closing (D1.9, D2.10).

Days count from the introduction, in each person's time zone. Each job is due when that person's working hours start.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Notification, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_time, next_workday_start, next_working_time, workday_start
from mentoring.partnerships import endings
from mentoring.partnerships.judgement import (
    NOTIFICATIONS,
    NUDGES,
    REMIND_SURVEY_AFTER,
    SURVEYS,
    NotBefore,
    PartnershipJobContext,
    Pointless,
    closes_at,
    judge,
    reminders_on,
)
from mentoring.partnerships.partnership import EndArrived, Partnership, pause_of
from mentoring.partnerships.timing import Timing, timing_of

_WAITS_FOR = {
    JobKind.SECOND_MEETING: NUDGES | {JobKind.CHECK_IN},
    JobKind.MONTHLY: NUDGES | {JobKind.CHECK_IN},
    JobKind.SURVEY_REMINDER: SURVEYS,
}
"""A job waits while the message of one of these, of the same partnership and to the same person, is unsent."""


def plan_partnership_jobs(
    partnership: Partnership, people: Sequence[Person], programme: Programme
) -> tuple[ScheduledJob, ...]:
    """All jobs of a new partnership, except the survey reminders, which the survey plans."""
    jobs: list[ScheduledJob] = []
    timing = timing_of(partnership.length, programme.rhythm)
    for person in people:
        days = days_of_jobs(partnership, person, timing)
        days[JobKind.MONTHLY] = days[JobKind.SECOND_MEETING] + timing.nudge_every
        jobs += [partnership_job(kind, partnership, person, programme, days[kind]) for kind in JobKind if kind in days]
    return (*jobs, closing_job(partnership, programme))


def days_of_jobs(partnership: Partnership, person: Person, timing: Timing) -> dict[JobKind, date]:
    """The days of a person's jobs that follow from the start and the end of the partnership."""
    start = partnership.counted_from(person)
    return {
        JobKind.FIRST_MEETING: start + timedelta(days=timing.first_meeting_on),
        JobKind.SECOND_MEETING: start + timedelta(days=timing.second_meeting_on),
        JobKind.CHECK_IN: partnership.check_in_on,
        JobKind.END_QUESTION: partnership.end_question_on,
        JobKind.SURVEY: partnership.survey_on,
    }


def closing_job(partnership: Partnership, programme: Programme) -> ScheduledJob:
    refs = {"partnership": partnership.id}
    key, at = f"{JobKind.CLOSE}:{partnership.id}", closes_at(partnership, programme)
    return ScheduledJob(key, JobKind.CLOSE, at, "", refs)


def plan_running_partnership_jobs(
    partnership: Partnership, people: Sequence[Person], programme: Programme, now: datetime
) -> tuple[ScheduledJob, ...]:
    """The jobs of a partnership that is brought in at `now` (calendar, aware): those of a new one that are still to
    come. What was due before is not made up for; the monthly nudges go on at the same distance.
    """
    planned = plan_partnership_jobs(partnership, people, programme)
    coming = [job for job in planned if job.due >= now]
    for person in people:
        if not any(job.kind is JobKind.MONTHLY and job.person == person.id for job in coming):
            day = _next_monthly(partnership, person, programme, now)
            coming.append(partnership_job(JobKind.MONTHLY, partnership, person, programme, day))
    return tuple(coming)


def _next_monthly(partnership: Partnership, person: Person, programme: Programme, now: datetime) -> date:
    """The day of the next monthly nudge, at their distance from the second one or from the last meeting."""
    timing = timing_of(partnership.length, programme.rhythm)
    second = partnership.counted_from(person) + timedelta(days=timing.second_meeting_on)
    day = max(second, partnership.last_met_before or second) + timing.nudge_every
    while workday_start(person, programme, day) < now:
        day += timing.nudge_every
    return day


def job_key(kind: JobKind, partnership: str, person: str) -> str:
    """The key of a job that exists once per partnership (id) and person (Slack user id)."""
    return f"{kind}:{partnership}:{person}"


def partnership_job(
    kind: JobKind, partnership: Partnership, person: Person, programme: Programme, day: date, suffix: str = ""
) -> ScheduledJob:
    """The job of `kind` for the person when their working hours begin on that day."""
    return ScheduledJob(
        f"{job_key(kind, partnership.id, person.id)}{suffix}",
        kind,
        workday_start(person, programme, day),
        person.id,
        {"partnership": partnership.id},
    )


def run_partnership_job(job: ScheduledJob, context: PartnershipJobContext, now: datetime) -> Outcome:
    """Run a job of a partnership at `now` (calendar, aware): send a notification, reschedule the job, or drop it.

    The job moves to the next working day, each time, while the partnership is paused or an earlier message is unsent.
    Closing waits only for a pause for which one of the two asked.
    """
    partnership, person, programme = context.partnership, context.person, context.programme
    if not partnership.is_active:
        return Outcome((JobDone(job),))
    closing = closes_at(partnership, programme)
    stands_still = partnership.lasting_pause is not None
    if job.kind is JobKind.CLOSE:
        if stands_still:
            return Outcome((job.rescheduled(max(closing, now + timedelta(days=1))),))
        if now < closing:  # days have been closed since the job was planned
            return Outcome((job.rescheduled(closing),))
        return Outcome((JobDone(job),)) + endings.close(partnership, now=now)
    people = {each.id: each for each in (person, context.partner) if each}
    if (stands_still or now < closing) and pause_of(partnership, people):
        return Outcome((job.rescheduled(next_workday_start(person, programme, now)),))
    if now < closing and not is_working_time(person, programme, now):
        return Outcome((job.rescheduled(next_working_time(person, programme, now)),))
    match judge(job.kind, job.key, context, now):
        case Pointless():
            return Outcome((JobDone(job),))
        case NotBefore(day):
            return Outcome((job.rescheduled(workday_start(person, programme, day)),))
    if context.unsent & _WAITS_FOR.get(job.kind, frozenset()):
        return Outcome((job.rescheduled(next_workday_start(person, programme, now)),))
    return _decided(job, context, now)


def _decided(job: ScheduledJob, context: PartnershipJobContext, now: datetime) -> Outcome:
    """Finish the job with its notification, and plan the jobs that follow."""
    partnership, person, programme = context.partnership, context.person, context.programme
    today, every = person.today(now), context.timing.nudge_every
    suffix = ""
    done = job
    follows: tuple[ScheduledJob, ...] = ()
    match job.kind:
        case JobKind.SECOND_MEETING:
            # The first monthly nudge keeps its distance, even if this one is late.
            follows = (partnership_job(JobKind.MONTHLY, partnership, person, programme, today + every),)
        case JobKind.MONTHLY:
            suffix = f":{today}"
            follows = (
                partnership_job(JobKind.MONTHLY, partnership, person, programme, today + every, f":{today + every}"),
            )
        case JobKind.CHECK_IN:
            done = job.rescheduled(now)  # the time of the decision is saved with the job
        case JobKind.SURVEY:
            follows = _survey_reminders(context, today)
        case JobKind.SURVEY_REMINDER | JobKind.AGREEMENT_REVIEW:
            suffix = job.key[job.key.rindex(":") :]
    kind = NOTIFICATIONS[job.kind]
    key = f"{kind}:{partnership.id}:{person.id}{suffix}"
    notification = Notification(key, kind, person.id, {"partnership": partnership.id})
    # What waits for an answer about the end is over: messages say so.
    reached = (EndArrived(partnership.id),) if job.kind is JobKind.SURVEY else ()
    return Outcome((JobDone(done), *follows, *reached), (notification,))


def _survey_reminders(context: PartnershipJobContext, today: date) -> tuple[ScheduledJob, ...]:
    """The reminders whose day has not passed yet."""
    partnership, person, programme = context.partnership, context.person, context.programme
    dated = zip(REMIND_SURVEY_AFTER, reminders_on(partnership, programme), strict=True)
    return tuple(
        partnership_job(JobKind.SURVEY_REMINDER, partnership, person, programme, day, f":{after}")
        for after, day in dated
        if day > today
    )
