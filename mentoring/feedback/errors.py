"""Refusals about surveys."""

from dataclasses import dataclass
from datetime import date

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class BaselineClosed(MentoringError):
    """The survey before is closed: since its last day (`until`), or because a meeting is logged (None). What is sent
    later is not kept.
    """

    until: date | None


@dataclass(unsafe_hash=True)
class BaselineCounted(MentoringError):
    """The answers are counted, so that they cannot be changed any more."""


@dataclass(unsafe_hash=True)
class MostNotChosen(MentoringError):
    """What matters most is none of what they chose."""

    field: FieldName
