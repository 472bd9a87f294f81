"""Creating a programme, closing and opening cohorts, and the scheduled jobs of owners."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from mentoring.core.errors import CohortOver, StaleRequest
from mentoring.core.jobs import MISFIRE_POLICIES, JobDone, JobKind, MissedAction, ScheduledJob
from mentoring.core.lengths import Length
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner, check_owner_or_operator, is_owner
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.core.working_hours import (
    first_start_of_day,
    is_working_time,
    next_workday_start,
    next_working_day,
    next_working_time,
    workday_start,
)
from mentoring.matching.match import MatchState
from mentoring.matching.offers import close_offer
from mentoring.matching.round import MatchingRound

_A_DAY = timedelta(days=1)
_LONG = Length(months=6)
_TIME_FOR_PROFILES = timedelta(minutes=30)
"""By then Slack has sent the time zones of new owners."""


def weekly_job_key(owner: str) -> str:
    """The key of the job that sends the weekly status to `owner` (a Slack user id)."""
    return f"{JobKind.WEEKLY}:{owner}"


def deadline_job_key(programme_id: str, owner: str) -> str:
    """The key of the job that reports the programme's passed deadline to `owner` (a Slack user id)."""
    return f"{JobKind.APPLICATIONS_CLOSED}:{programme_id}:{owner}"


def plan_owner_jobs(cohort: Cohort, owner: str, now: datetime) -> tuple[ScheduledJob, ...]:
    """The jobs of a new owner (Slack user id). `now` is the calendar, aware.

    They are due as soon as the day begins anywhere; when they run, they move to the owner's own working hours.
    """
    return (
        ScheduledJob(weekly_job_key(owner), JobKind.WEEKLY, _next_monday(now), owner),
        *plan_deadline_jobs(cohort, (owner,)),
    )


def plan_deadline_jobs(cohort: Cohort, owners: Sequence[str]) -> tuple[ScheduledJob, ...]:
    """One job per owner that reports the passed deadline of the cohort. Plan them again when the deadline moves."""
    due = first_start_of_day(cohort.apply_by + _A_DAY)
    return tuple(
        ScheduledJob(
            deadline_job_key(cohort.programme_id, owner),
            JobKind.APPLICATIONS_CLOSED,
            due,
            owner,
            {"programme": cohort.programme_id},
        )
        for owner in owners
    )


def run_owner_job(
    job: ScheduledJob, owner: Person, programme: Programme, cohort: Cohort, owners: Sequence[str], now: datetime
) -> Outcome:
    """Run a job of an owner at `now` (calendar, aware). It is dropped for former owners and held for absent ones."""
    if not is_owner(owner.id, owners):
        return Outcome((JobDone(job),))
    if owner.is_absent:
        return Outcome((job.rescheduled(next_workday_start(owner, programme, now)),))
    if job.kind is JobKind.WEEKLY:
        return _weekly(job, owner, programme, cohort, now)
    return _applications_closed(job, owner, programme, cohort, now)


def _weekly(job: ScheduledJob, owner: Person, programme: Programme, cohort: Cohort, now: datetime) -> Outcome:
    """Send the status on the first working day of the week; a week without working days is skipped.

    It is the status of that day even if it is found late, so that it is not delivered later still.
    """
    today = owner.today(now)
    monday = today - timedelta(days=today.weekday())
    first = next_working_day(monday, programme)
    following = job.rescheduled(workday_start(owner, programme, monday + timedelta(days=7)))
    if MISFIRE_POLICIES[job.kind].resolve(expired=today > first + _A_DAY) is MissedAction.DROP:
        return Outcome((following,))
    if today < first or not is_working_time(owner, programme, now):
        return Outcome((job.rescheduled(next_working_time(owner, programme, now)),))
    status = Notification(
        f"{NotificationKind.WEEKLY_STATUS}:{owner.id}:{first}",
        NotificationKind.WEEKLY_STATUS,
        owner.id,
        {"day": str(first)},
    )
    return Outcome((following,), (status,))


def _applications_closed(
    job: ScheduledJob, owner: Person, programme: Programme, cohort: Cohort, now: datetime
) -> Outcome:
    """Report the passed deadline, unless the round has started or the cohort is closed."""
    today, day_after = owner.today(now), cohort.apply_by + _A_DAY
    if today < day_after:
        return Outcome((job.rescheduled(workday_start(owner, programme, day_after)),))
    # If the round starts before the next working day, the deadline is still reported on that working day.
    expired = today > max(cohort.starts_on, next_working_day(day_after, programme))
    if cohort.closed_on or MISFIRE_POLICIES[job.kind].resolve(expired=expired) is MissedAction.DROP:
        return Outcome((JobDone(job),))
    if not is_working_time(owner, programme, now):
        return Outcome((job.rescheduled(next_working_time(owner, programme, now)),))
    key = f"{NotificationKind.APPLICATIONS_CLOSED}:{cohort.id}:{cohort.apply_by}:{owner.id}"
    return Outcome(
        (JobDone(job),), (Notification(key, NotificationKind.APPLICATIONS_CLOSED, owner.id, {"cohort": cohort.id}),)
    )


def close_cohort(round_: MatchingRound, cohort_id: str, *, by: str, now: datetime) -> Outcome:
    """Close the cohort: no more applications and no more matching. Partnerships go on to their agreed end.

    Open offers are over. The owners and everybody in the pool are notified. The programme gets a new version, so that
    an open settings form becomes stale and does not open the next cohort. `by` is a Slack user id, `now` the calendar
    (aware), and `cohort_id` the cohort that the button refers to.

    Raises NotForYou, CohortOver, and StaleRequest if `cohort_id` is "".
    """
    check_owner(by, round_.owners)
    if not cohort_id:
        raise StaleRequest(typed=False)
    if round_.cohort.closed_on or round_.cohort.id != cohort_id:
        raise CohortOver
    closed = replace(round_.cohort, closed_on=now.astimezone(UTC).date())
    outcome = NOTHING
    for match in round_.matches.values():
        if match.state is MatchState.OFFERED:
            outcome += close_offer(match, MatchState.CLOSED, owners=())
        elif match.state is MatchState.PROPOSED:
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
    pool = {a.person for a in round_.applications.values() if round_.has_open_place(a)}
    notifications = tuple(
        Notification(
            f"{NotificationKind.COHORT_CLOSED}:{closed.id}:{person}",
            NotificationKind.COHORT_CLOSED,
            person,
            {"by": by, "cohort": closed.id},
        )
        for person in (*round_.owners, *sorted(pool - set(round_.owners)))
    )
    programme = replace(round_.programme, version=round_.programme.version + 1, changed_by=by)
    return outcome + Outcome((closed, programme), notifications)


def open_next(round_: MatchingRound, dates: Cohort, *, by: str) -> Outcome:
    """Open the cohort `dates` after a closed one. Unmatched applications move to it and stay first in the queue.

    Raises NotForYou unless `by` is an owner or the OPERATOR.
    """
    check_owner_or_operator(by, round_.owners)
    carried = tuple(
        replace(application, cohort_id=dates.id, version=application.version + 1)
        for application in round_.applications.values()
        if round_.has_open_place(application)
    )
    owners = tuple(dict.fromkeys((*round_.owners, *round_.absent_owners)))
    return Outcome((dates, *carried, *plan_deadline_jobs(dates, owners)))


def _next_monday(now: datetime) -> datetime:
    """The start of next Monday (UTC), but not before Slack has sent the owner's time zone."""
    utc = now.astimezone(UTC)
    return max(first_start_of_day(utc.date() + timedelta(days=7 - utc.weekday())), now + _TIME_FOR_PROFILES)


USUAL_NAME = "Mentoring programme"


def create_programme(
    *,
    programme_id: str,
    cohort_id: str,
    owners: Sequence[str],
    today: date,
    name: str = USUAL_NAME,
    named_by: str = "",
) -> Outcome:
    """Create a programme with the default rules and an open cohort, and welcome the owners (Slack user ids).

    `named_by` is the administrator who names them, or "" if MENTOR_OWNERS does.
    """
    programme = Programme(id=programme_id, name=name, contact=owners[0] if owners else "")
    return new_programme(programme, first_cohort(programme, cohort_id, today), owners, named_by=named_by)


def first_cohort(programme: Programme, cohort_id: str, today: date) -> Cohort:
    """A cohort that is open at once, and lasts the longest partnership.

    People have four weeks to apply, and owners two to match; half of it if partnerships are shorter than six months.
    """
    opened = today - timedelta(days=1)  # people can apply at once, also where `today` has not begun yet
    longest = programme.lengths[-1]
    weeks = 2 if longest.days >= _LONG.days else 1
    apply_by = next_working_day(today + timedelta(weeks=2 * weeks), programme)
    starts_on = next_working_day(apply_by + timedelta(weeks=weeks), programme)
    ends_on = longest.after(starts_on)
    return Cohort(cohort_id, programme.id, opened, apply_by, starts_on, ends_on)


def new_programme(programme: Programme, cohort: Cohort, owners: Sequence[str], *, named_by: str = "") -> Outcome:
    """Save a new programme with its first cohort, and welcome the owners (Slack user ids)."""
    roles = tuple(RoleGiven(programme.id, ProgrammeRole.OWNER, owner, named_by) for owner in owners)
    return Outcome((programme, cohort, *roles), tuple(welcome_owner(programme.id, owner) for owner in owners))


def welcome_owner(programme_id: str, owner: str) -> Notification:
    """The notification that welcomes a new owner, once."""
    key = f"{NotificationKind.WELCOME_OWNER}:{programme_id}:{owner}"
    return Notification(key, NotificationKind.WELCOME_OWNER, owner, {"programme": programme_id})
