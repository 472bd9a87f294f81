"""When a partnership is nudged, asked and closed (D1.9, D2.10), and what is still worth saying when it is found late.

Days count from the introduction, on each person's own calendar; everything is due at the start of their working day.
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
    next_working_time,
    workday_start,
    working_day,
)
from mentoring.partnerships import partnership as partnerships
from mentoring.partnerships.partnership import Partnership

FIRST_MEETING_ON, SECOND_MEETING_ON = 10, 24
MONTH = timedelta(weeks=4)
AWAY_FROM_OTHERS = timedelta(days=7)
"""No monthly nudge within this of a check-in or the end."""
REMIND_SURVEY_AFTER = (7, 14)
CLOSE_AFTER = 21
TIME_TO_ANSWER = timedelta(days=5)
"""Between the last reminder and the closing, at least."""


@dataclass(frozen=True)
class PartnershipJobContext:
    """What a partnership's promise is judged by. `met_on` are the days of its meetings; `answered` whether this
    person has answered what the promise asks; `check_in_at` when they were asked for the check-in, or will be;
    `partner` is the other one.
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
    """All that a new partnership is promised; the reminders of its survey come with the survey."""
    promised: list[ScheduledJob] = []
    for person in people:
        start = person.today(partnership.introduced_at)
        days = {
            JobKind.FIRST_MEETING: start + timedelta(days=FIRST_MEETING_ON),
            JobKind.SECOND_MEETING: start + timedelta(days=SECOND_MEETING_ON),
            JobKind.MONTHLY: start + timedelta(days=SECOND_MEETING_ON) + MONTH,
            JobKind.CHECK_IN: partnership.check_in_on,
            JobKind.SURVEY: partnership.ends_on,
        }
        promised += [_job(kind, partnership, person, programme, day) for kind, day in days.items()]
    about = {"partnership": partnership.id}
    closing = closes_at(partnership, programme)
    promised.append(ScheduledJob(f"{JobKind.CLOSE}:{partnership.id}", JobKind.CLOSE, closing, "", about))
    return tuple(promised)


def closes_at(partnership: Partnership, programme: Programme) -> datetime:
    """Whether or not both have answered the survey by then; later where a closed time has put off its last reminder."""
    *_, last = _reminders_on(partnership, programme)
    closes_on = max(partnership.ends_on + timedelta(days=CLOSE_AFTER), working_day(last, programme) + TIME_TO_ANSWER)
    return datetime.combine(closes_on, partnership.introduced_at.timetz())


def _reminders_on(partnership: Partnership, programme: Programme) -> tuple[date, ...]:
    """The days of the survey's reminders, which count from the working day on which it comes."""
    asked_on = working_day(partnership.ends_on, programme)
    return tuple(asked_on + timedelta(days=after) for after in REMIND_SURVEY_AFTER)


def job_key(kind: JobKind, partnership: str, person: str) -> str:
    """Of what is promised once to a person in a partnership; both are ids."""
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


def run_partnership_job(job: ScheduledJob, standing: PartnershipJobContext, now: datetime) -> Outcome:
    """What a partnership's promise to a person comes to at `now`: a notice, a later moment, or nothing any more.

    While one of the two is away it is held, from morning to morning; the partnership still closes at its time.
    """
    partnership, person, programme = standing.partnership, standing.person, standing.programme
    if not partnership.is_active:
        return Outcome((JobDone(job),))
    closing = closes_at(partnership, programme)
    if job.kind is JobKind.CLOSE:
        if now < closing:  # days were closed since it was promised
            return Outcome((job.rescheduled(closing),))
        return Outcome((JobDone(job),)) + partnerships.close(partnership, now=now)
    if now >= closing:
        return Outcome((JobDone(job),))
    if person.is_away or (standing.partner and standing.partner.is_away):
        return Outcome((job.rescheduled(next_workday_start(person, programme, now)),))
    if not is_working_time(person, programme, now):
        return Outcome((job.rescheduled(next_working_time(person, programme, now)),))
    today = person.today(now)
    policy = MISFIRE_POLICIES[job.kind]
    if policy.found(over=_is_over(policy.until, standing, today)) is MissedAction.DROP:
        return Outcome((JobDone(job),))
    match job.kind:
        case JobKind.FIRST_MEETING:
            return _said(job, standing, NotificationKind.FIRST_MEETING_NUDGE, unless=bool(standing.met_on))
        case JobKind.SECOND_MEETING:
            return _second_meeting(job, standing, today)
        case JobKind.MONTHLY:
            return _monthly(job, standing, today)
        case JobKind.CHECK_IN:
            # Kept at the moment at which it is asked: nudges keep away from that.
            return _said(job.rescheduled(now), standing, NotificationKind.CHECK_IN, unless=standing.answered)
        case JobKind.SURVEY:
            return _survey(job, standing, today)
        case JobKind.SURVEY_REMINDER:
            return _survey_reminder(job, standing, today)
        case _:
            return Outcome((JobDone(job),))


def _is_over(until: JobDeadline, standing: PartnershipJobContext, today: date) -> bool:
    """Whether this moment has come for the partnership; that of its closing is judged before."""
    partnership, introduced_on = standing.partnership, standing.person.today(standing.partnership.introduced_at)
    match until:
        case JobDeadline.SECOND_QUESTION:
            return today >= introduced_on + timedelta(days=SECOND_MEETING_ON)
        case JobDeadline.FIRST_MONTHLY:
            return today >= introduced_on + timedelta(days=SECOND_MEETING_ON) + MONTH
        case JobDeadline.WEEK_BEFORE_END:
            return today >= partnership.ends_on - AWAY_FROM_OTHERS
        case JobDeadline.AGREED_END:
            return today >= partnership.ends_on
        case _:
            return False


def _said(
    job: ScheduledJob, standing: PartnershipJobContext, kind: NotificationKind, *, unless: bool, stamp: str = ""
) -> Outcome:
    if unless:
        return Outcome((JobDone(job),))
    partnership, person = standing.partnership, standing.person
    key = f"{kind}:{partnership.id}:{person.id}{stamp}"
    return Outcome((JobDone(job),), (Notification(key, kind, person.id, {"partnership": partnership.id}),))


def _second_meeting(job: ScheduledJob, standing: PartnershipJobContext, today: date) -> Outcome:
    """Said late, it puts the first monthly nudge off."""
    if len(standing.met_on) >= 2:
        return Outcome((JobDone(job),))
    monthly = _job(JobKind.MONTHLY, standing.partnership, standing.person, standing.programme, today + MONTH)
    return _said(job, standing, NotificationKind.SECOND_MEETING_NUDGE, unless=False) + Outcome((monthly,))


def _monthly(job: ScheduledJob, standing: PartnershipJobContext, today: date) -> Outcome:
    """Only when they have not met for four weeks, four weeks after the last, and away from the check-in and the end.

    A check-in that is found late, or was put off, covers it too.
    """
    partnership, person, programme = standing.partnership, standing.person, standing.programme
    wait_until = max([today, *(day + MONTH for day in standing.met_on)])
    check_in_on = working_day(partnership.check_in_on, programme)
    if standing.check_in_at:
        check_in_on = person.today(standing.check_in_at)
    if wait_until == today and abs(today - check_in_on) <= AWAY_FROM_OTHERS:
        wait_until = check_in_on + AWAY_FROM_OTHERS + timedelta(days=1)
    if wait_until > partnership.ends_on - AWAY_FROM_OTHERS - timedelta(days=1):
        return Outcome((JobDone(job),))
    if wait_until > today:
        return Outcome((job.rescheduled(workday_start(person, programme, wait_until)),))
    said = _said(job, standing, NotificationKind.MONTHLY_NUDGE, unless=False, stamp=f":{today}")
    following = _job(JobKind.MONTHLY, partnership, person, programme, today + MONTH, f":{today + MONTH}")
    return said + Outcome((following,))


def _survey(job: ScheduledJob, standing: PartnershipJobContext, today: date) -> Outcome:
    """Found late, it is its own reminder."""
    partnership, person, programme = standing.partnership, standing.person, standing.programme
    if standing.answered:
        return Outcome((JobDone(job),))
    dated = zip(REMIND_SURVEY_AFTER, _reminders_on(partnership, programme), strict=True)
    reminders = tuple(
        _job(JobKind.SURVEY_REMINDER, partnership, person, programme, day, f":{after}")
        for after, day in dated
        if day > today
    )
    return _said(job, standing, NotificationKind.SURVEY, unless=False) + Outcome(reminders)


def _survey_reminder(job: ScheduledJob, standing: PartnershipJobContext, today: date) -> Outcome:
    """Two reminders found late together are one."""
    first, second = REMIND_SURVEY_AFTER
    is_first = job.key.endswith(f":{first}")
    *_, last = _reminders_on(standing.partnership, standing.programme)
    pointless = standing.answered or (is_first and today >= last)
    stamp = f":{first if is_first else second}"
    return _said(job, standing, NotificationKind.SURVEY_REMINDER, unless=pointless, stamp=stamp)
