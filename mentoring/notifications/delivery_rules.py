"""Decides when a notification is sent: at once, later, or never.

Notifications wait for the recipient's working hours, unless a person's action has just caused them. They also wait for
an absent recipient and while a partnership is paused; a carried one is sent once a week at most. A notification that
makes no sense any more is cancelled.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mentoring.cases.case import CaseState
from mentoring.core.outcome import PROMPT_FOR, Notification, NotificationKind
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_working_time, next_workday_start, next_working_time, workday_start
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.kinds import KIND_RULES, LoadClass, Presence, Subject, is_too_late, load_class_of
from mentoring.partnerships.judgement import JOBS, MET_SINCE, NotBefore, Pointless, judge
from mentoring.partnerships.partnership import pause_of

ABSENT_LIMIT = timedelta(days=30)
"""After an absence of this length, notifications to the person are cancelled."""
CARRIED_EVERY = timedelta(days=7)
"""Minimum time between two carried messages, in days of the reader's calendar."""
_AFTER_STATUS = timedelta(hours=1)
"""How long after the weekly status is due a message waits to travel with it."""
_COMMON_TIME_TRIES = 10


@dataclass(frozen=True)
class SendNow:
    """Send it now."""


@dataclass(frozen=True)
class Postpone:
    """Send it at `until` (calendar, aware) or later; `why` is a code."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Cancel:
    """Never send it; `why` is a code."""

    why: str


DeliveryDecision = SendNow | Postpone | Cancel


def decide_delivery(
    notification: Notification,
    context: NotificationContext,
    now: datetime,
    *,
    late: timedelta = timedelta(0),
    silent: bool = False,
    last_carried: datetime | None = None,
    next_status: datetime | None = None,
) -> DeliveryDecision:
    """Decide whether to send `notification` at `now` (calendar, aware), later, or not at all.

    `late` is the time since it was enqueued. `silent` means that it updates an existing message, for which Slack
    notifies no one, so that it may be sent at any hour. `last_carried` (calendar, aware) is when the reader last got a
    carried message, and `next_status` (calendar, aware) when their next weekly status is due, with which other carried
    messages travel.
    """
    reader, programme = context.reader, context.programme
    if reader.is_absent:
        if reader.left_at and now - reader.left_at > ABSENT_LIMIT:
            return Cancel("left")
        return Postpone(next_workday_start(reader, programme, now), "away")
    rules = KIND_RULES[notification.kind]
    needs_both = rules.waits_for is Presence.BOTH and not silent
    if needs_both and context.partnership and pause_of(context.partnership, context.people):
        return Postpone(next_workday_start(reader, programme, now), "paused")
    if is_too_late(notification, context.today, late):
        return Cancel("past")
    if not silent and _is_answered(notification, context):
        return Cancel("answered")
    if context.job and not silent:
        match judge(JOBS[notification.kind], notification.key, context.job, now):
            case Pointless(why):
                return Cancel(why)
            case NotBefore(_, why) if why == MET_SINCE:
                return Cancel(why)
            case NotBefore(day, why):
                return Postpone(workday_start(reader, programme, day), why)
    if load_class_of(notification) is LoadClass.CARRIED:
        until = _carried_until(notification, context, now, last_carried, next_status)
        if until and until > now:
            return _postpone_carried(notification, context, now, late, until)
    if silent or (notification.due is None and late <= PROMPT_FOR):
        return SendNow()
    if rules.is_live and rules.subject is Subject.COHORT and is_past_round(notification, context):
        return Cancel("round-over")
    other = context.people.get(notification.second_recipient)
    moment = (
        next_working_time_for_both(reader, other, programme, now)
        if other
        else next_working_time(reader, programme, now)
    )
    if moment <= now or _comes_too_late(notification, moment):
        return SendNow()
    return Postpone(moment, "not-decent")


def _comes_too_late(notification: Notification, moment: datetime) -> bool:
    """Whether it has to be read before `moment`, when working hours begin: what is new about a session that begins by
    then. Better read in the evening than at a locked door.
    """
    before = notification.refs.get("before")
    return before is not None and moment >= datetime.fromisoformat(before)


def _is_answered(notification: Notification, context: NotificationContext) -> bool:
    """Whether what a message asks was settled before it was sent: somebody else has talked with the person who wants
    help, somebody has said whether a planned meeting took place, or a regular time was withdrawn.
    """
    case, planned, regular = context.case, context.planned, context.regular
    match notification.kind:
        case NotificationKind.CASE_OPENED:
            return case is not None and case.state is not CaseState.OPEN
        case NotificationKind.PLANNED_MEETING:
            return planned is not None and planned.is_settled
        case NotificationKind.REGULAR_TIME:
            return regular is not None and regular.is_withdrawn
    return False


def _carried_until(
    notification: Notification,
    context: NotificationContext,
    now: datetime,
    last_carried: datetime | None,
    next_status: datetime | None,
) -> datetime | None:
    """Until when a carried notification waits: a week after the last one, and for the weekly status if that comes
    within a week.
    """
    reader, programme = context.reader, context.programme
    waits = []
    if last_carried and context.today < (free_on := reader.today(last_carried) + CARRIED_EVERY):
        waits.append(workday_start(reader, programme, free_on))
    if (
        next_status
        and notification.kind is not NotificationKind.WEEKLY_STATUS
        and reader.today(next_status) <= context.today + CARRIED_EVERY
    ):
        waits.append(max(next_status, now) + _AFTER_STATUS)  # one that is due already goes out any minute
    return max(waits, default=None)


def _postpone_carried(
    notification: Notification, context: NotificationContext, now: datetime, late: timedelta, until: datetime
) -> DeliveryDecision:
    """Postpone to `until`, or cancel if it will be too late by then."""
    if is_too_late(notification, context.reader.today(until), late + (until - now)):
        return Cancel("past")
    return Postpone(until, "carried-lately")


def is_past_round(notification: Notification, context: NotificationContext) -> bool:
    """Whether the cohort of `notification` is closed, or is no longer the current one."""
    return notification.refs.get("cohort") != context.cohort.id or context.cohort.closed_on is not None


def next_working_time_for_both(one: Person, other: Person, programme: Programme, now: datetime) -> datetime:
    """The next moment, `now` included, in working hours of both; if none is found soon, in those of `one`. Aware."""
    moment = now
    for _ in range(_COMMON_TIME_TRIES):
        moment = next_working_time(one, programme, moment)
        if is_working_time(other, programme, moment):
            return moment
        moment = next_working_time(other, programme, moment)
        if is_working_time(one, programme, moment):
            return moment
    return next_working_time(one, programme, now)
