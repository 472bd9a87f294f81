"""Errors of decisions, matches and offers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName
from mentoring.matching.hard_rules import HardRule


@dataclass(unsafe_hash=True)
class CannotPair(MentoringError):
    """The pair breaks a hard rule. `role` ("mentee" or "mentor") is who may not take part or has no place, if that is
    the rule; else None.
    """

    broken_rule: HardRule
    role: str | None


@dataclass(unsafe_hash=True)
class CannotApprove(MentoringError):
    """The proposal breaks a hard rule by now. `role` is as in CannotPair."""

    broken_rule: HardRule
    role: str | None


@dataclass(unsafe_hash=True)
class NeedsCloserLook(MentoringError):
    """The proposal is approved only by itself. `why` is its `CloserLook`."""

    why: str


@dataclass(unsafe_hash=True)
class ReasonRequired(MentoringError):
    """The pair breaks these rules, which can be set aside only with a written reason (D2.14)."""

    rules: tuple[HardRule, ...]
    field: FieldName = FieldName.REASON


@dataclass(unsafe_hash=True)
class OwnersExempt(MentoringError):
    """The pair breaks this rule, which only owners can set aside."""

    rule: HardRule


@dataclass(unsafe_hash=True)
class NotApplied(MentoringError):
    """The chosen person has no application for this role in this round."""

    field: FieldName


@dataclass(unsafe_hash=True)
class CannotSwap(MentoringError):
    """Another approver (`by`, a Slack user id) has approved or pinned one of the proposals. With `by` "", the proposals
    share a person.
    """

    by: str = ""


@dataclass(unsafe_hash=True)
class HeldByOtherOwner(MentoringError):
    """Another approver (`by`, a Slack user id) has approved or pinned the proposal that would be replaced."""

    by: str


@dataclass(unsafe_hash=True)
class WrongPair(MentoringError):
    """A row of a list names a proposal and two people who are not its people."""


@dataclass(unsafe_hash=True)
class Contradicted(MentoringError):
    """Rows with these numbers contradict each other about the same two people."""

    lines: tuple[int, ...]


@dataclass(unsafe_hash=True)
class ConflictOfInterest(MentoringError):
    """An owner may not decide about themself while there is another owner."""


@dataclass(unsafe_hash=True)
class NotPending(MentoringError):
    """The match no longer waits for a decision. `state` is its `MatchState`, or "" if it is not in this round."""

    state: str = ""


@dataclass(unsafe_hash=True)
class AlreadyProposing(MentoringError):
    """A proposal run was requested at `since` (calendar, aware) and is not complete."""

    since: datetime


@dataclass(unsafe_hash=True)
class NothingToRelease(MentoringError):
    """No proposal has all the approvals it needs. `asked` is the number of open offers."""

    asked: int = 0


@dataclass(unsafe_hash=True)
class AlreadyAgreed(MentoringError):
    """No answer is missing: the two are introduced when the round starts."""


@dataclass(unsafe_hash=True)
class AlreadyReminded(MentoringError):
    """An owner has reminded the people of this offer today."""


@dataclass(unsafe_hash=True)
class AlreadyExtended(MentoringError):
    """The offer has another deadline than the one that the owner saw: it can be answered until `until`."""

    until: datetime


@dataclass(unsafe_hash=True)
class CannotExtend(MentoringError):
    """The offer has been out for as long as it may be."""


@dataclass(unsafe_hash=True)
class CannotAskAgain(MentoringError):
    """The match breaks a hard rule by now. `role` is as in CannotPair."""

    broken_rule: HardRule
    role: str | None


@dataclass(unsafe_hash=True)
class NotYourOffer(MentoringError):
    """The offer is for other people."""


class OfferEnding(StrEnum):
    """Why an offer is over, as far as one of its people may know it.

    DECLINED: this person declined it. WITHDRAWN: this person has withdrawn their application. EXPIRED: neither answered
    in time. CLOSED: its round was closed. RECALLED: an owner took it back. FAILED: it did not work out, for a reason
    that is not theirs to know.
    """

    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CLOSED = "closed"
    RECALLED = "recalled"
    FAILED = "failed"


@dataclass(unsafe_hash=True)
class OfferOver(MentoringError):
    """The offer is no longer open. `ending` is the reason that this person may know, or None if it is not known."""

    ending: OfferEnding | None = None


@dataclass(unsafe_hash=True)
class AlreadyAccepted(MentoringError):
    """This person has already accepted. `introduced` says whether both have."""

    introduced: bool
