"""String formats: URLs, dates, times, numbers and time zones."""

import re
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.block_kit.schema import StringSchema

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_WEB = re.compile(r"https?://[^\s/]\S*")
_SECURE = re.compile(r"https://[^\s/]\S*")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_NUMBER = re.compile(r"-?(\d+(\.\d+)?|\.\d+)", re.ASCII)


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@cache
def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _matching(pattern: re.Pattern[str], wanted: str, most: int | None = None) -> StringSchema:
    return StringSchema(most, is_valid=lambda text: pattern.fullmatch(text) is not None, expected=wanted)


URL = _matching(_URL, "a valid url", most=3000)
"""Any URL: apps also link into Slack and to email addresses."""
WEB_URL = _matching(_WEB, "a valid url", most=3000)
HTTPS_URL = _matching(_SECURE, "a valid https url", most=3000)
DATE = StringSchema(is_valid=_is_date, expected="a valid date")
TIME = _matching(_TIME, "a valid time")
NUMBER = _matching(_NUMBER, "a valid number")
TIME_ZONE = StringSchema(is_valid=_is_time_zone, expected="a valid timezone")
