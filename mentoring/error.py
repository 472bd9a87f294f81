"""Refusals. Each carries the facts and no sentence: `messages/words` says it to the person."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mentoring.bar import Bar
from mentoring.field import Field


class MentoringError(Exception):
    """A rule refuses. Subclasses are dataclasses whose fields are the facts; a text that a person typed is never one.

    They are not frozen, since Python itself writes to exceptions while they travel.
    """


class Hindrance(StrEnum):
    """Why somebody cannot take part or be named."""

    GUEST = "guest"
    BOT = "bot"
    DEACTIVATED = "deactivated"
    STRANGER = "stranger"
    UNKNOWN = "unknown"
    ONESELF = "oneself"


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
class CohortClosed(MentoringError):
    """The cohort takes no applications: it has not opened, or it is over. `opens_on` is None when it is over."""

    opens_on: date | None


@dataclass(unsafe_hash=True)
class CannotTakePart(MentoringError):
    """The applicant is a guest, a bot, deactivated or of another workspace, and the programme does not admit that."""

    hindrance: Hindrance


@dataclass(unsafe_hash=True)
class CannotBeNamed(MentoringError):
    """The person named as manager or wished for cannot be that. `person` is a Slack user id."""

    field: Field
    person: str
    hindrance: Hindrance


@dataclass(unsafe_hash=True)
class Missing(MentoringError):
    """A required field is empty."""

    field: Field


@dataclass(unsafe_hash=True)
class TooLong(MentoringError):
    """A text or a list is longer than it may be; `most` counts characters or lines."""

    field: Field
    most: int


@dataclass(unsafe_hash=True)
class NotDays(MentoringError):
    """`lines` of a list of days, counted from 1, say no day."""

    field: Field
    lines: tuple[int, ...]


@dataclass(unsafe_hash=True)
class OutOfRange(MentoringError):
    """A number is outside `least` to `most`, both included."""

    field: Field
    least: int
    most: int


@dataclass(unsafe_hash=True)
class NoLongerOffered(MentoringError):
    """An owner changed the list while the form was open, and the choice is not on it any more."""

    field: Field


@dataclass(unsafe_hash=True)
class OutsideSegment(MentoringError):
    """The programme is for others in this role ("mentee", "mentor"), by their department or grade (D2.6). `known` says
    whether we know which one this person has.
    """

    field: Field
    role: str
    known: bool = True


@dataclass(unsafe_hash=True)
class WouldBeForAll(MentoringError):
    """The list at `field` keeps none of those that the programme is for in these roles, so that it would be for
    everybody.
    """

    field: Field
    roles: tuple[str, ...]


@dataclass(unsafe_hash=True)
class TooFewGrades(MentoringError):
    """With so few grades nobody stands `gap` of them above anybody."""

    field: Field
    gap: int


@dataclass(unsafe_hash=True)
class OutOfReach(MentoringError):
    """Two people who asked for nobody in particular have at most `most` points, and fewer than are asked for at
    `field`.
    """

    field: Field
    most: int


@dataclass(unsafe_hash=True)
class TooShortService(MentoringError):
    """A mentor has less service than the programme asks (D1.2). `welcome_on` is the day from which they have enough."""

    months: int
    welcome_on: date


@dataclass(unsafe_hash=True)
class InTheFuture(MentoringError):
    """A date that must have been lies after today."""

    field: Field


@dataclass(unsafe_hash=True)
class OutOfOrder(MentoringError):
    """A date or hour at `field` must come after the one at `after`."""

    field: Field
    after: Field


@dataclass(unsafe_hash=True)
class NotALink(MentoringError):
    """The text is not an http or https address."""

    field: Field


@dataclass(unsafe_hash=True)
class NoSuchApplication(MentoringError):
    """There is no such application for this person to see, or it has been erased."""


@dataclass(unsafe_hash=True)
class AlreadyWithdrawn(MentoringError):
    """The application was withdrawn before; nothing changed."""


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
class CannotPair(MentoringError):
    """A hard rule keeps these two apart. `role` says whose place is missing, where that is the bar ("mentee",
    "mentor").
    """

    bar: Bar
    role: str | None


@dataclass(unsafe_hash=True)
class ReasonWanted(MentoringError):
    """These rules keep the two apart, and only a written reason sets them aside (D2.14)."""

    bars: tuple[Bar, ...]
    field: Field = Field.REASON


@dataclass(unsafe_hash=True)
class NotApplied(MentoringError):
    """Who was chosen has sent nothing for this role in this round."""

    field: Field


@dataclass(unsafe_hash=True)
class CannotSwap(MentoringError):
    """Another owner has approved or kept one of the two proposals, or they share somebody. `by` is that owner's Slack
    user id, or "".
    """

    by: str = ""


@dataclass(unsafe_hash=True)
class HeldByOther(MentoringError):
    """An owner has approved or kept the proposal that somebody else would be put in place of. `by` is their Slack user
    id.
    """

    by: str


@dataclass(unsafe_hash=True)
class OfOthers(MentoringError):
    """A line of a list names a proposal, and two people of whom it is not."""


@dataclass(unsafe_hash=True)
class Contradicted(MentoringError):
    """The lines of a list with these numbers decide differently about the same two."""

    lines: tuple[int, ...]


@dataclass(unsafe_hash=True)
class PartOfIt(MentoringError):
    """An owner does not decide about themself while there is another owner."""


@dataclass(unsafe_hash=True)
class NotOnTheDesk(MentoringError):
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


@dataclass(unsafe_hash=True)
class NoSuchPartnership(MentoringError):
    """There is no such partnership for this person to see."""


@dataclass(unsafe_hash=True)
class NoPartnership(MentoringError):
    """The person has no active partnership."""


@dataclass(unsafe_hash=True)
class AlreadyEnded(MentoringError):
    """The partnership is over; nothing changed."""


@dataclass(unsafe_hash=True)
class StillRunning(MentoringError):
    """The partnership is not over yet."""


@dataclass(unsafe_hash=True)
class AlreadyBack(MentoringError):
    """They went back to the pool before; nothing changed. `withdrawn` says whether they have left it since."""

    withdrawn: bool = False


@dataclass(unsafe_hash=True)
class BeforeTheStart(MentoringError):
    """A meeting cannot lie before the partnership began."""

    field: Field
    started_on: date


@dataclass(unsafe_hash=True)
class NoSuchMeeting(MentoringError):
    """There is no such meeting for this person to see or to correct."""


@dataclass(unsafe_hash=True)
class NotYourLog(MentoringError):
    """Only who logged a meeting corrects it."""


@dataclass(unsafe_hash=True)
class NotAsked(MentoringError):
    """The question is not open to this person: too early, over, or `answered`."""

    answered: bool = False


@dataclass(unsafe_hash=True)
class CohortOver(MentoringError):
    """The cohort is closed already, or it was another one; nothing changed."""


@dataclass(unsafe_hash=True)
class AlreadySettled(MentoringError):
    """Somebody has already decided about this message, or it is gone; nothing changed."""
