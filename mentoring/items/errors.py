"""Refusals about action items."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class DueInThePast(MentoringError):
    """An action item cannot be due before today."""

    field: FieldName


@dataclass(unsafe_hash=True)
class TooManyItems(MentoringError):
    """The two have `most` open action items already, or would have more."""

    most: int
    field: FieldName | None = None


@dataclass(unsafe_hash=True)
class TooManyLines(MentoringError):
    """A form has room for `most` new action items of one person."""

    field: FieldName
    most: int


@dataclass(unsafe_hash=True)
class NoSuchItem(MentoringError):
    """The action item does not exist any more, or this person may not see it."""
