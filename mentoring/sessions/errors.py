"""Refusals about sessions."""

from dataclasses import dataclass
from datetime import datetime

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class NoSuchSession(MentoringError):
    """There is no session with this id here, or this person cannot see it."""


@dataclass(unsafe_hash=True)
class SessionOver(MentoringError):
    """It has taken place, or is cancelled."""

    is_cancelled: bool = False


@dataclass(unsafe_hash=True)
class SessionForOthers(MentoringError):
    """It is for participants, and this person is none, or has the other role."""


@dataclass(unsafe_hash=True)
class SessionSoon(MentoringError):
    """The start is in the past. `earliest` (aware) is the first that is possible."""

    field: FieldName
    earliest: datetime


@dataclass(unsafe_hash=True)
class PlacesTaken(MentoringError):
    """Fewer places than people who come: `coming` of them do."""

    field: FieldName
    coming: int


@dataclass(unsafe_hash=True)
class NotANumber(MentoringError):
    """What was typed is no whole number from `least` to `most`."""

    field: FieldName
    least: int
    most: int


@dataclass(unsafe_hash=True)
class NobodyToInvite(MentoringError):
    """Everybody whom the session is for has an invitation, or it is for nobody who gets one."""
