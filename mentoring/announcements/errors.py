"""Refusals about the communication plan."""

from dataclasses import dataclass
from datetime import date

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class UnknownPlaceholder(MentoringError):
    """A line of the text (its number, from 1) has a placeholder that there is not. `near` is the one that was probably
    meant, or "".
    """

    field: FieldName
    line: int
    near: str


@dataclass(unsafe_hash=True)
class NamesInDirectMessage(MentoringError):
    """Names of people can be withdrawn from a post, but not from many direct messages."""

    field: FieldName


@dataclass(unsafe_hash=True)
class TooManyDirect(MentoringError):
    """Participants would get more than `most` direct messages from the plan of this round, with those approved."""

    most: int


@dataclass(unsafe_hash=True)
class NotAChannel(MentoringError):
    """A conversation that is no channel was chosen."""

    field: FieldName


@dataclass(unsafe_hash=True)
class NoChannels(MentoringError):
    """The entry is for channels, and none is chosen yet."""


@dataclass(unsafe_hash=True)
class TextWanted(MentoringError):
    """The usual text has gaps that an owner fills in before they approve it."""


@dataclass(unsafe_hash=True)
class NoSuchAnnouncement(MentoringError):
    """It is no longer in the plan, or is not in a state for this: sent, stopped or left out meanwhile."""


@dataclass(unsafe_hash=True)
class CallTooLate(MentoringError):
    """Nobody can apply any more: the last day to apply was `apply_by`, or the round is closed."""

    apply_by: date


@dataclass(unsafe_hash=True)
class MomentPassed(MentoringError):
    """An owner chose a time in the past. A time that was planned before may stay."""

    field: FieldName


@dataclass(unsafe_hash=True)
class PlanFull(MentoringError):
    """The plan of the round has `most` entries."""

    most: int
