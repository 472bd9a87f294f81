"""Refusals that any rule or form may raise."""

from dataclasses import dataclass
from datetime import date

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Cohort, Programme


class MentoringError(Exception):
    """Base class of refusals: dataclasses whose fields hold facts, but never a text that a person typed.

    They are not frozen, because Python sets attributes on an exception while it propagates.
    """


@dataclass(unsafe_hash=True)
class InvalidForm(MentoringError):
    """All refusals of one form, so that the person can correct them together."""

    reasons: tuple[MentoringError, ...]


@dataclass(unsafe_hash=True)
class NotForYou(MentoringError):
    """Only an owner or the person concerned may do this."""


@dataclass(unsafe_hash=True)
class NotAnAdministrator(NotForYou):
    """Only an administrator may do this."""


@dataclass(unsafe_hash=True)
class NoProgramme(MentoringError):
    """The workspace has no programme yet, because MENTOR_OWNERS names nobody."""


@dataclass(unsafe_hash=True)
class SeveralProgrammes(MentoringError):
    """The request could be about several programmes, and the person has to choose. `today` is their date."""

    programmes: tuple[tuple[Programme, Cohort], ...]
    today: date


@dataclass(unsafe_hash=True)
class NoOpenProgramme(MentoringError):
    """No programme of the workspace takes applications of this person now."""


@dataclass(unsafe_hash=True)
class StaleRequest(MentoringError):
    """The form or button shows an outdated state, after an event or an action of the same person.

    `typed` tells a form from a button. `withdrawn` is true if the application concerned has been withdrawn.
    """

    typed: bool = True
    withdrawn: bool = False


@dataclass(unsafe_hash=True)
class ChangedMeanwhile(MentoringError):
    """Another person has saved since the form was opened. `by` is their Slack user id, or None if unknown."""

    by: str | None


@dataclass(unsafe_hash=True)
class CohortOver(MentoringError):
    """The cohort is already closed, or is not the current one. Nothing was changed."""


@dataclass(unsafe_hash=True)
class AlreadyResolved(MentoringError):
    """An owner has already resolved this undelivered message, or it no longer exists. Nothing was changed."""


@dataclass(unsafe_hash=True)
class Missing(MentoringError):
    """A required field is empty."""

    field: FieldName


@dataclass(unsafe_hash=True)
class Contradiction(MentoringError):
    """The answers in `field` and in `other` cannot both be true."""

    field: FieldName
    other: FieldName


@dataclass(unsafe_hash=True)
class TooLong(MentoringError):
    """A text or list is too long. `most` is the maximum, in characters or lines."""

    field: FieldName
    most: int


@dataclass(unsafe_hash=True)
class NameTaken(MentoringError):
    """Another programme has this name."""

    field: FieldName


@dataclass(unsafe_hash=True)
class NotDays(MentoringError):
    """Some lines of a list of days are not dates. `lines` are their numbers, counted from 1."""

    field: FieldName
    lines: tuple[int, ...]


@dataclass(unsafe_hash=True)
class OutOfRange(MentoringError):
    """A number is less than `least` or more than `most`."""

    field: FieldName
    least: int
    most: int


@dataclass(unsafe_hash=True)
class NoLongerOffered(MentoringError):
    """The choice is no longer in the list: an owner changed the list while the form was open."""

    field: FieldName


@dataclass(unsafe_hash=True)
class InTheFuture(MentoringError):
    """A date that must be in the past is after today."""

    field: FieldName


@dataclass(unsafe_hash=True)
class NotInTheFuture(MentoringError):
    """A date that must be after today is not."""

    field: FieldName


@dataclass(unsafe_hash=True)
class TooLongAgo(MentoringError):
    """A date before `earliest`, which must have been mistyped."""

    field: FieldName
    earliest: date


@dataclass(unsafe_hash=True)
class TooFarAhead(MentoringError):
    """A date after `latest`, which must have been mistyped."""

    field: FieldName
    latest: date


@dataclass(unsafe_hash=True)
class OutOfOrder(MentoringError):
    """The date or hour in `field` must be later than the one in `after`."""

    field: FieldName
    after: FieldName


@dataclass(unsafe_hash=True)
class NotALink(MentoringError):
    """The text is not an http or https URL."""

    field: FieldName


@dataclass(unsafe_hash=True)
class WouldBeForAll(MentoringError):
    """The new list in `field` drops every entry of a segment, which would open the programme to everybody.

    `roles` are the roles ("mentee", "mentor") of the segments concerned.
    """

    field: FieldName
    roles: tuple[str, ...]


@dataclass(unsafe_hash=True)
class TooFewGrades(MentoringError):
    """The programme has too few grades for a gap of `gap` between mentor and mentee."""

    field: FieldName
    gap: int


@dataclass(unsafe_hash=True)
class OutOfReach(MentoringError):
    """The minimum score in `field` is higher than `most`, the best score possible without a wish."""

    field: FieldName
    most: int
