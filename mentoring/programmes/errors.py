"""Refusals about programmes and their roles."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName
from mentoring.core.people import Ineligibility


@dataclass(unsafe_hash=True)
class CannotHaveRole(MentoringError):
    """`person` (a Slack user id) cannot have the role of this field, because of their account."""

    person: str
    ineligibility: Ineligibility
    field: FieldName


@dataclass(unsafe_hash=True)
class HasFacilitators(MentoringError):
    """The programme cannot be of another type than peer mentoring while it has facilitators."""

    field: FieldName


@dataclass(unsafe_hash=True)
class TooManyQuestions(MentoringError):
    """The programme adds `count` questions to its surveys, and may add at most `most`."""

    field: FieldName
    count: int
    most: int
