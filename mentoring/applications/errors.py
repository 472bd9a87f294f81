"""Refusals about applications: who cannot take part or be named, and withdrawals."""

from dataclasses import dataclass
from datetime import date

from mentoring.core.errors import InvalidForm, MentoringError
from mentoring.core.fields import FieldName
from mentoring.core.people import Ineligibility


@dataclass(unsafe_hash=True)
class CohortClosed(MentoringError):
    """The cohort does not take applications: it opens on `opens_on`, or is over (None)."""

    opens_on: date | None


@dataclass(unsafe_hash=True)
class CannotTakePart(MentoringError):
    """The programme does not admit this kind of account."""

    ineligibility: Ineligibility


def is_unknown(error: MentoringError) -> bool:
    """Whether an application is refused because Slack has not said yet who the applicant is."""
    if isinstance(error, InvalidForm):
        return any(map(is_unknown, error.reasons))
    return isinstance(error, CannotTakePart) and error.ineligibility is Ineligibility.UNKNOWN


@dataclass(unsafe_hash=True)
class CannotBeNamed(MentoringError):
    """`person` (a Slack user id) cannot be named as a manager or a wish."""

    field: FieldName
    person: str
    ineligibility: Ineligibility


@dataclass(unsafe_hash=True)
class WishedForManager(MentoringError):
    """The person named as manager is also the person wished for, in the other `role` ("mentee" or "mentor")."""

    role: str
    field: FieldName = FieldName.WISH


@dataclass(unsafe_hash=True)
class OutsideSegment(MentoringError):
    """The applicant's department or grade is outside the segment of this role, "mentee" or "mentor" (D2.6).

    `known` is false if we do not know which department or grade the person has.
    """

    field: FieldName
    role: str
    known: bool = True


@dataclass(unsafe_hash=True)
class TooShortService(MentoringError):
    """A mentor has worked here for less than `months` (D1.2). From `welcome_on` on they may apply."""

    months: int
    welcome_on: date


@dataclass(unsafe_hash=True)
class NoSuchApplication(MentoringError):
    """The application does not exist, this person may not see it, or it has been erased."""


@dataclass(unsafe_hash=True)
class AlreadyConfirmed(MentoringError):
    """The person has already confirmed or sent this application. Nothing was changed."""


@dataclass(unsafe_hash=True)
class AlreadyWithdrawn(MentoringError):
    """The application is already withdrawn. Nothing was changed. `own` is false for an owner who is not its author."""

    own: bool = True


@dataclass(unsafe_hash=True)
class CannotBeEntered(MentoringError):
    """An owner cannot enter an application for `person` (a Slack user id), who cannot take part.

    ONESELF: it is the owner, who can apply as everybody does. None: the person was erased, and has to apply again.
    """

    person: str
    ineligibility: Ineligibility | None


@dataclass(unsafe_hash=True)
class AlreadyApplied(MentoringError):
    """`person` (a Slack user id) has an open application in this `role` ("mentee" or "mentor"). Nothing was changed."""

    person: str
    role: str


@dataclass(unsafe_hash=True)
class CannotBeCorrected(MentoringError):
    """The author of an application cannot take part now, so that an owner cannot correct it."""
