"""Loads the regular time of two people, with the meetings that it gives."""

from datetime import datetime

from mentoring.meetings.planned import PlannedMeeting
from mentoring.meetings.regular_meetings import days_of, later_starts, more_days
from mentoring.meetings.regular_time import OwnRegularTime, RegularDays, RegularState, RegularTime
from mentoring.partnerships.partnership import Partnership
from services.planned_meetings import load_plan
from storage import Transaction


def meetings_of(tx: Transaction, regular: RegularTime) -> tuple[PlannedMeeting, ...]:
    """The planned meetings of the regular time, whatever became of them, in the order in which it lets them begin."""
    found = tx.planned_meetings.of_regular(regular)
    return tuple(sorted(found, key=lambda each: (each.regular_at or regular.starts_at, each.id)))


def days_offered(tx: Transaction, regular: RegularTime, partnership: Partnership, now: datetime) -> RegularDays | None:
    """The meetings that it would give if it were taken at `now` (aware); None if it is not offered any more."""
    if regular.state is not RegularState.OFFERED or not partnership.is_active:
        return None
    return days_of(load_plan(tx, partnership, now), regular)


def own_regular_time(tx: Transaction, partnership: Partnership, now: datetime) -> OwnRegularTime | None:
    """The regular time of the two that is offered, or has meetings ahead at `now` (aware)."""
    regular = tx.regular_times.open_of(partnership.id) if partnership.is_active else None
    if regular is None:
        return None
    days = days_offered(tx, regular, partnership, now)
    if days:
        return OwnRegularTime(regular, days) if days.starts else None
    meetings = meetings_of(tx, regular)
    booked = (each for each in meetings if each.is_booked)
    ahead = sorted((each.starts_at, each.id) for each in booked if each.starts_at and each.starts_at > now)
    found = tuple((id, start) for start, id in ahead)
    if not found:
        return None
    is_later = later_starts(regular, meetings, partnership.ends_on, now)
    more = more_days(load_plan(tx, partnership, now)) if is_later else ()
    return OwnRegularTime(regular, RegularDays(tuple(start for _, start in found)), found, more)
