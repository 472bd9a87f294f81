"""Strings with a form of their own: addresses, dates, times, numbers and time zones."""

import re
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sandbox.block_kit.schema import String

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


def _whole(pattern: re.Pattern[str], wanted: str, most: int | None = None) -> String:
    return String(most, form=lambda text: pattern.fullmatch(text) is not None, wanted=wanted)


LINK = _whole(_URL, "a valid url", most=3000)
"""Where a click leads; apps link into Slack and to mail as well as to the web."""
WEB_ADDRESS = _whole(_WEB, "a valid url", most=3000)
SECURE_ADDRESS = _whole(_SECURE, "a valid https url", most=3000)
DATE = String(form=_is_date, wanted="a valid date")
TIME = _whole(_TIME, "a valid time")
NUMBER = _whole(_NUMBER, "a valid number")
TIME_ZONE = String(form=_is_time_zone, wanted="a valid timezone")
