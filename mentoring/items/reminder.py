"""The one reminder of action items that are due: only if no message has listed them within a week.

A message that lists what is due is the agenda of a planned meeting, a reminder to meet, or the reminder itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_time, next_workday_start, next_working_time, workday_start
from mentoring.items.item import ActionItem
from mentoring.partnerships.partnership import Partnership, pause_of

REMIND_AFTER: Final = timedelta(weeks=1)
FORGOTTEN_AFTER: Final = timedelta(weeks=12)
"""Items due longer ago cause no reminder. Home and the next agenda still list them. The end of a pause restarts the
period.
"""


@dataclass(frozen=True)
class ReminderContext:
    """What the job decides from, for `person`, one of the two.

    `people` (by Slack user id) are the two. `listed_on` is the last day, in the person's time zone, up to which a
    message has listed what is due, or `date.min`. `is_unsent`: a message that lists it is on its way.
    """

    partnership: Partnership
    person: Person
    programme: Programme
    items: Sequence[ActionItem]
    people: Mapping[str, Person]
    listed_on: date = date.min
    is_unsent: bool = False


def plan_reminders(
    partnership: Partnership,
    people: Iterable[Person],
    programme: Programme,
    items: Sequence[ActionItem],
    now: datetime,
) -> tuple[ScheduledJob | JobDone, ...]:
    """The job of each of the two after a change of their `items`. `now` is the calendar, aware."""
    return tuple(
        _next(ReminderContext(partnership, person, programme, items, {}), _job(partnership, person.id, now))
        for person in people
    )


def run_reminder(job: ScheduledJob, context: ReminderContext, now: datetime) -> Outcome:
    """Remind the person of what has been due for a week and was not listed, or look again later.

    It waits while one of the two is absent or on leave, and for working hours. `now` is the calendar, aware.
    """
    partnership, person, programme = context.partnership, context.person, context.programme
    if not partnership.is_active:
        return Outcome((JobDone(job),))
    if pause_of(partnership, context.people) or context.is_unsent:
        return Outcome((job.rescheduled(next_workday_start(person, programme, now)),))
    if not is_working_time(person, programme, now):
        return Outcome((job.rescheduled(next_working_time(person, programme, now)),))
    today = person.today(now)
    waiting = _unlisted(context, today)
    if not waiting or min(waiting) + REMIND_AFTER > today:
        return Outcome((_next(context, job, today),))
    kind = NotificationKind.ITEMS_DUE
    refs = {"partnership": partnership.id, "day": today.isoformat()}
    reminder = Notification(f"{kind}:{partnership.id}:{person.id}", kind, person.id, refs)
    listed = ReminderContext(partnership, person, programme, context.items, context.people, today)
    return Outcome((_next(listed, job, today),), (reminder,))


def due_items(items: Iterable[ActionItem], partnership: Partnership, person: str, today: date) -> list[ActionItem]:
    """The open items of this person (a Slack user id) whose day has come."""
    return [item for item in items if item.is_due(today) and item.is_of(partnership, person)]


def _unlisted(context: ReminderContext, today: date) -> list[date]:
    """The days of the person's open items that no message has listed since they were due."""
    resumed_on = context.partnership.resumed_on
    return [
        item.due
        for item in context.items
        if item.is_open and item.due and item.is_of(context.partnership, context.person.id)
        if item.due > context.listed_on and max(item.due, resumed_on) + FORGOTTEN_AFTER > today
    ]


def _next(context: ReminderContext, job: ScheduledJob, today: date = date.min) -> ScheduledJob | JobDone:
    days = _unlisted(context, today)
    if not (days and context.partnership.is_active):
        return JobDone(job)
    return job.rescheduled(workday_start(context.person, context.programme, min(days) + REMIND_AFTER))


def _job(partnership: Partnership, person: str, due: datetime) -> ScheduledJob:
    key = f"{JobKind.ITEMS_DUE}:{partnership.id}:{person}"
    return ScheduledJob(key, JobKind.ITEMS_DUE, due, person, {"partnership": partnership.id})
