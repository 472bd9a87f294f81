"""Months, public holidays, working days and working hours."""

import warnings
from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from types import MappingProxyType

from mentoring.core.people import Person
from mentoring.core.programmes import Programme

_FAR = 2 * 366
"""Days within which a programme works again, whatever it has closed."""


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months (may be negative), kept within the month's end."""
    years, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month0 + 1, min(day.day, monthrange(years, month0 + 1)[1]))


def is_working_day(day: date, programme: "Programme") -> bool:
    """One of the programme's working days, not a public holiday of its country, and not closed."""
    return (
        day.weekday() in programme.working_days
        and day not in programme.closed_days
        and day not in public_holidays(programme.country, day.year)
    )


def working_day(day: date, programme: "Programme") -> date:
    """`day`, or the next working day. A programme that does not work within two years gets `day` itself."""
    coming = (day + timedelta(days=after) for after in range(_FAR))
    return next((one for one in coming if is_working_day(one, programme)), day)


_LANGUAGES = ("en_GB", "en_US")
_NONE: Mapping[date, str] = MappingProxyType({})


@cache
def public_holidays(country: str, year: int) -> Mapping[date, str]:
    """Each public holiday of `country` (ISO 3166 alpha-2) in `year` with its name, in English where there is one.

    A country that is "" or not known has none.
    """
    if not country:
        return _NONE
    # It takes a second to import, and only programmes with a country need it.
    import holidays

    with warnings.catch_warnings():
        # It warns that it knows some religious feasts for some years only.
        warnings.simplefilter("ignore", UserWarning)
        try:
            found = holidays.country_holidays(country, years=year)
        except NotImplementedError:
            return _NONE
        language = next((one for one in _LANGUAGES if one in found.supported_languages), None)
        if language:
            found = holidays.country_holidays(country, years=year, language=language)
    return MappingProxyType(dict(sorted(found.items())))


def next_holiday(country: str, day: date) -> tuple[date, str] | None:
    """The first public holiday on or after `day`, and its name; None where none is known."""
    coming = (one for year in (day.year, day.year + 1) for one in public_holidays(country, year).items())
    return next((one for one in coming if one[0] >= day), None)


_A_DAY = timedelta(days=1)
_TRIES = 3
"""No clock changes at the start of work on three working days running."""


def is_working_time(person: Person, programme: Programme, now: datetime) -> bool:
    """Whether `now` (aware) lies in the programme's working hours on a working day, on this person's clock."""
    local = person.local(now)
    starts, ends = programme.workday
    return starts <= local.time() < ends and is_working_day(local.date(), programme)


def next_working_time(person: Person, programme: Programme, now: datetime) -> datetime:
    """`now` if it is decent, else the next start of a working day on this person's clock. Aware, UTC."""
    if is_working_time(person, programme, now):
        return now
    today = person.today(now)
    near = (today, today + _A_DAY)  # where the clocks go back over midnight, tomorrow has begun before
    later = (start for day in near for start in _starts(person, programme, day) if start > now)
    return next(later, None) or workday_start(person, programme, today + 2 * _A_DAY)


def next_workday_start(person: Person, programme: Programme, now: datetime) -> datetime:
    """The start of the next working day after the one that it is at `now`, on this person's clock. Aware, UTC."""
    return workday_start(person, programme, person.today(now) + timedelta(days=1))


def workday_start(person: Person, programme: Programme, day: date) -> datetime:
    """When `day`'s working hours start in this person's time zone; on a day off, the next working day's. Aware, UTC.

    An hour that the clocks skip comes later by as much as they skip; one that comes twice is the first of the two. A
    day that they skip, or on which work is over by then, is passed over. Where a programme never works, it is the start
    of work on `day` itself.
    """
    on = day
    for _ in range(_TRIES):
        on = working_day(on, programme)
        starts = _starts(person, programme, on)
        if starts:
            return starts[0]
        on += _A_DAY
    return _instants(person, programme, day)[-1]


def _starts(person: Person, programme: Programme, day: date) -> list[datetime]:
    """When work starts on this day, if it does: twice where the clocks go back over it."""
    return [
        moment
        for moment in _instants(person, programme, day)
        if person.today(moment) == day and is_working_time(person, programme, moment)
    ]


def _instants(person: Person, programme: Programme, day: date) -> list[datetime]:
    """The hour at which work starts, on `day`, as this person's clock shows it before and after a change. UTC."""
    hour = programme.workday[0]
    zone = person.local(datetime.combine(day, hour, UTC)).tzinfo or UTC
    return sorted({datetime.combine(day, hour.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)})
