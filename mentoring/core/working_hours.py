"""Months, public holidays, working days and working hours."""

import warnings
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from types import MappingProxyType

from mentoring.core.people import Person
from mentoring.core.programmes import Programme

_SEARCH_DAYS = 2 * 366
"""How far to search for a working day."""
_SEARCH_BACK_DAYS = 60
"""How far to search for one that is over: nobody is told of something so long before it."""
_A_DAY = timedelta(days=1)
_EASTERNMOST = timezone(timedelta(hours=14))


def latest_date(now: datetime) -> date:
    """The latest date that has begun in any time zone at `now` (aware)."""
    return now.astimezone(_EASTERNMOST).date()


def first_start_of_day(day: date) -> datetime:
    """When `day` begins in the easternmost time zone (UTC+14), so that it is not too late anywhere. Aware, UTC."""
    return datetime.combine(day, time(0), _EASTERNMOST).astimezone(UTC)


def is_working_day(day: date, programme: Programme) -> bool:
    """Whether `day` is one of the programme's weekdays, and neither a public holiday where it is nor closed."""
    return day.weekday() in programme.working_days and not is_holiday(day, programme)


def is_holiday(day: date, programme: Programme) -> bool:
    """Whether `day` is a public holiday where the programme is, or closed."""
    return day in programme.closed_days or day in public_holidays(programme.country, day.year, programme.region)


def next_working_day(day: date, programme: Programme) -> date:
    """The first working day on or after `day`; `day` itself if there is none within two years."""
    coming = (day + timedelta(days=after) for after in range(_SEARCH_DAYS))
    return next((one for one in coming if is_working_day(one, programme)), day)


def last_working_day_before(day: date, programme: Programme) -> date:
    """The last working day before `day`; the day before it if there is none within two months."""
    past = (day - _A_DAY * back for back in range(1, _SEARCH_BACK_DAYS + 1))
    return next((one for one in past if is_working_day(one, programme)), day - _A_DAY)


_LANGUAGES = ("en_GB", "en_US")
_NONE: Mapping[date, str] = MappingProxyType({})


@cache
def public_holidays(country: str, year: int, region: str = "") -> Mapping[date, str]:
    """Map the public holidays of `country` (ISO 3166 alpha-2) in `year` to their names, in English if available.

    Those of all its regions, and those of `region` (of `regions`) besides. Empty if `country` is "" or unknown.
    """
    if not country:
        return _NONE
    # The import takes a second, and only programmes with a country need it.
    import holidays

    subdivision = region if region in regions(country) else None
    with warnings.catch_warnings():
        # The package warns that it knows the dates of some religious holidays for some years only.
        warnings.simplefilter("ignore", UserWarning)
        try:
            found = holidays.country_holidays(country, subdiv=subdivision, years=year)
        except NotImplementedError:
            return _NONE
        language = next((one for one in _LANGUAGES if one in found.supported_languages), None)
        if language:
            found = holidays.country_holidays(country, subdiv=subdivision, years=year, language=language)
    return MappingProxyType(dict(sorted(found.items())))


@cache
def regions(country: str) -> Mapping[str, str]:
    """Map the codes of the regions of `country` (ISO 3166 alpha-2) whose holidays are known to their names."""
    if not country:
        return MappingProxyType({})
    import holidays

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return MappingProxyType({})
    names = {code: name for name, code in reversed(known.subdivisions_aliases.items())}
    return MappingProxyType({code: names.get(code, code) for code in known.subdivisions})


@cache
def regional_holidays(country: str, year: int) -> Mapping[date, str]:
    """The holidays in `year` that only some regions of `country` have, with their names as in `public_holidays`."""
    nationwide = public_holidays(country, year)
    found = {
        day: name
        for region in regions(country)
        for day, name in public_holidays(country, year, region).items()
        if day not in nationwide
    }
    return MappingProxyType(dict(sorted(found.items())))


def next_holiday(country: str, day: date, region: str = "") -> tuple[date, str] | None:
    """The first public holiday on or after `day` with its name; None if none is known this year or next."""
    coming = (one for year in (day.year, day.year + 1) for one in public_holidays(country, year, region).items())
    return next((one for one in coming if one[0] >= day), None)


_TRIES = 3
"""Clock changes cannot remove the start of work on three working days in a row."""


def is_working_time(person: Person, programme: Programme, now: datetime) -> bool:
    """Whether `now` (aware) is within working hours on a working day, in this person's time zone."""
    local = person.local(now)
    starts, ends = programme.workday
    return starts <= local.time() < ends and is_working_day(local.date(), programme)


def next_working_time(person: Person, programme: Programme, now: datetime) -> datetime:
    """`now` if it is working time, else the next start of working hours in this person's time zone. Aware."""
    if is_working_time(person, programme, now):
        return now
    today = person.today(now)
    near = (today, today + _A_DAY)  # if clocks go back over midnight, tomorrow may have begun already
    later = (start for day in near for start in _starts(person, programme, day) if start > now)
    return next(later, None) or workday_start(person, programme, today + 2 * _A_DAY)


def next_workday_start(person: Person, programme: Programme, now: datetime) -> datetime:
    """When working hours start on the first working day after today, in this person's time zone. Aware, UTC."""
    return workday_start(person, programme, person.today(now) + timedelta(days=1))


def workday_start(person: Person, programme: Programme, day: date) -> datetime:
    """When working hours start on `day`, or on the next working day, in this person's time zone. Aware, UTC.

    An hour that a clock change skips is moved forward by the change; of an hour that occurs twice, the first is used. A
    day that is skipped, or whose working hours end before the moved start, gives the next working day. A programme
    without working days gives the start on `day` itself.
    """
    on = day
    for _ in range(_TRIES):
        on = next_working_day(on, programme)
        starts = _starts(person, programme, on)
        if starts:
            return starts[0]
        on += _A_DAY
    return _instants(person, programme, day)[-1]


def _starts(person: Person, programme: Programme, day: date) -> list[datetime]:
    """The starts of working hours on `day`: none on a day off, two if clocks go back over that hour."""
    return [
        moment
        for moment in _instants(person, programme, day)
        if person.today(moment) == day and is_working_time(person, programme, moment)
    ]


def _instants(person: Person, programme: Programme, day: date) -> list[datetime]:
    """The instants (UTC) at which this person's clock shows the start of work on `day`, in order."""
    hour = programme.workday[0]
    zone = person.local(datetime.combine(day, hour, UTC)).tzinfo or UTC
    return sorted({datetime.combine(day, hour.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)})
