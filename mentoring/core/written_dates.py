"""Reads dates as people and programs write them. A date that could be another day is refused and not guessed."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Final

from mentoring.core.clean_text import clean_line

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)


class DateProblem(StrEnum):
    """Why a text is not read as a date."""

    NOT_A_DATE = "not-a-date"
    NO_SUCH_DAY = "no-such-day"
    DAY_OR_MONTH_FIRST = "day-or-month-first"
    SHORT_YEAR = "short-year"
    DAY_NUMBER = "day-number"
    TIME_OF_DAY = "time-of-day"


_SHORTEST = 3
"""Letters that identify a month or weekday."""
_FLAGS = re.IGNORECASE | re.ASCII
_TIME = re.compile(
    r"(?<=\d)(?:T| )(?P<hour>\d{1,2}):(?P<rest>\d\d(?::\d\d(?:\.\d+)?)?)(?: ?(?P<half>[ap])m)?(?:Z|[+-]\d\d:?\d\d)?",
    _FLAGS,
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})|(\d{4})(\d\d)(\d\d)", _FLAGS)
_WEEKDAY = re.compile(r"([a-z]{2,})\.?,? (?=.*[a-z0-9])", _FLAGS)
_DAY_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/. ] ?([a-z]+)\.?,?[-/ ](\d{4}|\d\d)", _FLAGS)
_NAMED_DAY = re.compile(r"([a-z]+)\.?[- ](\d{1,2})(?:st|nd|rd|th)?,?[- ](\d{4}|\d\d)", _FLAGS)
_YEAR_LAST = re.compile(r"\d{1,2}([-/. ])\d{1,2}\1(\d{4}|\d\d)", _FLAGS)
_DAY_NUMBER = re.compile(r"\d{5}(?:\.\d+)?", _FLAGS)


def read_date(text: str) -> date | DateProblem:
    """The date, or why it is none.

    Accepts 2020-01-31, 2020/01/31, 20200131, 31-Jan-2020, 31 January 2020 and January 31, 2020, also after the correct
    weekday, and with the midnight that spreadsheets add. Names are English. 31.01.2020 and 01/31/2020 are refused.
    """
    tidy = clean_line(text).rstrip(",;. ")
    time = next((found for found in _TIME.finditer(tidy) if found.end() == len(tidy)), None)
    found = _read_day(tidy[: time.start()] if time else tidy)
    return DateProblem.TIME_OF_DAY if time and isinstance(found, date) and not _is_midnight(time) else found


def _is_midnight(time: re.Match[str]) -> bool:
    half = (time["half"] or "").lower()
    hour = int(time["hour"]) % 12 if half == "a" else int(time["hour"])
    return hour == 0 and half != "p" and not re.search("[1-9]", time["rest"])


def _read_day(tidy: str) -> date | DateProblem:
    if found := _YEAR_FIRST.fullmatch(tidy):
        year, month, day = found.group(1, 3, 4) if found[1] else found.group(5, 6, 7)
        return _day(year, int(month), day)
    if found := _YEAR_LAST.fullmatch(tidy):
        return DateProblem.DAY_OR_MONTH_FIRST if len(found[2]) > len("20") else DateProblem.SHORT_YEAR
    if _DAY_NUMBER.fullmatch(tidy):
        return DateProblem.DAY_NUMBER
    weekday = _WEEKDAY.match(tidy)
    number = _index(weekday[1], WEEKDAYS) if weekday else None
    named = _read_named(tidy[weekday.end() :] if weekday and number is not None else tidy)
    if number is not None and isinstance(named, date) and named.weekday() != number:
        return DateProblem.NO_SUCH_DAY
    return named


def _read_named(tidy: str) -> date | DateProblem:
    if found := _DAY_NAMED.fullmatch(tidy):
        day, name, year = found.groups()
    elif found := _NAMED_DAY.fullmatch(tidy):
        name, day, year = found.groups()
    else:
        return DateProblem.NOT_A_DATE
    month = _index(name, MONTHS)
    if month is None:
        return DateProblem.NOT_A_DATE
    return _day(year, month + 1, day)


def _day(year: str, month: int, day: str) -> date | DateProblem:
    if len(year) == len("20"):
        return DateProblem.SHORT_YEAR
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return DateProblem.NO_SUCH_DAY


def _index(typed: str, names: Sequence[str]) -> int | None:
    """The index of the name that is meant."""
    if len(typed) < _SHORTEST:
        return None
    return next((n for n, name in enumerate(names) if name.lower().startswith(typed.lower())), None)
