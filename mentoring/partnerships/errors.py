"""Refusals about partnerships, meetings and feedback."""

from dataclasses import dataclass
from datetime import date

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class NoSuchPartnership(MentoringError):
    """The partnership does not exist, or this person may not see it."""


@dataclass(unsafe_hash=True)
class NoPartnership(MentoringError):
    """The person has no active partnership."""


@dataclass(unsafe_hash=True)
class AlreadyEnded(MentoringError):
    """The partnership is already over. Nothing was changed."""


@dataclass(unsafe_hash=True)
class NobodyToThank(MentoringError):
    """The other was erased, so that a thank-you cannot be sent."""

    field: FieldName


@dataclass(unsafe_hash=True)
class StillRunning(MentoringError):
    """The partnership is still active."""


@dataclass(unsafe_hash=True)
class PartnershipPaused(MentoringError):
    """The partnership is paused, until a day if that is known, so that nothing is agreed now."""

    until: date | None


@dataclass(unsafe_hash=True)
class PausedNow(MentoringError):
    """The partnership is paused, so that no time can be offered."""


@dataclass(unsafe_hash=True)
class EndNotAllowed(MentoringError):
    """The end is neither the agreed one (`current`) nor between `earliest` and `latest`.

    `latest` is before `earliest` if only `current` is possible.
    """

    field: FieldName
    earliest: date
    latest: date
    current: date


@dataclass(unsafe_hash=True)
class EndReached(MentoringError):
    """The partnership came to its agreed end on `ended_on`, so that it cannot be paused, nor its end moved."""

    ended_on: date


@dataclass(unsafe_hash=True)
class NotPaused(MentoringError):
    """Neither of the two has asked for a pause, or it is over."""


@dataclass(unsafe_hash=True)
class NothingToMove(MentoringError):
    """There was no pause of a day or more by whose length the end could be moved, or it was moved already."""


@dataclass(unsafe_hash=True)
class SameEnd(MentoringError):
    """The day that was proposed is the agreed end already."""

    field: FieldName


@dataclass(unsafe_hash=True)
class EndProposalOver(MentoringError):
    """The proposal, or the end that a question was about, is no longer the newest. `ends_on` is the agreed end now."""

    ends_on: date


@dataclass(unsafe_hash=True)
class AlreadyBack(MentoringError):
    """The person has already returned to the pool. Nothing was changed.

    `withdrawn` is true if their application has been withdrawn since.
    """

    withdrawn: bool = False


@dataclass(unsafe_hash=True)
class BeforeTheStart(MentoringError):
    """The meeting is dated before the introduction, which was on `started_on`."""

    field: FieldName
    started_on: date


@dataclass(unsafe_hash=True)
class NoSuchMeeting(MentoringError):
    """The meeting does not exist, or this person may not see it."""


@dataclass(unsafe_hash=True)
class LoggedThatDay(MentoringError):
    """A meeting of the two on `met_on` is logged already, and this one is not marked as another. `logged_by` is the
    author of the first log (a Slack user id); `own` says that the same person logs this one.
    """

    met_on: date
    logged_by: str
    own: bool = False
    field: FieldName = FieldName.MET_ON


@dataclass(unsafe_hash=True)
class NotYourLog(MentoringError):
    """Only the person who logged a meeting may correct it."""


@dataclass(unsafe_hash=True)
class NotAsked(MentoringError):
    """The question is not open to this person: it is too early or too late, or it has been `answered`."""

    answered: bool = False
