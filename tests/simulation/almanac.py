"""Days and hours as people know them, written independently: nothing here is the product's."""

import warnings
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

STARTS, ENDS = time(9), time(17)
DAY = timedelta(days=1)


@cache
def zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@cache
def _holidays(country: str, year: int) -> frozenset[date]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return frozenset(holidays.country_holidays(country, years=year))


def day_of(moment: datetime, where: str) -> date:
    """The day on a wall in `where` (an IANA name)."""
    return moment.astimezone(zone(where)).date()


def at(day: date, hour: time, where: str) -> datetime:
    return datetime.combine(day, hour, zone(where)).astimezone(UTC)


def midnight(day: date, where: str) -> datetime:
    return at(day, time(0), where)


def months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class Almanac:
    """The working days of a programme: Monday to Friday, without the holidays of `country` ("" for none) and without
    the days that are `closed`.
    """

    def __init__(self, country: str = "", closed: Iterable[date] = ()) -> None:
        self.country = country
        self.closed = frozenset(closed)

    def works(self, day: date) -> bool:
        if day.weekday() >= 5 or day in self.closed:
            return False
        return not self.country or day not in _holidays(self.country, day.year)

    def next_working(self, day: date) -> date:
        """`day`, or the first working day after it."""
        while not self.works(day):
            day += DAY
        return day

    def last_working_before(self, day: date) -> date:
        """The last working day before `day`."""
        day -= DAY
        while not self.works(day):
            day -= DAY
        return day

    def morning(self, day: date, where: str) -> datetime:
        """When work starts on `day`, or on the first working day after it."""
        return at(self.next_working(day), STARTS, where)

    def is_decent(self, moment: datetime, where: str, late: timedelta = timedelta(0)) -> bool:
        """Whether people are at work; `late` is how much after its end is still borne."""
        local, before = moment.astimezone(zone(where)), (moment - late).astimezone(zone(where))
        return self.works(local.date()) and local.time() >= STARTS and (local.time() < ENDS or before.time() < ENDS)

    def working_time(self, since: datetime, until: datetime, where: str) -> timedelta:
        """How much of the time between the two is working time in `where`."""
        total, day = timedelta(0), day_of(since, where)
        while day <= day_of(until, where):
            if self.works(day):
                overlap = min(until, at(day, ENDS, where)) - max(since, at(day, STARTS, where))
                total += max(overlap, timedelta(0))
            day += DAY
        return total
