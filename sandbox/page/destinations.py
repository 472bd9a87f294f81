"""Where a request of the page leads: so many days or months on, or to a day or moment that is named."""

import calendar as almanac
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MOST = {"days": 3660, "months": 120, "years": 10}


def destination(body: Mapping[str, Any], now: datetime) -> datetime:
    """Where a request leads from `now` (aware): the same time of day, so many days, months or years on or on the day it
    names, in its `zone`; or the very moment it names.

    Raises ValueError with a sentence.
    """
    given = [key for key in ("to", "day", *MOST) if key in body]
    if len(given) != 1:
        raise ValueError("Say one of to, day, days, months and years.")
    if "to" in body:
        return _moment(body["to"], now)
    if "day" in body:
        return _day(body["day"], now.astimezone(_zone(body.get("zone", "UTC"))))
    unit, many = given[0], body[given[0]]
    if not isinstance(many, int) or isinstance(many, bool) or not 1 <= many <= MOST[unit]:
        raise ValueError(f"{unit.capitalize()} go from 1 to {MOST[unit]}.")
    local = now.astimezone(_zone(body.get("zone", "UTC")))
    if unit == "days":
        return (local + timedelta(days=many)).astimezone(UTC)
    return _months_on(local, many * (12 if unit == "years" else 1)).astimezone(UTC)


def _moment(said: Any, now: datetime) -> datetime:
    try:
        to = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        raise ValueError("That is no moment.") from None
    if to.tzinfo is None:
        raise ValueError("A moment says its zone.")
    if to < now:
        raise ValueError("That moment has passed.")
    return to


def _day(said: Any, local: datetime) -> datetime:
    try:
        day = date.fromisoformat(said)
    except (TypeError, ValueError):
        raise ValueError("Choose a day first.") from None
    if day <= local.date():
        why = "That is today." if day == local.date() else "That day has passed."
        raise ValueError(f"{why} Choose one from tomorrow on.")
    if day > _months_on(local, MOST["months"]).date():
        raise ValueError("That is too far: ten years on at most, please.")
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("There is no such time zone.") from None


def _months_on(day: datetime, months: int) -> datetime:
    """The same day so many months on, or the last of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, almanac.monthrange(year, month + 1)[1]))
