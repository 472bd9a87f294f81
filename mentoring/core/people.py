"""People as Slack knows them, who may take part, and the organisation's record of them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Ineligibility(StrEnum):
    """Why somebody cannot take part or be named."""

    GUEST = "guest"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    ONESELF = "oneself"


class AccountStatus(StrEnum):
    """What a person is in this workspace. UNKNOWN until Slack has told us."""

    UNKNOWN = "unknown"
    MEMBER = "member"
    GUEST = "guest"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    STRANGER = "stranger"


@dataclass(frozen=True)
class Person:
    """`id` is a Slack user id; `time_zone` an IANA name, "UTC" until known; `display_name` is "" until known.

    `left_at` (aware) is since when we know that their account is deactivated.
    """

    id: str
    account_status: AccountStatus = AccountStatus.UNKNOWN
    display_name: str = ""
    time_zone: str = "UTC"
    left_at: datetime | None = None

    @property
    def is_away(self) -> bool:
        """Whether their account is deactivated. What is sent to them arrives, and nobody reads it."""
        return self.account_status is AccountStatus.DEACTIVATED

    def local(self, now: datetime) -> datetime:
        """`now` (aware) on this person's clock; a zone we have no data for counts as UTC."""
        try:
            return now.astimezone(ZoneInfo(self.time_zone))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return now.astimezone(ZoneInfo("UTC"))

    def today(self, now: datetime) -> date:
        return self.local(now).date()


@dataclass(frozen=True)
class ProfileUpdate:
    """What Slack said of a person `at` a moment (calendar, aware), to be kept."""

    person: Person
    at: datetime


_HINDRANCES = {
    AccountStatus.UNKNOWN: Ineligibility.UNKNOWN,
    AccountStatus.GUEST: Ineligibility.GUEST,
    AccountStatus.BOT: Ineligibility.BOT,
    AccountStatus.DEACTIVATED: Ineligibility.DEACTIVATED,
    AccountStatus.STRANGER: Ineligibility.STRANGER,
}

ADMISSIBLE = frozenset({AccountStatus.GUEST, AccountStatus.STRANGER})
"""Whom a programme may admit besides members; a bot or a closed account cannot take part anywhere."""


def ineligibility(person: Person, admits: frozenset[AccountStatus]) -> Ineligibility | None:
    """Why `person` cannot take part in, or be named to, a programme that `admits` these; None if they can."""
    if person.account_status is AccountStatus.MEMBER or person.account_status in admits & ADMISSIBLE:
        return None
    return _HINDRANCES[person.account_status]


_USER_ID = re.compile(r"<?@?([UW][A-Z0-9]{2,30})(?:\|[^>]*)?>?")


def user_id(text: str) -> str:
    """The Slack user id that somebody copied, as it is or as a mention; "" where it is none."""
    match = _USER_ID.fullmatch(text.strip())
    return match[1] if match else ""


@dataclass(frozen=True)
class StaffRecord:
    """One line of that list. `person` and `manager` are Slack user ids; `manager` is the next person up who is in
    Slack. What the list does not say is "" or None.
    """

    person: str
    department: str = ""
    grade: str = ""
    manager: str = ""
    started_on: date | None = None


@dataclass(frozen=True)
class StaffRecords:
    """Many of them, kept at once."""

    records: tuple[StaffRecord, ...]


def chain_above(person: str, managers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Everybody above this person, any number of levels up, nearest first, each once; lists that go round in circles
    come to an end. `managers` are those right above each.
    """
    seen, level = {person}, [person]
    while level:
        above = sorted({manager for each in level for manager in managers.get(each, ())} - seen)
        yield from above
        seen.update(above)
        level = above
