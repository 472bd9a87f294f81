"""Whether now is the moment for a message: in the reader's working hours, unless somebody has just caused it; not to
who has left; not about what is paused, not when it has become pointless, and a carried one once a week at most.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.core.outcome import PROMPT_FOR, Notification
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_time, next_workday_start, next_working_time, workday_start
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.kinds import KIND_RULES, LoadClass, Presence, is_too_late, load_class_of
from mentoring.partnerships.partnership import pause_of

ABSENT_LIMIT = timedelta(days=30)
"""Whoever has been gone for so long hears no more of what was owed to them."""
CARRIED_EVERY = timedelta(days=7)
"""From one carried message to the next, in days of the reader's own calendar."""
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
    last_carried: datetime | None = None,
) -> Verdict:
    """Decide whether to send `notification` at `now` (calendar, aware), later, or not at all.

    `late` is how long it has waited. A `silent` one changes a message that is there, of which nobody is notified, so it
    may go at any hour. `last_carried` (aware) is when the reader last got a carried message.
    """
    reader, programme = scene.reader, scene.programme
    if reader.is_absent:
        if reader.left_at and now - reader.left_at > ABSENT_LIMIT:
            return Cancel("left")
        return Postpone(next_workday_start(reader, programme, now), "away")
    rules = KIND_RULES[notification.kind]
    if rules.waits_for is Presence.BOTH and scene.partnership and pause_of(scene.partnership, scene.people):
        return Postpone(next_workday_start(reader, programme, now), "paused")
    if is_too_late(notification, scene.today, late):
        return Cancel("past")
    if last_carried and load_class_of(notification) is LoadClass.CARRIED:
        free_on = reader.today(last_carried) + CARRIED_EVERY
        if scene.today < free_on:
            return _postpone_carried(notification, scene, now, late, workday_start(reader, programme, free_on))
    if silent or (notification.due is None and late <= PROMPT_FOR):
        return SendNow()
    if rules.is_live and is_past_round(notification, scene):
        return Cancel("round-over")
    other = scene.people.get(notification.second_recipient)
    moment = next_decent_for_both(reader, other, programme, now) if other else next_working_time(reader, programme, now)
    return SendNow() if moment <= now else Postpone(moment, "not-decent")


def _postpone_carried(
    notification: Notification, scene: NotificationContext, now: datetime, late: timedelta, until: datetime
) -> Verdict:
    """To `until`, unless it will be pointless by then."""
    if is_too_late(notification, scene.reader.today(until), late + (until - now)):
        return Cancel("past")
    return Postpone(until, "carried-lately")


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
