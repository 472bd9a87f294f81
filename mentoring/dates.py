"""Calendar arithmetic that people expect: a month after 31 January is the last of February."""

from calendar import monthrange
from datetime import date, timedelta

_WEEKEND = (5, 6)


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months (may be negative), kept within the month's end."""
    years, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month0 + 1, min(day.day, monthrange(years, month0 + 1)[1]))


def is_working_day(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() not in _WEEKEND


def working_day(day: date) -> date:
    """`day`, or the Monday after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
