"""Who cannot take part, or be named."""

from dataclasses import dataclass
from datetime import date

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName
from mentoring.core.people import Ineligibility


@dataclass(unsafe_hash=True)
class CohortClosed(MentoringError):
    """The cohort takes no applications: it has not opened, or it is over. `opens_on` is None when it is over."""

    opens_on: date | None


@dataclass(unsafe_hash=True)
class CannotTakePart(MentoringError):
    """The applicant is a guest, a bot, deactivated or of another workspace, and the programme does not admit that."""

    hindrance: Ineligibility


@dataclass(unsafe_hash=True)
class CannotBeNamed(MentoringError):
    """The person named as manager or wished for cannot be that. `person` is a Slack user id."""

    field: FieldName
    person: str
    hindrance: Ineligibility


@dataclass(unsafe_hash=True)
class OutsideSegment(MentoringError):
    """The programme is for others in this role ("mentee", "mentor"), by their department or grade (D2.6). `known` says
    whether we know which one this person has.
    """

    field: FieldName
    role: str
    known: bool = True


@dataclass(unsafe_hash=True)
class TooShortService(MentoringError):
    """A mentor has less service than the programme asks (D1.2). `welcome_on` is the day from which they have enough."""

    months: int
    welcome_on: date


@dataclass(unsafe_hash=True)
class NoSuchApplication(MentoringError):
    """There is no such application for this person to see, or it has been erased."""


@dataclass(unsafe_hash=True)
class AlreadyWithdrawn(MentoringError):
    """The application was withdrawn before; nothing changed."""
