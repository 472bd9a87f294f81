"""Refusals about planned meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class TimePassed(MentoringError):
    """The offered time has begun, or begins too soon."""

    field: FieldName = FieldName.STARTS_AT


@dataclass(unsafe_hash=True)
class TooFarToPlan(MentoringError):
    """The time is after the agreed end of the partnership, or too far ahead."""

    field: FieldName = FieldName.STARTS_AT


@dataclass(unsafe_hash=True)
class AlreadyBusy(MentoringError):
    """One of the two has another planned meeting at that time. Which of them is not told."""

    field: FieldName = FieldName.STARTS_AT


@dataclass(unsafe_hash=True)
class SameTime(MentoringError):
    """The two have agreed on this time and length already. `starts_at` is aware."""

    starts_at: datetime
    field: FieldName = FieldName.STARTS_AT


@dataclass(unsafe_hash=True)
class NotOffered(MentoringError):
    """The button is about an offer that is not open to this person any more.

    `starts_at` (aware) is when the two meet, if they have agreed on a time; `waits` says that the other person has the
    next word.
    """

    starts_at: datetime | None = None
    waits: bool = False


@dataclass(unsafe_hash=True)
class HasNewestFile(MentoringError):
    """The person was sent the calendar file of the meeting, and nothing has changed since."""


@dataclass(unsafe_hash=True)
class NotOverYet(MentoringError):
    """Nobody can say yet whether a meeting took place that begins at `starts_at` (aware)."""

    starts_at: datetime


@dataclass(unsafe_hash=True)
class MeetAlready(MentoringError):
    """The two meet at a regular time already."""


@dataclass(unsafe_hash=True)
class TooFewMeetings(MentoringError):
    """Fewer than two meetings are left of a regular time until the last day, `until`."""

    until: date
    field: FieldName = FieldName.FIRST_MEETING
