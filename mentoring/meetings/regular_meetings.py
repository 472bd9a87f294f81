"""Meeting at a regular time: one person offers it, the other takes it, and it books a planned meeting for each day
(D1.13). Each of these can be moved or cancelled like any other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.working_hours import is_holiday
from mentoring.meetings.errors import MeetAlready, NotOffered, TimePassed, TooFarToPlan, TooFewMeetings
from mentoring.meetings.files import regular_files
from mentoring.meetings.planned import MeetingPlan, PlannedMeeting, PlannedState, next_steps
from mentoring.meetings.planning import LEAST_AHEAD, MOST_AHEAD
from mentoring.meetings.regular_time import (
    LONGEST,
    RegularDays,
    RegularState,
    RegularTime,
    SkippedDay,
    SkipReason,
    zone_name_of,
)
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import check_partner
from mentoring.partnerships.timing import MeetingRhythm
from mentoring.partnerships.transitions import check_transition

_LEAST = 2
"""One meeting is no regular time."""
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class RegularOffer:
    """What is chosen: the first meeting (aware), how often, and how long (minutes)."""

    starts_at: datetime
    rhythm: MeetingRhythm
    minutes: int


def days_of(plan: MeetingPlan, regular: RegularTime) -> RegularDays:
    """What the regular time gives from the plan's `now` on. Left out are holidays and closed days, on the clock of
    either of the two, the leave of either, and times at which one of them has another planned meeting.
    """
    starts, skipped = [], []
    for start in regular.starts():
        if start < plan.now + LEAST_AHEAD:
            continue
        if reason := _reason(plan, start, regular.minutes):
            skipped.append(SkippedDay(start, reason))
        else:
            starts.append(start)
    return RegularDays(tuple(starts), tuple(skipped))


def until_the_end(plan: MeetingPlan) -> Outcome:
    """The regular time is over once the partnership is. While it is offered, it lasts until the agreed end that the
    partnership has now, if that is earlier.
    """
    regular, ends_on = plan.regular, plan.partnership.ends_on
    if regular is None:
        return NOTHING
    is_offered = regular.state is RegularState.OFFERED
    if not plan.partnership.is_active:
        return Outcome((regular.changed(state=RegularState.DECLINED if is_offered else RegularState.ENDED),))
    return Outcome((regular.changed(until=ends_on),)) if is_offered and regular.until > ends_on else NOTHING


def offer_regular(
    plan: MeetingPlan, offer: RegularOffer, *, by: str, new_id: str, new_ids: Callable[[int], str]
) -> Outcome:
    """Offer a regular time to the other person, in place of one that is offered. The other one is told.

    It lasts until the agreed end, and a year at most. `new_id` is that of the regular time, and `new_ids` gives those
    of the meetings, by their number. Offering what the other offers takes it. The same twice has one effect.
    Raises NotForYou, AlreadyEnded, PausedNow, MeetAlready, TimePassed, TooFarToPlan, TooFewMeetings.
    """
    check_transition(PartnershipEvent.PLAN_MEETING, plan.partnership, by, pause=plan.pause)
    before = plan.regular
    if before and before.state is RegularState.AGREED and plan.regular_ahead:
        raise MeetAlready
    start = offer.starts_at.astimezone(UTC)
    if start < plan.now + LEAST_AHEAD:
        raise TimePassed(FieldName.FIRST_MEETING)
    person = plan.person(by)
    if start > plan.now + MOST_AHEAD or person.today(start) > plan.partnership.ends_on:
        raise TooFarToPlan(FieldName.FIRST_MEETING)
    until = min(plan.partnership.ends_on, person.today(start) + LONGEST)
    weeks = offer.rhythm.distance // _WEEK
    offered = RegularTime(
        new_id, plan.partnership.id, RegularState.OFFERED, start, zone_name_of(person), weeks, offer.minutes, until, by
    )
    changes: tuple[object, ...] = ()
    if before and before.state is RegularState.OFFERED:
        if _is_same(before, offered):
            return NOTHING if before.offered_by == by else take_regular(plan, by=by, new_ids=new_ids)
        offered = replace(offered, id=before.id, version=before.version + 1)
    elif before:  # it is over, as its last meeting was
        changes = (before.changed(state=RegularState.ENDED),)
    if len(days_of(plan, offered).starts) < _LEAST:
        raise TooFewMeetings(until)
    return Outcome((*changes, offered)) + _tell(plan, offered, plan.partnership.other(by))


def take_regular(plan: MeetingPlan, *, by: str, new_ids: Callable[[int], str]) -> Outcome:
    """Agree on the regular time that the other person offers: a meeting is booked for each day, and both get one
    calendar file for all of them. Idempotent.

    `new_ids` gives the id of each meeting, by its number. Raises NotForYou, AlreadyEnded, PausedNow, NotOffered.
    """
    regular = plan.regular
    check_partner(plan.partnership, by)
    if regular and regular.state is RegularState.AGREED:
        return NOTHING
    check_transition(PartnershipEvent.PLAN_MEETING, plan.partnership, by, pause=plan.pause)
    if regular is None or not regular.awaits(by):
        raise NotOffered(waits=regular is not None and regular.offered_by == by)
    starts = days_of(plan, regular).starts
    if not starts:
        raise NotOffered
    agreed = regular.changed(state=RegularState.AGREED, starts_at=starts[0])
    outcome = Outcome((agreed,)) + _book(plan, regular, starts, new_ids)
    return outcome + regular_files(agreed.id, plan, by=by)


def later_starts(
    regular: RegularTime, meetings: Iterable[PlannedMeeting], ends_on: date, now: datetime
) -> tuple[datetime, ...]:
    """The starts (UTC) that an agreed regular time gives after the last of its booked `meetings`, until the agreed end
    of the partnership and for a year from `now` (aware) on at most. There are some if that end is later now, or was
    earlier for some time. A meeting that one of the two has cancelled stays cancelled.
    """
    found = [each for each in meetings if each.regular_at]
    ahead = [each.regular_at for each in found if each.is_booked and each.starts_at and each.starts_at > now]
    if regular.state is not RegularState.AGREED or not ahead:
        return ()
    last, off = max(filter(None, ahead)), {each.regular_at for each in found if each.cancelled_by}
    longer = replace(regular, until=min(ends_on, now.date() + LONGEST))
    return tuple(start for start in longer.starts() if start > last and start not in off)


def more_days(plan: MeetingPlan) -> tuple[datetime, ...]:
    """Those of `later_starts` on which nothing is in the way; none in a pause."""
    regular, ends_on = plan.regular, plan.partnership.ends_on
    later = later_starts(regular, plan.regular_meetings, ends_on, plan.now) if regular and not plan.pause else ()
    if regular is None or not later:
        return ()
    return tuple(start for start in days_of(plan, replace(regular, until=ends_on)).starts if start in later)


def extend_regular(plan: MeetingPlan, *, by: str, new_ids: Callable[[int], str]) -> Outcome:
    """Book the meetings until the agreed end that is later now: both get one calendar file for all. Idempotent.

    Either can do it: both have agreed on the regular time and on the end. `new_ids` gives the id of each meeting, by
    its number. Raises NotForYou, AlreadyEnded, PausedNow, NotOffered.
    """
    regular = plan.regular
    check_transition(PartnershipEvent.PLAN_MEETING, plan.partnership, by, pause=plan.pause)
    if regular is None or regular.state is not RegularState.AGREED or not plan.regular_ahead:
        raise NotOffered
    starts = more_days(plan)
    if not starts:
        return NOTHING
    extended = regular.changed(until=min(plan.partnership.ends_on, plan.now.date() + LONGEST))
    return Outcome((extended,)) + _book(plan, regular, starts, new_ids) + regular_files(regular.id, plan, by=by)


def _book(
    plan: MeetingPlan, regular: RegularTime, starts: Sequence[datetime], new_ids: Callable[[int], str]
) -> Outcome:
    """A planned meeting for each start, with an id by its number after those of the meetings that there are."""
    outcome = NOTHING
    for number, start in enumerate(starts, len(plan.regular_meetings)):
        booked = PlannedMeeting(
            new_ids(number),
            plan.partnership.id,
            PlannedState.BOOKED,
            regular.minutes,
            starts_at=start,
            proposed_by=regular.offered_by,
            regular_id=regular.id,
            regular_at=start,
        )
        outcome += Outcome((booked, *next_steps(plan, booked, is_agreed=True)))
    return outcome


def end_regular(plan: MeetingPlan, *, by: str) -> Outcome:
    """End the regular time: all of its meetings that lie ahead are cancelled, and both get one calendar file. Or
    decline it, or withdraw it, while it is offered. The other person is told.

    Idempotent. Raises NotForYou, NotOffered.
    """
    regular = plan.regular
    check_partner(plan.partnership, by)
    if regular is None:
        raise NotOffered
    if regular.state is RegularState.OFFERED:
        left = regular.changed(state=RegularState.DECLINED, ended_by=by)
        declined = _tell(plan, left, regular.offered_by) if by != regular.offered_by else NOTHING
        return Outcome((left,)) + declined
    if regular.state is not RegularState.AGREED:
        return NOTHING
    outcome = Outcome((regular.changed(state=RegularState.ENDED, ended_by=by),))
    for each in plan.regular_ahead:
        off = each.cancelled(by)
        outcome += Outcome((off, *next_steps(plan, off)))
    return outcome + (regular_files(regular.id, plan, by=by) if plan.regular_ahead else NOTHING)


def _is_same(one: RegularTime, other: RegularTime) -> bool:
    """Whether both give the same meetings."""
    return (list(one.starts()), one.minutes) == (list(other.starts()), other.minutes)


def _tell(plan: MeetingPlan, regular: RegularTime, person: str) -> Outcome:
    """Post the message about the regular time to one of the two, again if they have it, so that they notice."""
    kind = NotificationKind.REGULAR_TIME
    refs = {"regular": regular.id, "partnership": regular.partnership_id, "day": plan.now.isoformat()}
    to = (Notification(f"{kind}:{regular.id}:{person}", kind, person, refs),) if person else ()
    return Outcome(notifications=to)


def _reason(plan: MeetingPlan, start: datetime, minutes: int) -> SkipReason | None:
    """Why no meeting begins at `start`; None if one does."""
    days = [(person, person.today(start)) for person in plan.people]
    if any(is_holiday(day, plan.programme) for _, day in days):
        return SkipReason.DAY_OFF
    if any(person.leave and day < person.leave.until for person, day in days):
        return SkipReason.LEAVE
    end = start + timedelta(minutes=minutes)
    own = plan.current.span if plan.current and plan.current.is_booked else None
    if any(begins < end and start < ends for begins, ends in (*plan.busy, *([own] if own else []))):
        return SkipReason.BUSY
    return None
