"""Looking at a plan again, three months after it was changed (D4.5)."""

from datetime import datetime
from typing import Final

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.lengths import add_months
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import next_workday_start, workday_start

REVIEW_AFTER: Final = 3
"""Months."""


def review_key(person: str) -> str:
    """The key of the job; there is one for each person (a Slack user id)."""
    return f"{JobKind.PLAN_REVIEW}:{person}"


def plan_review(person: Person, programme: Programme, now: datetime) -> ScheduledJob:
    """Look at the plan again three months after `now` (calendar, aware). A change of the plan moves it."""
    day = add_months(person.today(now), REVIEW_AFTER)
    refs = {"programme": programme.id}
    return ScheduledJob(
        review_key(person.id), JobKind.PLAN_REVIEW, workday_start(person, programme, day), person.id, refs
    )


def run_review(job: ScheduledJob, person: Person, programme: Programme, now: datetime, *, is_wanted: bool) -> Outcome:
    """Ask the person to look at their plan again, and once more in three months.

    It ends if it is no longer wanted: there is no plan any more, or the person is no mentee in a programme that has
    plans. It waits while they are absent or on leave.
    """
    if not is_wanted:
        return Outcome((JobDone(job),))
    if person.is_unavailable:
        return Outcome((job.rescheduled(next_workday_start(person, programme, now)),))
    today = person.today(now)
    key = f"{NotificationKind.PLAN_REVIEW}:{person.id}:{today}"
    refs = {"person": person.id, "programme": programme.id, "asked_on": today.isoformat()}
    asks = Notification(key, NotificationKind.PLAN_REVIEW, person.id, refs)
    return Outcome((plan_review(person, programme, now),), (asks,))
