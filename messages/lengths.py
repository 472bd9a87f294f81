"""Lengths of time, and how often to meet, in words (D1.9, D1.12)."""

from collections.abc import Sequence
from datetime import timedelta

from mentoring.core.lengths import Length
from mentoring.core.programmes import Rhythm
from messages.text import join, plural

_COUNTED = ("no", "one", "two", "three", "four")


def amount(length: Length) -> str:
    """ "12 months" or "6 weeks"; "not said" for none."""
    if length.weeks:
        return plural(length.weeks, "week", "weeks")
    return plural(length.months, "month", "months") if length.months else "not said"


def span(length: Length) -> str:
    """Inside a sentence: twelve months are "a year", eighteen "18 months", six weeks "6 weeks"."""
    if length.weeks:
        return "a week" if length.weeks == 1 else amount(length)
    if length.months and length.months % 12 == 0:
        return "a year" if length.months == 12 else plural(length.months // 12, "year", "years")
    return "a month" if length.months == 1 else amount(length)


def choice(lengths: Sequence[Length]) -> str:
    """All that can be chosen: "6 to 12 months", or "6 weeks, 10 weeks or 3 months"."""
    months = [length.months for length in lengths]
    is_run = len(lengths) > 2 and 0 not in months and months == list(range(months[0], months[0] + len(months)))
    if is_run:
        return f"{months[0]} to {amount(lengths[-1])}"
    return join([amount(length) for length in lengths], "or")


def meets(rhythm: Rhythm) -> str:
    """ "twice in the first month, then at least once a month"."""
    return f"{times(rhythm.first_month)} in the first month, then at least {times(rhythm.monthly)} a month"


def times(count: int) -> str:
    """ "once", "twice", "three times"."""
    return {1: "once", 2: "twice"}.get(count) or f"{counted(count)} times"


def counted(count: int) -> str:
    """A small number in words."""
    return _COUNTED[count] if 0 <= count < len(_COUNTED) else str(count)


def lately(distance: timedelta) -> str:
    """ "four weeks" or "23 days"."""
    weeks, days = divmod(distance.days, 7)
    if days:
        return plural(distance.days, "day", "days")
    return f"{counted(weeks)} {'week' if weeks == 1 else 'weeks'}"
