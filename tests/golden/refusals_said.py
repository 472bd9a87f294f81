"""Every refusal there is, with facts in it, and what it says."""

from datetime import UTC, date, datetime

from mentoring.applications.application import Role
from mentoring.applications.errors import (
    AlreadyApplied,
    AlreadyConfirmed,
    AlreadyWithdrawn,
    CannotBeCorrected,
    CannotBeEntered,
    CannotBeNamed,
    CannotTakePart,
    CohortClosed,
    NoSuchApplication,
    OutsideSegment,
    TooShortService,
    WishedForManager,
)
from mentoring.core.errors import (
    AlreadyResolved,
    ChangedMeanwhile,
    CohortOver,
    Contradiction,
    InTheFuture,
    InvalidForm,
    MentoringError,
    Missing,
    NameTaken,
    NoLongerOffered,
    NoOpenProgramme,
    NoProgramme,
    NotALink,
    NotAnAdministrator,
    NotDays,
    NotForYou,
    NotInTheFuture,
    OutOfOrder,
    OutOfRange,
    OutOfReach,
    SeveralProgrammes,
    StaleRequest,
    TooFarAhead,
    TooFewGrades,
    TooLong,
    TooLongAgo,
    WouldBeForAll,
)
from mentoring.core.fields import FieldName
from mentoring.core.people import Ineligibility
from mentoring.core.programmes import Programme
from mentoring.goals.errors import NoPlanHere, NoSuchGoal, NothingToShare, NotShared, TooManyGoals
from mentoring.matching.approvals import CloserLook
from mentoring.matching.errors import (
    AlreadyAccepted,
    AlreadyAgreed,
    AlreadyExtended,
    AlreadyProposing,
    AlreadyReminded,
    CannotApprove,
    CannotAskAgain,
    CannotExtend,
    CannotPair,
    CannotSwap,
    ConflictOfInterest,
    Contradicted,
    HeldByOtherOwner,
    NeedsCloserLook,
    NotApplied,
    NothingToRelease,
    NotPending,
    NotYourOffer,
    OfferEnding,
    OfferOver,
    OwnersExempt,
    ReasonRequired,
    WrongPair,
)
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import MatchState
from mentoring.partnerships.errors import (
    AlreadyBack,
    AlreadyEnded,
    BeforeTheStart,
    NoPartnership,
    NoSuchMeeting,
    NoSuchPartnership,
    NotAsked,
    NotYourLog,
    StillRunning,
)
from mentoring.people.errors import CannotReadFields, NoFittingFields, NothingToPause
from mentoring.programmes.errors import CannotHaveRole
from messages.errors import MISSING, sentence_for
from tests.golden.reading import marked
from tests.messages.examples import CLEO, NAMES, SUE

DATED = (
    (FieldName.APPLY_BY, FieldName.OPENS_ON),
    (FieldName.STARTS_ON, FieldName.APPLY_BY),
    (FieldName.ENDS_ON, FieldName.STARTS_ON),
    (FieldName.WORK_ENDS, FieldName.WORK_STARTS),
    (FieldName.ACTION_BY, FieldName.MET_ON),
)

REFUSALS: tuple[MentoringError, ...] = (
    NotForYou(),
    NotAnAdministrator(),
    NoProgramme(),
    NoOpenProgramme(),
    NameTaken(FieldName.NAME),
    CannotHaveRole(CLEO, Ineligibility.GUEST, FieldName.OWNERS),
    CannotHaveRole(CLEO, Ineligibility.BOT, FieldName.COMMITTEE),
    CannotHaveRole(CLEO, Ineligibility.DEACTIVATED, FieldName.SPONSORS),
    OwnersExempt(HardRule.CHAIN_OF_COMMAND),
    SeveralProgrammes((), date(2027, 3, 1)),
    AlreadyResolved(),
    CohortClosed(date(2027, 1, 4)),
    CohortClosed(None),
    *(CannotTakePart(ineligibility) for ineligibility in Ineligibility if ineligibility is not Ineligibility.ONESELF),
    *(
        CannotBeNamed(field, SUE, ineligibility)
        for field in (FieldName.MANAGER, FieldName.WISH)
        for ineligibility in Ineligibility
    ),
    *(Missing(field) for field in (*MISSING, FieldName.MENTEE, FieldName.MENTOR, FieldName.PURPOSE)),
    *(TooLong(field, 100) for field in (FieldName.HOPES, FieldName.TOPICS, FieldName.DEPARTMENTS, FieldName.GRADES)),
    *(TooLong(field, 75) for field in (FieldName.TOPICS, FieldName.DEPARTMENTS, FieldName.GRADES)),
    TooLong(FieldName.CLOSED_DAYS, 60),
    Contradiction(FieldName.NO_MANAGER, FieldName.MANAGER),
    NotDays(FieldName.CLOSED_DAYS, (3,)),
    NotDays(FieldName.CLOSED_DAYS, (1, 4)),
    NotDays(FieldName.CLOSED_DAYS, tuple(range(1, 41))),
    OutOfRange(FieldName.MONTHS, 6, 12),
    OutOfRange(FieldName.PLACES, 1, 3),
    OutOfRange(FieldName.MINUTES, 5, 480),
    OutOfRange(FieldName.RATING, 1, 5),
    NoLongerOffered(FieldName.TOPICS),
    *(OutsideSegment(field, role) for field in (FieldName.DEPARTMENT, FieldName.GRADE) for role in Role),
    OutsideSegment(FieldName.GRADE, Role.MENTEE, known=False),
    WouldBeForAll(FieldName.DEPARTMENTS, (Role.MENTEE,)),
    WouldBeForAll(FieldName.GRADES, tuple(Role)),
    TooFewGrades(FieldName.GRADES, 1),
    TooFewGrades(FieldName.LEAST_GAP, 2),
    OutOfReach(FieldName.AT_LEAST, 48),
    TooShortService(12, date(2027, 3, 3)),
    TooShortService(18, date(2027, 3, 3)),
    InTheFuture(FieldName.STARTED_ON),
    InTheFuture(FieldName.MET_ON),
    TooLongAgo(FieldName.STARTED_ON, date(1957, 3, 3)),
    TooFarAhead(FieldName.ACTION_BY, date(2029, 3, 3)),
    TooFarAhead(FieldName.CLOSED_DAYS, date(2032, 3, 3)),
    TooFarAhead(FieldName.UNTIL, date(2027, 9, 3)),
    TooLong(FieldName.WHO, 5),
    *(WishedForManager(role) for role in Role),
    BeforeTheStart(FieldName.MET_ON, date(2027, 2, 15)),
    *(OutOfOrder(field, after) for field, after in DATED),
    NotALink(FieldName.EXPECTATIONS_URL),
    NoSuchApplication(),
    AlreadyConfirmed(),
    AlreadyWithdrawn(),
    AlreadyWithdrawn(own=False),
    CannotBeCorrected(),
    *(CannotBeEntered(CLEO, why) for why in (Ineligibility.GUEST, Ineligibility.ONESELF, Ineligibility.UNKNOWN, None)),
    AlreadyApplied(CLEO, Role.MENTEE),
    NothingToPause(),
    CannotReadFields(not_allowed=True),
    CannotReadFields(),
    NoFittingFields(),
    NotInTheFuture(FieldName.BACK_ON),
    *(StaleRequest(typed, withdrawn) for typed, withdrawn in ((False, False), (True, False), (True, True))),
    ChangedMeanwhile(CLEO),
    ChangedMeanwhile(None),
    *(CannotPair(bar, None) for bar in HardRule),
    *(CannotPair(bar, role) for bar in (HardRule.NO_PLACE, HardRule.AWAY) for role in Role),
    *(CannotApprove(bar, None) for bar in HardRule),
    *(CannotApprove(HardRule.NO_PLACE, role) for role in Role),
    ReasonRequired((HardRule.CHAIN_OF_COMMAND,)),
    ReasonRequired((HardRule.GRADES,)),
    *(NotApplied(field) for field in (FieldName.MENTEE, FieldName.MENTOR)),
    CannotSwap(),
    CannotSwap(SUE),
    HeldByOtherOwner(SUE),
    WrongPair(),
    Contradicted((3, 7)),
    *(NeedsCloserLook(why) for why in CloserLook),
    ConflictOfInterest(),
    NotPending(),
    *(NotPending(state) for state in MatchState if state is not MatchState.PROPOSED),
    AlreadyProposing(datetime(2027, 1, 4, 14, 2, tzinfo=UTC)),
    NothingToRelease(),
    *(NothingToRelease(asked) for asked in (1, 2)),
    AlreadyAgreed(),
    AlreadyReminded(),
    AlreadyExtended(datetime(2027, 2, 22, 14, 0, tzinfo=UTC)),
    CannotExtend(),
    CannotAskAgain(HardRule.NO_PLACE, Role.MENTOR),
    NotYourOffer(),
    OfferOver(),
    *(OfferOver(ending) for ending in OfferEnding),
    *(AlreadyAccepted(introduced) for introduced in (False, True)),
    NoSuchPartnership(),
    NoPartnership(),
    AlreadyEnded(),
    StillRunning(),
    *(AlreadyBack(withdrawn) for withdrawn in (False, True)),
    NoSuchMeeting(),
    NotYourLog(),
    NoPlanHere(),
    NotShared(),
    NoSuchGoal(),
    TooManyGoals(20),
    NothingToShare(),
    *(NotAsked(answered) for answered in (False, True)),
    CohortOver(),
    InvalidForm((Missing(FieldName.TOPICS), Missing(FieldName.HOPES), Missing(FieldName.TOPICS))),
)


def every_sentence(programme: Programme) -> str:
    """Each refusal and its sentence, a paragraph each."""
    return (
        "\n".join(f"{_named(error)}\n    {marked(sentence_for(error, programme), NAMES)}" for error in REFUSALS) + "\n"
    )


def _named(error: MentoringError) -> str:
    facts = ", ".join(str(fact) for fact in vars(error).values() if not isinstance(fact, tuple))
    return f"{type(error).__name__}({facts})"
