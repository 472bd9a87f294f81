"""What the owners are promised: the cohort's status every week, and word when applications have closed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from mentoring.core.errors import CohortOver, NotForYou, StaleRequest
from mentoring.core.jobs import MISFIRE_POLICIES, JobDone, JobKind, MissedAction, ScheduledJob
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.working_hours import (
    add_months,
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
_TOLD_BY_THEN = timedelta(minutes=30)
_FIRST_ZONE = timezone(timedelta(hours=14))


def plan_owner_jobs(cohort: Cohort, owner: str, now: datetime) -> tuple[ScheduledJob, ...]:
    """What a new owner is promised. Each finds its decent hour, on the owner's own clock, when it falls due."""
    return (
        ScheduledJob(f"{JobKind.WEEKLY}:{owner}", JobKind.WEEKLY, _next_monday(now), owner),
        *plan_deadline_jobs(cohort, (owner,)),
    )


def plan_deadline_jobs(cohort: Cohort, owners: Sequence[str]) -> tuple[ScheduledJob, ...]:
    """Word for each owner once the cohort's deadline has passed; made anew whenever it is moved."""
    due = _begins_somewhere(cohort.apply_by + _A_DAY)
    return tuple(
        ScheduledJob(f"{JobKind.APPLICATIONS_CLOSED}:{owner}", JobKind.APPLICATIONS_CLOSED, due, owner)
        for owner in owners
    )


def run_owner_job(
    job: ScheduledJob, owner: Person, programme: Programme, cohort: Cohort, owners: Sequence[str], now: datetime
) -> Outcome:
    """A promise to an owner at `now`; one who is no owner any more is not written to, one who is away later."""
    if owner.id not in owners:
        return Outcome((JobDone(job),))
    if owner.is_away:
        return Outcome((job.rescheduled(next_workday_start(owner, programme, now)),))
    if job.kind is JobKind.WEEKLY:
        return _weekly(job, owner, programme, cohort, now)
    return _applications_closed(job, owner, programme, cohort, now)


def _weekly(job: ScheduledJob, owner: Person, programme: Programme, cohort: Cohort, now: datetime) -> Outcome:
    """On the week's first working day; a week without one has none."""
    today = owner.today(now)
    monday = today - timedelta(days=today.weekday())
    first = next_working_day(monday, programme)
    following = job.rescheduled(workday_start(owner, programme, monday + timedelta(days=7)))
    if MISFIRE_POLICIES[job.kind].resolve(expired=today > first + _A_DAY) is MissedAction.DROP:
        return Outcome((following,))
    if today < first or not is_working_time(owner, programme, now):
        return Outcome((job.rescheduled(next_working_time(owner, programme, now)),))
    notice = Notification(
        f"{NotificationKind.WEEKLY_STATUS}:{owner.id}:{today}",
        NotificationKind.WEEKLY_STATUS,
        owner.id,
        {"day": str(today)},
    )
    return Outcome((following,), (notice,))


def _applications_closed(
    job: ScheduledJob, owner: Person, programme: Programme, cohort: Cohort, now: datetime
) -> Outcome:
    """Pointless once matching has begun, or the cohort is closed."""
    today, the_day_after = owner.today(now), cohort.apply_by + _A_DAY
    if today < the_day_after:
        return Outcome((job.rescheduled(workday_start(owner, programme, the_day_after)),))
    # Where the round starts before anybody is at work again, it is told on that day.
    over = today > max(cohort.starts_on, next_working_day(the_day_after, programme))
    if cohort.closed_on or MISFIRE_POLICIES[job.kind].resolve(expired=over) is MissedAction.DROP:
        return Outcome((JobDone(job),))
    if not is_working_time(owner, programme, now):
        return Outcome((job.rescheduled(next_working_time(owner, programme, now)),))
    key = f"{NotificationKind.APPLICATIONS_CLOSED}:{cohort.id}:{cohort.apply_by}:{owner.id}"
    return Outcome((JobDone(job),), (Notification(key, NotificationKind.APPLICATIONS_CLOSED, owner.id),))


def close_cohort(round_: MatchingRound, cohort_id: str, *, by: str, now: datetime) -> Outcome:
    """No more applications and no more matching; open offers are over, partnerships go on to their agreed end.

    The owners and everybody still in the pool are told. A form of the set-up that is open now is outdated by it, or it
    would open the next cohort unasked. `cohort_id` is the cohort that the button was about.

    Raises NotForYou, CohortOver, and Outdated where the button does not say.
    """
    if by not in round_.owners:
        raise NotForYou
    if not cohort_id:
        raise StaleRequest(typed=False)
    if round_.cohort.closed_on or round_.cohort.id != cohort_id:
        raise CohortOver
    closed = replace(round_.cohort, closed_on=now.astimezone(UTC).date())
    outcome = NOTHING
    for match in round_.matches.values():
        if match.state is MatchState.OFFERED:
            outcome += close_offer(match, MatchState.LAPSED, owners=())
        elif match.state is MatchState.PROPOSED:
            outcome += Outcome((match.changed(state=MatchState.OVERTAKEN),))
    pool = {a.person for a in round_.applications.values() if round_.has_open_place(a)}
    told = tuple(
        Notification(
            f"{NotificationKind.COHORT_CLOSED}:{closed.id}:{person}", NotificationKind.COHORT_CLOSED, person, {"by": by}
        )
        for person in (*round_.owners, *sorted(pool - set(round_.owners)))
    )
    programme = replace(round_.programme, version=round_.programme.version + 1, changed_by=by)
    return outcome + Outcome((closed, programme), told)


def open_next(round_: MatchingRound, dates: Cohort, *, by: str) -> Outcome:
    """A new cohort after one that is closed; who was not matched comes along, and stays first in the queue.

    Raises NotForYou.
    """
    if by not in round_.owners:
        raise NotForYou
    carried = tuple(
        replace(application, cohort_id=dates.id, version=application.version + 1)
        for application in round_.applications.values()
        if round_.has_open_place(application)
    )
    return Outcome((dates, *carried, *plan_deadline_jobs(dates, round_.owners)))


def _next_monday(now: datetime) -> datetime:
    """Not at once on a Sunday: Slack has to tell first on whose clock it is."""
    utc = now.astimezone(UTC)
    return max(_begins_somewhere(utc.date() + timedelta(days=7 - utc.weekday())), now + _TOLD_BY_THEN)


def _begins_somewhere(day: date) -> datetime:
    """When it is midnight in the first zone of the world to see that day: a later one would be late for work there."""
    return datetime.combine(day, time(0), _FIRST_ZONE).astimezone(UTC)


def found(*, programme_id: str, cohort_id: str, owners: Sequence[str], today: date) -> Outcome:
    """A programme with D1's rules and an open cohort, so that people can apply in the first minute. The owners are
    told.
    """
    opened = today - timedelta(days=1)  # where today has not begun yet, people can apply in the first minute too
    programme = Programme(id=programme_id, name="Mentoring programme", contact=owners[0] if owners else "")
    apply_by = next_working_day(today + timedelta(days=28), programme)
    starts_on = next_working_day(apply_by + timedelta(days=14), programme)
    cohort = Cohort(cohort_id, programme_id, opened, apply_by, starts_on, add_months(starts_on, 12))
    return Outcome((programme, cohort), tuple(welcome(programme_id, owner) for owner in owners))


def welcome(programme_id: str, owner: str) -> Notification:
    """What a new owner is owed, once."""
    return Notification(f"welcome-owner:{programme_id}:{owner}", NotificationKind.WELCOME_OWNER, owner)
