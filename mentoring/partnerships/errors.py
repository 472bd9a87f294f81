"""What stands in the way of a partnership, a meeting or an answer."""

from dataclasses import dataclass
from datetime import date

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class NoSuchPartnership(MentoringError):
    """There is no such partnership for this person to see."""


@dataclass(unsafe_hash=True)
class NoPartnership(MentoringError):
    """The person has no active partnership."""


@dataclass(unsafe_hash=True)
class AlreadyEnded(MentoringError):
    """The partnership is over; nothing changed."""


@dataclass(unsafe_hash=True)
class StillRunning(MentoringError):
    """The partnership is not over yet."""


@dataclass(unsafe_hash=True)
class AlreadyBack(MentoringError):
    """They went back to the pool before; nothing changed. `withdrawn` says whether they have left it since."""

    withdrawn: bool = False


@dataclass(unsafe_hash=True)
class BeforeTheStart(MentoringError):
    """A meeting cannot lie before the partnership began."""

    field: FieldName
    started_on: date


@dataclass(unsafe_hash=True)
class NoSuchMeeting(MentoringError):
    """There is no such meeting for this person to see or to correct."""


@dataclass(unsafe_hash=True)
class NotYourLog(MentoringError):
    """Only who logged a meeting corrects it."""


@dataclass(unsafe_hash=True)
class NotAsked(MentoringError):
    """The question is not open to this person: too early, over, or `answered`."""

    answered: bool = False
