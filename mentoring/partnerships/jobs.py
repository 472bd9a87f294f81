"""The scheduled jobs of a partnership: nudges, check-in, survey and closing (D1.9, D2.10).

Days count from the introduction, in each person's time zone. Each job is due when that person's working hours start.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentoring.core.jobs import MISFIRE_POLICIES, JobDeadline, JobDone, JobKind, MissedAction, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import (
    is_working_time,
    next_workday_start,
    next_working_day,
    next_working_time,
    workday_start,
)
from mentoring.partnerships import partnership as partnerships
from mentoring.partnerships.partnership import Partnership, pause_of

FIRST_MEETING_ON, SECOND_MEETING_ON = 10, 24
MONTH = timedelta(weeks=4)
NUDGE_DISTANCE = timedelta(days=7)
"""No monthly nudge is sent this close to a check-in or to the end."""
REMIND_SURVEY_AFTER = (7, 14)
CLOSE_AFTER = 21
TIME_TO_ANSWER = timedelta(days=5)
"""The least time between the last reminder and the closing."""


@dataclass(frozen=True)
class PartnershipJobContext:
    """The data that a job of a partnership needs, for the `person` whom it concerns.

    - `met_on`: the dates of the meetings.
    - `answered`: whether the person has answered the question that the job asks.
    - `check_in_at` (calendar, aware): when the person got the check-in, or will get it; None if it is not planned.
    - `partner`: the other person.
    """

    partnership: Partnership
    person: Person
    programme: Programme
    met_on: tuple[date, ...] = ()
    answered: bool = False
    check_in_at: datetime | None = None
    partner: Person | None = None


def plan_partnership_jobs(
    partnership: Partnership, people: Sequence[Person], programme: Programme
) -> tuple[ScheduledJob, ...]:
    """All jobs of a new partnership, except the survey reminders, which the survey plans."""
    jobs: list[ScheduledJob] = []
    for person in people:
        start = person.today(partnership.introduced_at)
        days = {
            JobKind.FIRST_MEETING: start + timedelta(days=FIRST_MEETING_ON),
            JobKind.SECOND_MEETING: start + timedelta(days=SECOND_MEETING_ON),
            JobKind.MONTHLY: start + timedelta(days=SECOND_MEETING_ON) + MONTH,
            JobKind.CHECK_IN: partnership.check_in_on,
            JobKind.SURVEY: partnership.ends_on,
        }
        jobs += [_job(kind, partnership, person, programme, day) for kind, day in days.items()]
    refs = {"partnership": partnership.id}
    closing = closes_at(partnership, programme)
    jobs.append(ScheduledJob(f"{JobKind.CLOSE}:{partnership.id}", JobKind.CLOSE, closing, "", refs))
    return tuple(jobs)


def closes_at(partnership: Partnership, programme: Programme) -> datetime:
    """When the partnership closes, whether or not both have answered the survey.

    That is later than usual if closed days postpone the last reminder.
    """
    *_, last = _reminders_on(partnership, programme)
    closes_on = max(
        partnership.ends_on + timedelta(days=CLOSE_AFTER), next_working_day(last, programme) + TIME_TO_ANSWER
    )
    return datetime.combine(closes_on, partnership.introduced_at.timetz())


def _reminders_on(partnership: Partnership, programme: Programme) -> tuple[date, ...]:
    """The dates of the survey reminders, counted from the working day on which the survey is sent."""
    sent_on = next_working_day(partnership.ends_on, programme)
    return tuple(sent_on + timedelta(days=after) for after in REMIND_SURVEY_AFTER)


def job_key(kind: JobKind, partnership: str, person: str) -> str:
    """The key of a job that exists once per partnership (id) and person (Slack user id)."""
    return f"{kind}:{partnership}:{person}"


def _job(
    kind: JobKind, partnership: Partnership, person: Person, programme: Programme, day: date, suffix: str = ""
) -> ScheduledJob:
    return ScheduledJob(
        f"{job_key(kind, partnership.id, person.id)}{suffix}",
        kind,
        workday_start(person, programme, day),
        person.id,
        {"partnership": partnership.id},
    )


def run_partnership_job(job: ScheduledJob, context: PartnershipJobContext, now: datetime) -> Outcome:
    """Run a job of a partnership at `now` (calendar, aware): send a notification, reschedule the job, or drop it.

    While one of the two people is absent, the job moves to the next working day each time. Closing is not held.
    """
    partnership, person, programme = context.partnership, context.person, context.programme
    if not partnership.is_active:
        return Outcome((JobDone(job),))
    closing = closes_at(partnership, programme)
    if job.kind is JobKind.CLOSE:
        if now < closing:  # days have been closed since the job was planned
            return Outcome((job.rescheduled(closing),))
        return Outcome((JobDone(job),)) + partnerships.close(partnership, now=now)
    if now >= closing:
        return Outcome((JobDone(job),))
    if pause_of(partnership, {each.id: each for each in (person, context.partner) if each}):
        return Outcome((job.rescheduled(next_workday_start(person, programme, now)),))
    if not is_working_time(person, programme, now):
        return Outcome((job.rescheduled(next_working_time(person, programme, now)),))
    today = person.today(now)
    policy = MISFIRE_POLICIES[job.kind]
    if policy.resolve(expired=_has_come(policy.until, context, today)) is MissedAction.DROP:
        return Outcome((JobDone(job),))
    match job.kind:
        case JobKind.FIRST_MEETING:
            return _notify(job, context, NotificationKind.FIRST_MEETING_NUDGE, unless=bool(context.met_on))
        case JobKind.SECOND_MEETING:
            return _second_meeting(job, context, today)
        case JobKind.MONTHLY:
            return _monthly(job, context, today)
        case JobKind.CHECK_IN:
            # The time of the check-in is saved with the job, since monthly nudges keep a distance from it.
            return _notify(job.rescheduled(now), context, NotificationKind.CHECK_IN, unless=context.answered)
        case JobKind.SURVEY:
            return _survey(job, context, today)
        case JobKind.SURVEY_REMINDER:
            return _survey_reminder(job, context, today)
        case _:
            return Outcome((JobDone(job),))


def _has_come(until: JobDeadline, context: PartnershipJobContext, today: date) -> bool:
    """Whether the deadline has passed. CLOSING is checked by the caller."""
    partnership, introduced_on = context.partnership, context.person.today(context.partnership.introduced_at)
    match until:
        case JobDeadline.SECOND_MEETING:
            return today >= introduced_on + timedelta(days=SECOND_MEETING_ON)
        case JobDeadline.FIRST_MONTHLY:
            return today >= introduced_on + timedelta(days=SECOND_MEETING_ON) + MONTH
        case JobDeadline.WEEK_BEFORE_END:
            return today >= partnership.ends_on - NUDGE_DISTANCE
        case JobDeadline.AGREED_END:
            return today >= partnership.ends_on
        case _:
            return False


def _notify(
    job: ScheduledJob, context: PartnershipJobContext, kind: NotificationKind, *, unless: bool, suffix: str = ""
) -> Outcome:
    """Finish the job, with a notification of `kind` whose key ends with `suffix`, or without one if `unless`."""
    if unless:
        return Outcome((JobDone(job),))
    partnership, person = context.partnership, context.person
    key = f"{kind}:{partnership.id}:{person.id}{suffix}"
    return Outcome((JobDone(job),), (Notification(key, kind, person.id, {"partnership": partnership.id}),))


def _second_meeting(job: ScheduledJob, context: PartnershipJobContext, today: date) -> Outcome:
    """Send the second nudge; the first monthly nudge follows four weeks later, even if this one is late."""
    if len(context.met_on) >= 2:
        return Outcome((JobDone(job),))
    monthly = _job(JobKind.MONTHLY, context.partnership, context.person, context.programme, today + MONTH)
    return _notify(job, context, NotificationKind.SECOND_MEETING_NUDGE, unless=False) + Outcome((monthly,))


def _monthly(job: ScheduledJob, context: PartnershipJobContext, today: date) -> Outcome:
    """Send a nudge if there was no meeting for four weeks, and plan the next one in four weeks.

    The nudge waits while the check-in is near, even if that is late, and is dropped near the end.
    """
    partnership, person, programme = context.partnership, context.person, context.programme
    wait_until = max([today, *(day + MONTH for day in context.met_on)])
    check_in_on = next_working_day(partnership.check_in_on, programme)
    if context.check_in_at:
        check_in_on = person.today(context.check_in_at)
    if wait_until == today and abs(today - check_in_on) <= NUDGE_DISTANCE:
        wait_until = check_in_on + NUDGE_DISTANCE + timedelta(days=1)
    if wait_until > partnership.ends_on - NUDGE_DISTANCE - timedelta(days=1):
        return Outcome((JobDone(job),))
    if wait_until > today:
        return Outcome((job.rescheduled(workday_start(person, programme, wait_until)),))
    nudge = _notify(job, context, NotificationKind.MONTHLY_NUDGE, unless=False, suffix=f":{today}")
    following = _job(JobKind.MONTHLY, partnership, person, programme, today + MONTH, f":{today + MONTH}")
    return nudge + Outcome((following,))


def _survey(job: ScheduledJob, context: PartnershipJobContext, today: date) -> Outcome:
    """Send the survey, and plan the reminders whose day has not passed yet."""
    partnership, person, programme = context.partnership, context.person, context.programme
    if context.answered:
        return Outcome((JobDone(job),))
    dated = zip(REMIND_SURVEY_AFTER, _reminders_on(partnership, programme), strict=True)
    reminders = tuple(
        _job(JobKind.SURVEY_REMINDER, partnership, person, programme, day, f":{after}")
        for after, day in dated
        if day > today
    )
    return _notify(job, context, NotificationKind.SURVEY, unless=False) + Outcome(reminders)


def _survey_reminder(job: ScheduledJob, context: PartnershipJobContext, today: date) -> Outcome:
    """Send a reminder. The first one is dropped once the second is due, so that late reminders are sent once."""
    first, second = REMIND_SURVEY_AFTER
    is_first = job.key.endswith(f":{first}")
    *_, last = _reminders_on(context.partnership, context.programme)
    pointless = context.answered or (is_first and today >= last)
    suffix = f":{first if is_first else second}"
    return _notify(job, context, NotificationKind.SURVEY_REMINDER, unless=pointless, suffix=suffix)
