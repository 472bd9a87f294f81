"""Refusals about agreements."""

from dataclasses import dataclass
from datetime import date

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class AgreementsOff(MentoringError):
    """The programme has no agreements, or no longer."""


@dataclass(unsafe_hash=True)
class AtTheEnd(MentoringError):
    """The agreed end has come, so that the agreement stays as it is."""

    ended_on: date


@dataclass(unsafe_hash=True)
class AgreementChanged(MentoringError):
    """Somebody has changed or signed it since it was shown. `by` is their Slack user id, "" if they were erased."""

    by: str


@dataclass(unsafe_hash=True)
class NothingToSign(MentoringError):
    """There is no version that waits for this person's signature."""


@dataclass(unsafe_hash=True)
class NoLongerPossible(MentoringError):
    """A day of the version has passed, or the programme no longer allows what it says; `fields` are what is wrong."""

    fields: tuple[FieldName, ...]


@dataclass(unsafe_hash=True)
class TooManyGoalsNamed(MentoringError):
    """More goals are chosen than fit into an agreement; `most` do."""

    field: FieldName
    most: int


@dataclass(unsafe_hash=True)
class TooSoon(MentoringError):
    """The day in `field` has come for one of the two; `earliest` is the first that has not."""

    field: FieldName
    earliest: date


@dataclass(unsafe_hash=True)
class AfterTheEnd(MentoringError):
    """The day in `field` is after the end that the same form says."""

    field: FieldName
