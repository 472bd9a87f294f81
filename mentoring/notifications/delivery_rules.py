"""Whether now is the moment for a message: in the reader's working hours, unless somebody has just caused it; not to
who has left; not about what is paused, and not when it has become pointless.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mentoring.core.outcome import PROMPT_FOR, Notification, NotificationKind
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_time, next_workday_start, next_working_time
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.live_views import OUTDATED_BY
from mentoring.partnerships.partnership import pause_of

_A_DAY = timedelta(days=1)
ABSENT_LIMIT = timedelta(days=30)
"""Whoever has been gone for so long hears no more of what was owed to them."""
NEEDS_BOTH_PRESENT = frozenset(
    {
        NotificationKind.FIRST_MEETING_NUDGE,
        NotificationKind.SECOND_MEETING_NUDGE,
        NotificationKind.MONTHLY_NUDGE,
        NotificationKind.CHECK_IN,
        NotificationKind.SURVEY,
        NotificationKind.SURVEY_REMINDER,
        NotificationKind.INTRODUCED,
    }
)
"""What is only said while both are there."""
_MEETING_TRIES = 10


@dataclass(frozen=True)
class SendNow:
    """Now."""


@dataclass(frozen=True)
class Postpone:
    """At `until` (aware) at the earliest; `why` is a code."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Cancel:
    """Never; `why` is a code."""

    why: str


Verdict = SendNow | Postpone | Cancel


def decide_delivery(
    notification: Notification,
    scene: NotificationContext,
    now: datetime,
    *,
    late: timedelta = timedelta(0),
    silent: bool = False,
) -> Verdict:
    """Decide whether to send `notification` at `now` (calendar, aware), later, or not at all.

    `late` is how long it has waited. A `silent` one changes a message that is there, of which nobody is notified, so it
    may go at any hour.
    """
    reader, programme = scene.reader, scene.programme
    if reader.is_absent:
        if reader.left_at and now - reader.left_at > ABSENT_LIMIT:
            return Cancel("left")
        return Postpone(next_workday_start(reader, programme, now), "away")
    if notification.kind in NEEDS_BOTH_PRESENT and scene.partnership and pause_of(scene.partnership, scene.people):
        return Postpone(next_workday_start(reader, programme, now), "paused")
    if notification.kind is NotificationKind.WEEKLY_STATUS and _is_yesterdays(notification, scene.today):
        return Cancel("past")
    if silent or (notification.due is None and late <= PROMPT_FOR):
        return SendNow()
    if notification.kind in OUTDATED_BY and is_past_round(notification, scene):
        return Cancel("round-over")
    other = scene.people.get(notification.second_recipient)
    moment = next_decent_for_both(reader, other, programme, now) if other else next_working_time(reader, programme, now)
    return SendNow() if moment <= now else Postpone(moment, "not-decent")


def is_past_round(notification: Notification, scene: NotificationContext) -> bool:
    """Whether the round that `notification` is about has been closed."""
    return notification.refs.get("cohort") != scene.cohort.id or scene.cohort.closed_on is not None


def next_decent_for_both(one: Person, other: Person, programme: Programme, now: datetime) -> datetime:
    """The next moment that is decent for both; where their days hardly meet, the first one's. Aware."""
    moment = now
    for _ in range(_MEETING_TRIES):
        moment = next_working_time(one, programme, moment)
        if is_working_time(other, programme, moment):
            return moment
        moment = next_working_time(other, programme, moment)
        if is_working_time(one, programme, moment):
            return moment
    return next_working_time(one, programme, now)


def _is_yesterdays(notification: Notification, today: date) -> bool:
    """The round as it stood on another day's morning: the next one says it better."""
    day = notification.refs.get("day", "")
    return bool(day) and date.fromisoformat(day) + _A_DAY < today
