"""What stands in the way of a ruling, a match or an offer."""

from dataclasses import dataclass
from datetime import datetime

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName
from mentoring.matching.hard_rules import HardRule


@dataclass(unsafe_hash=True)
class CannotPair(MentoringError):
    """A hard rule keeps these two apart. `role` says whose place is missing, where that is the bar ("mentee",
    "mentor").
    """

    broken_rule: HardRule
    role: str | None


@dataclass(unsafe_hash=True)
class ReasonRequired(MentoringError):
    """These rules keep the two apart, and only a written reason sets them aside (D2.14)."""

    rules: tuple[HardRule, ...]
    field: FieldName = FieldName.REASON


@dataclass(unsafe_hash=True)
class NotApplied(MentoringError):
    """Who was chosen has sent nothing for this role in this round."""

    field: FieldName


@dataclass(unsafe_hash=True)
class CannotSwap(MentoringError):
    """Another owner has approved or kept one of the two proposals, or they share somebody. `by` is that owner's Slack
    user id, or "".
    """

    by: str = ""


@dataclass(unsafe_hash=True)
class HeldByOtherOwner(MentoringError):
    """An owner has approved or kept the proposal that somebody else would be put in place of. `by` is their Slack user
    id.
    """

    by: str


@dataclass(unsafe_hash=True)
class WrongPair(MentoringError):
    """A line of a list names a proposal, and two people of whom it is not."""


@dataclass(unsafe_hash=True)
class Contradicted(MentoringError):
    """The lines of a list with these numbers decide differently about the same two."""

    lines: tuple[int, ...]


@dataclass(unsafe_hash=True)
class ConflictOfInterest(MentoringError):
    """An owner does not decide about themself while there is another owner."""


@dataclass(unsafe_hash=True)
class NotPending(MentoringError):
    """The match is not waiting for a decision any more. `state` is a `MatchState`, or "" for another round's."""

    state: str = ""


@dataclass(unsafe_hash=True)
class AlreadyProposing(MentoringError):
    """Proposals are being looked for, `since` (aware) somebody asked for them."""

    since: datetime


@dataclass(unsafe_hash=True)
class NothingToRelease(MentoringError):
    """No proposal has all the approvals it needs. `asked` counts the matches that were released and are open."""

    asked: int = 0


@dataclass(unsafe_hash=True)
class NotYourOffer(MentoringError):
    """Somebody else is asked."""


@dataclass(unsafe_hash=True)
class OfferOver(MentoringError):
    """The offer is not open any more: it was declined, it has lapsed, or the round was closed."""


@dataclass(unsafe_hash=True)
class AlreadyAccepted(MentoringError):
    """This person said yes before; nothing changed. `introduced` says whether the other one did, too."""

    introduced: bool
