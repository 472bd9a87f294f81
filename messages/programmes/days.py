"""Working days, closed days and countries, in words and parsed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby

import pycountry

from mentoring.core.programmes import Programme
from mentoring.core.working_hours import public_holidays, regional_holidays, regions
from mentoring.core.written_dates import WEEKDAYS, read_date
from messages.forms import Option
from messages.programmes.cohorts import day
from messages.text import escape, join, plural

_LEAST_RUN = 3


def weekday_options() -> tuple[Option, ...]:
    """All weekdays; Monday is "0"."""
    return tuple(Option(str(number), name) for number, name in enumerate(WEEKDAYS))


def list_days(days: Sequence[date]) -> str:
    """One day per line, as `read_days` reads them."""
    return "\n".join(map(day, days))


def read_days(text: str) -> tuple[tuple[date, ...], tuple[int, ...]]:
    """The days of a list with one per line, and the numbers (from 1) of invalid lines. Skips blank lines.

    Dates are written as `read_date` accepts them.
    """
    read = {number: read_date(line) for number, line in enumerate(text.splitlines(), 1) if line.strip()}
    found = tuple(sorted({one for one in read.values() if isinstance(one, date)}))
    return found, tuple(number for number, one in read.items() if not isinstance(one, date))


def working_days(programme: Programme, today: date) -> str:
    """The working days in mrkdwn, "Monday to Friday, except the public holidays of Malta and 2 closed days"."""
    without = []
    if public_holidays(programme.country, today.year):
        without.append(f"the public holidays of {escape(_place(programme))}")
    own = sum(closed >= today for closed in programme.closed_days)
    if own:
        without.append(plural(own, "closed day", "closed days"))
    names = join([_run(run) for run in _runs(programme.working_days)]) or "none"
    return f"{names}, except {join(without)}" if without else names


def _place(programme: Programme) -> str:
    """The country or its region inside a sentence."""
    country = country_in_a_sentence(programme.country)
    if programme.region not in regions(programme.country):
        return country
    return f"{region_name(programme.country, programme.region)} ({country_name(programme.country)})"


def _runs(days: Sequence[int]) -> Iterator[list[int]]:
    """Weekdays grouped into runs; a run may continue from Sunday to Monday."""
    count = len(WEEKDAYS)
    first = next((one for one in sorted(days) if (one - 1) % count not in days), 0)
    run: list[int] = []
    for one in ((first + after) % count for after in range(count)):
        if one in days:
            run.append(one)
        elif run:
            yield from _split(run)
            run = []
    yield from _split(run)


def _split(run: list[int]) -> list[list[int]]:
    """A run that is too short for "to", as single days."""
    return [run] if len(run) >= _LEAST_RUN else [[one] for one in run]


def _run(days: list[int]) -> str:
    return WEEKDAYS[days[0]] if len(days) == 1 else f"{WEEKDAYS[days[0]]} to {WEEKDAYS[days[-1]]}"


@cache
def countries_by_letter() -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """Countries by first letter, ignoring accents (Åland is under A)."""
    options = sorted((Option(code, country_name(code)) for code in _codes()), key=lambda option: _plain(option.label))
    return tuple((letter, tuple(group)) for letter, group in groupby(options, lambda option: _plain(option.label)[0]))


_IN_BRACKETS = re.compile(r"\s*\[.*\]")
"""Another name of a region, in the other language of the country."""
_WITH_ARTICLE = re.compile(
    "United|(Central African|Dominican) Republic|Congo$|Isle of|Holy See|Virgin Islands|"
    ".*(Islands|Territory|Territories)( |$)|(Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines|Seychelles)$"
)


def country_in_a_sentence(code: str) -> str:
    """The name inside a sentence: "the United Kingdom"."""
    name = country_name(code)
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


@cache
def country_name(code: str) -> str:
    """The usual name of a country, or the code itself if it is unknown."""
    country = pycountry.countries.get(alpha_2=code)
    return getattr(country, "common_name", country.name) if country else code


def region_options(country: str, year: int) -> tuple[Option, ...]:
    """The regions of a country in alphabetical order; () if they all have the same holidays in `year`."""
    if not regional_holidays(country, year):
        return ()
    options = (Option(code, region_name(country, code)) for code in regions(country))
    return tuple(sorted(options, key=lambda option: _plain(option.label)))


def regions_by_letter(country: str, year: int) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The options of `region_options`, by first letter, ignoring accents."""
    by_letter = groupby(region_options(country, year), lambda option: _plain(option.label)[0])
    return tuple((letter, tuple(group)) for letter, group in by_letter)


@cache
def region_name(country: str, code: str) -> str:
    """The usual name of a region, or the code itself if it is unknown."""
    known = pycountry.subdivisions.get(code=f"{country}-{code}")  # type: ignore[no-untyped-call]
    return _IN_BRACKETS.sub("", known.name) if known else regions(country).get(code, code)


def _codes() -> list[str]:
    return [country.alpha_2 for country in pycountry.countries]


def _plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).upper()
