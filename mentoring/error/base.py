"""What any rule may refuse by."""

from dataclasses import dataclass


class MentoringError(Exception):
    """A rule refuses. Subclasses are dataclasses whose fields are the facts; a text that a person typed is never one.

    They are not frozen, since Python itself writes to exceptions while they travel.
    """


@dataclass(unsafe_hash=True)
class Refused(MentoringError):
    """Several refusals of one form, so that a person mends them all at once."""

    reasons: tuple[MentoringError, ...]


@dataclass(unsafe_hash=True)
class NotForYou(MentoringError):
    """Only an owner, or the person themself, may do this."""


@dataclass(unsafe_hash=True)
class NoProgramme(MentoringError):
    """The workspace has no programme yet: nobody is named in MENTOR_OWNERS."""


@dataclass(unsafe_hash=True)
class Outdated(MentoringError):
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
