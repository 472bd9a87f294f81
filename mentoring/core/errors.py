"""Refusals that any rule or form may give."""

from dataclasses import dataclass

from mentoring.core.fields import FieldName


class MentoringError(Exception):
    """A rule refuses. Subclasses are dataclasses whose fields are the facts; a text that a person typed is never one.

    They are not frozen, since Python itself writes to exceptions while they travel.
    """


@dataclass(unsafe_hash=True)
class InvalidForm(MentoringError):
    """Several refusals of one form, so that a person mends them all at once."""

    reasons: tuple[MentoringError, ...]


@dataclass(unsafe_hash=True)
class NotForYou(MentoringError):
    """Only an owner, or the person themself, may do this."""


@dataclass(unsafe_hash=True)
class NoProgramme(MentoringError):
    """The workspace has no programme yet: nobody is named in MENTOR_OWNERS."""


@dataclass(unsafe_hash=True)
class StaleRequest(MentoringError):
    """What the person saw when they pressed the button has changed since, by their own doing or by events. `typed` says
    whether it was a form; `withdrawn` whether what it was about has been withdrawn.
    """

    typed: bool = True
    withdrawn: bool = False


@dataclass(unsafe_hash=True)
class ChangedMeanwhile(MentoringError):
    """Somebody else saved since the form was opened. `by` is their Slack user id, or None where it is not known."""

    by: str | None


@dataclass(unsafe_hash=True)
class CohortOver(MentoringError):
    """The cohort is closed already, or it was another one; nothing changed."""


@dataclass(unsafe_hash=True)
class AlreadySettled(MentoringError):
    """Somebody has already decided about this message, or it is gone; nothing changed."""


@dataclass(unsafe_hash=True)
class Missing(MentoringError):
    """A required field is empty."""

    field: FieldName


@dataclass(unsafe_hash=True)
class TooLong(MentoringError):
    """A text or a list is longer than it may be; `most` counts characters or lines."""

    field: FieldName
    most: int


@dataclass(unsafe_hash=True)
class NotDays(MentoringError):
    """`lines` of a list of days, counted from 1, say no day."""

    field: FieldName
    lines: tuple[int, ...]


@dataclass(unsafe_hash=True)
class OutOfRange(MentoringError):
    """A number is outside `least` to `most`, both included."""

    field: FieldName
    least: int
    most: int


@dataclass(unsafe_hash=True)
class NoLongerOffered(MentoringError):
    """An owner changed the list while the form was open, and the choice is not on it any more."""

    field: FieldName


@dataclass(unsafe_hash=True)
class InTheFuture(MentoringError):
    """A date that must have been lies after today."""

    field: FieldName


@dataclass(unsafe_hash=True)
class OutOfOrder(MentoringError):
    """A date or hour at `field` must come after the one at `after`."""

    field: FieldName
    after: FieldName


@dataclass(unsafe_hash=True)
class NotALink(MentoringError):
    """The text is not an http or https address."""

    field: FieldName


@dataclass(unsafe_hash=True)
class WouldBeForAll(MentoringError):
    """The list at `field` keeps none of those that the programme is for in these roles, so that it would be for
    everybody.
    """

    field: FieldName
    roles: tuple[str, ...]


@dataclass(unsafe_hash=True)
class TooFewGrades(MentoringError):
    """With so few grades nobody stands `gap` of them above anybody."""

    field: FieldName
    gap: int


@dataclass(unsafe_hash=True)
class OutOfReach(MentoringError):
    """Two people who asked for nobody in particular have at most `most` points, and fewer than are asked for at
    `field`.
    """

    field: FieldName
    most: int
