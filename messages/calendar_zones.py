"""Time zones in calendar files (VTIMEZONE), so that regular meetings keep their hour when the clocks change."""

from datetime import UTC, datetime, timedelta, tzinfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)
_BEFORE = timedelta(days=366)
"""The clocks have changed once in it, at least, where they change at all: readers begin with what held then."""


def zone_component(name: str, zone: tzinfo, first: datetime, last: datetime) -> Timezone:
    """The time zone `zone`, called `name` in the file, as it is from before `first` until after `last` (both aware)."""
    component = Timezone()
    component.add("tzid", name)
    begins = first.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - _BEFORE
    component.add_component(_observance(zone, begins, begins))
    moment = begins
    while moment < last.astimezone(UTC) + _DAY:
        after = moment + _DAY
        if moment.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            component.add_component(_observance(zone, _change(zone, moment, after), begins))
        moment = after
    return component


def _change(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """The first minute with another offset than at `before`; there is one change until `after`."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _MINUTE:
        middle = before + (after - before) // _MINUTE // 2 * _MINUTE
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def _observance(zone: tzinfo, at: datetime, begins: datetime) -> TimezoneStandard | TimezoneDaylight:
    """What holds from `at` (UTC) on; its start is on the clock as it was before, as RFC 5545 wants it."""
    local = at.astimezone(zone)
    to, before = _offset(local), _offset((at - _MINUTE).astimezone(zone)) if at > begins else _offset(local)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("dtstart", (at + before).replace(tzinfo=None))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", to)
    part.add("tzname", local.tzname() or "")
    return part


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta(0)
