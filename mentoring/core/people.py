"""People as Slack describes them, who may take part, and staff records."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mentoring.core.clean_text import clean_line


class Ineligibility(StrEnum):
    """Why a person cannot take part or be named."""

    GUEST = "guest"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    ONESELF = "oneself"


class AccountStatus(StrEnum):
    """The kind of a person's account in this workspace. UNKNOWN until Slack has been asked."""

    UNKNOWN = "unknown"
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    STRANGER = "stranger"


_FIXED = re.compile(r"UTC([+-])(\d{2}):(\d{2})", re.ASCII)
_FARTHEST = timedelta(hours=14)
"""No place on Earth is farther from UTC."""


def fixed_zone(seconds: int) -> str:
    """The name of the time zone with this offset from UTC, such as "UTC-08:00"; "" if no place has it."""
    if abs(seconds) > _FARTHEST.total_seconds():
        return ""
    hours, minutes = divmod(abs(seconds) // 60, 60)
    return f"UTC{'-' if seconds < 0 else '+'}{hours:02}:{minutes:02}"


@lru_cache(maxsize=1024)
def zone_named(name: str) -> tzinfo | None:
    """The time zone with this IANA name, or name from `fixed_zone`; None if there is none."""
    if fixed := _FIXED.fullmatch(name):
        offset = timedelta(hours=int(fixed[2]), minutes=int(fixed[3]))
        return timezone(-offset if fixed[1] == "-" else offset) if offset <= _FARTHEST else None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


LONG_LEAVE = timedelta(weeks=8)
"""If a leave is longer, partners can choose another match instead of waiting."""


@dataclass(frozen=True)
class Leave:
    """A person is on leave from `since` (calendar, aware) on; `until` is the day on which they are back, in their time
    zone. Nobody's reason is kept.
    """

    since: datetime
    until: date

    @property
    def is_long(self) -> bool:
        return self.until - self.since.date() > LONG_LEAVE


@dataclass(frozen=True)
class Person:
    """A Slack user.

    `id` is a Slack user id. `time_zone` is a name for `zone_named`, or "" if Slack has told us none; `display_name` is
    "" until known. `left_at` (calendar, aware) is when we learned that the account is deactivated, or None.
    `programme_zone` counts while `time_zone` is not known; it is the programme's, and not part of the profile. Neither
    is `leave`, which holds in every programme.
    """

    id: str
    account_status: AccountStatus = AccountStatus.UNKNOWN
    display_name: str = ""
    time_zone: str = ""
    left_at: datetime | None = None
    programme_zone: str = ""
    leave: Leave | None = None

    @property
    def zone(self) -> tzinfo:
        """Their own time zone, else the programme's. UTC only if neither is known."""
        return zone_named(self.time_zone) or zone_named(self.programme_zone) or UTC

    @property
    def is_absent(self) -> bool:
        """Whether the account is deactivated. Slack still accepts messages to it, but nobody reads them."""
        return self.account_status is AccountStatus.DEACTIVATED

    @property
    def is_unavailable(self) -> bool:
        """Whether they are absent or on leave, so that their partnerships are paused."""
        return self.is_absent or self.leave is not None

    def local(self, now: datetime) -> datetime:
        """`now` (aware) in this person's time zone, see `zone`."""
        return now.astimezone(self.zone)

    def today(self, now: datetime) -> date:
        """The date at `now` (aware) in this person's time zone."""
        return self.local(now).date()


def sort_name(name: str) -> str:
    """A name as lists are sorted and searched by: in lower case, without accents and with single spaces.

    At most _MOST_SORTED characters; "" if there is nothing left.
    """
    plain = unicodedata.normalize("NFKD", clean_line(name).casefold())
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())[:_MOST_SORTED].strip()


_MOST_SORTED = 200
"""An index entry of PostgreSQL holds no more than 2,700 bytes."""


@dataclass(frozen=True)
class ProfileUpdate:
    """A profile that Slack sent, to be saved. `at` is when (calendar, aware)."""

    person: Person
    at: datetime


@dataclass(frozen=True)
class LeaveChange:
    """`leave` replaces `before` of `person` (a Slack user id): None if they are not on leave."""

    person: str
    before: Leave | None
    leave: Leave | None


_INELIGIBLE = {
    AccountStatus.UNKNOWN: Ineligibility.UNKNOWN,
    AccountStatus.GUEST: Ineligibility.GUEST,
    AccountStatus.BOT: Ineligibility.BOT,
    AccountStatus.DEACTIVATED: Ineligibility.DEACTIVATED,
    AccountStatus.STRANGER: Ineligibility.STRANGER,
}

ADMISSIBLE = frozenset({AccountStatus.GUEST, AccountStatus.STRANGER})
"""Accounts that a programme may admit besides members. Bots and deactivated accounts can never take part."""


def ineligibility(person: Person, admits: frozenset[AccountStatus]) -> Ineligibility | None:
    """Why `person` cannot take part or be named in a programme that `admits` these accounts; None if they can."""
    if person.account_status is AccountStatus.MEMBER or person.account_status in admits & ADMISSIBLE:
        return None
    return _INELIGIBLE[person.account_status]


_USER_ID = re.compile(r"<?@?([UW][A-Z0-9]{2,30})(?:\|[^>]*)?>?")


def user_id(text: str) -> str:
    """The Slack user id in `text`, which may be an id or a mention such as `<@U012AB3CD>`; "" if there is none."""
    match = _USER_ID.fullmatch(clean_line(text))
    return match[1] if match else ""


@dataclass(frozen=True)
class StaffRecord:
    """A row of the organisation's list. Values that the list does not have are "" or None, or from the person's profile
    in Slack: `from_profile` has the names of these fields, sorted.

    `person` and `manager` are Slack user ids; `manager` is the nearest person above who is in Slack.
    """

    person: str
    department: str = ""
    grade: str = ""
    manager: str = ""
    started_on: date | None = None
    from_profile: tuple[str, ...] = ()
    languages: str = ""
    """Names of languages, as far as they are known ones. The list does not have them."""


@dataclass(frozen=True)
class StaffRecords:
    """Staff records to be saved in one statement."""

    records: tuple[StaffRecord, ...]


def chain_above(person: str, managers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield everyone above `person` (a Slack user id), nearest first and each once, even if the list has a cycle.

    `managers` maps each person to their direct managers.
    """
    seen, level = {person}, [person]
    while level:
        above = sorted({manager for each in level for manager in managers.get(each, ())} - seen)
        yield from above
        seen.update(above)
        level = above
