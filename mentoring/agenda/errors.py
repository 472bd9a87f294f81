"""Refusals about the agenda of a first meeting."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class FirstMeetingLogged(MentoringError):
    """The first meeting is logged, so that its agenda stays as it is."""


@dataclass(unsafe_hash=True)
class TooManySteps(MentoringError):
    """The two have added as many steps as fit (`most`)."""

    most: int
    field: FieldName = FieldName.STEP
