"""Refusals about progress reports."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName
from mentoring.core.people import Ineligibility


@dataclass(unsafe_hash=True)
class ReportsOff(MentoringError):
    """The programme has no progress reports, or no longer."""


@dataclass(unsafe_hash=True)
class NothingToReport(MentoringError):
    """No meeting was logged since the last report, or since the introduction."""


@dataclass(unsafe_hash=True)
class NoSuchReport(MentoringError):
    """There is no such report, or no longer."""


@dataclass(unsafe_hash=True)
class ReportChanged(MentoringError):
    """The partner has changed the report since it was shown. `by` is their Slack user id, "" if they were erased."""

    by: str


@dataclass(unsafe_hash=True)
class NotFinished(MentoringError):
    """Only a report that both have finished can be shared."""


@dataclass(unsafe_hash=True)
class AlreadyShared(MentoringError):
    """The report has been sent to `person` (a Slack user id)."""

    person: str


@dataclass(unsafe_hash=True)
class NotAskedToShare(MentoringError):
    """Nobody asks any more to share the report with this person."""


@dataclass(unsafe_hash=True)
class SharedWithMany(MentoringError):
    """The report is shared with `most` people already, or they were chosen."""

    most: int


@dataclass(unsafe_hash=True)
class CannotReadReport(MentoringError):
    """The person who was chosen cannot be sent a report: `ineligibility` is why, ONESELF for one of the two."""

    ineligibility: Ineligibility
    field: FieldName = FieldName.PERSON
