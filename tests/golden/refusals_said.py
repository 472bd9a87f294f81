"""Every refusal there is, with facts in it, and what it says."""

from datetime import UTC, date, datetime

from mentoring.applications.application import Role
from mentoring.applications.errors import (
    AlreadyWithdrawn,
    CannotBeNamed,
    CannotTakePart,
    CohortClosed,
    NoSuchApplication,
    OutsideSegment,
    TooShortService,
)
from mentoring.core.errors import (
    AlreadySettled,
    ChangedMeanwhile,
    CohortOver,
    InTheFuture,
    MentoringError,
    Missing,
    NoLongerOffered,
    NoProgramme,
    NotALink,
    NotDays,
    NotForYou,
    Outdated,
    OutOfOrder,
    OutOfRange,
    OutOfReach,
    Refused,
    TooFewGrades,
    TooLong,
    WouldBeForAll,
)
from mentoring.core.fields import Field
from mentoring.core.people import Hindrance
from mentoring.core.programmes import Programme
from mentoring.matching.errors import (
    AlreadyAccepted,
    AlreadyProposing,
    CannotPair,
    CannotSwap,
    Contradicted,
    HeldByOther,
    NotApplied,
    NothingToRelease,
    NotOnTheDesk,
    NotYourOffer,
    OfferOver,
    OfOthers,
    PartOfIt,
    ReasonWanted,
)
from mentoring.matching.hard_rules import Bar
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
from messages.errors import MISSING, sentence
from tests.golden.reading import marked
from tests.messages.examples import CLEO, NAMES, SUE

DATED = (
    (Field.APPLY_BY, Field.OPENS_ON),
    (Field.STARTS_ON, Field.APPLY_BY),
    (Field.ENDS_ON, Field.STARTS_ON),
    (Field.WORK_ENDS, Field.WORK_STARTS),
)

REFUSALS: tuple[MentoringError, ...] = (
    NotForYou(),
    NoProgramme(),
    AlreadySettled(),
    CohortClosed(date(2027, 1, 4)),
    CohortClosed(None),
    *(CannotTakePart(hindrance) for hindrance in Hindrance if hindrance is not Hindrance.ONESELF),
    *(CannotBeNamed(field, SUE, hindrance) for field in (Field.MANAGER, Field.WISH) for hindrance in Hindrance),
    *(Missing(field) for field in (*MISSING, Field.PURPOSE)),
    *(TooLong(field, 100) for field in (Field.HOPES, Field.TOPICS, Field.DEPARTMENTS, Field.GRADES)),
    *(TooLong(field, 75) for field in (Field.TOPICS, Field.DEPARTMENTS, Field.GRADES)),
    TooLong(Field.CLOSED_DAYS, 60),
    NotDays(Field.CLOSED_DAYS, (3,)),
    NotDays(Field.CLOSED_DAYS, (1, 4)),
    NotDays(Field.CLOSED_DAYS, tuple(range(1, 41))),
    OutOfRange(Field.MONTHS, 6, 12),
    OutOfRange(Field.PLACES, 1, 3),
    OutOfRange(Field.MINUTES, 5, 480),
    OutOfRange(Field.RATING, 1, 5),
    NoLongerOffered(Field.TOPICS),
    *(OutsideSegment(field, role) for field in (Field.DEPARTMENT, Field.GRADE) for role in Role),
    OutsideSegment(Field.GRADE, Role.MENTEE, known=False),
    WouldBeForAll(Field.DEPARTMENTS, (Role.MENTEE,)),
    WouldBeForAll(Field.GRADES, tuple(Role)),
    TooFewGrades(Field.GRADES, 1),
    TooFewGrades(Field.LEAST_GAP, 2),
    OutOfReach(Field.AT_LEAST, 48),
    TooShortService(12, date(2027, 3, 3)),
    TooShortService(18, date(2027, 3, 3)),
    InTheFuture(Field.STARTED_ON),
    InTheFuture(Field.MET_ON),
    BeforeTheStart(Field.MET_ON, date(2027, 2, 15)),
    *(OutOfOrder(field, after) for field, after in DATED),
    NotALink(Field.EXPECTATIONS_URL),
    NoSuchApplication(),
    AlreadyWithdrawn(),
    *(Outdated(typed, withdrawn) for typed, withdrawn in ((False, False), (True, False), (True, True))),
    ChangedMeanwhile(CLEO),
    ChangedMeanwhile(None),
    *(CannotPair(bar, None) for bar in Bar),
    *(CannotPair(bar, role) for bar in (Bar.NO_PLACE, Bar.AWAY) for role in Role),
    ReasonWanted((Bar.CHAIN_OF_COMMAND,)),
    ReasonWanted((Bar.GRADES,)),
    *(NotApplied(field) for field in (Field.MENTEE, Field.MENTOR)),
    CannotSwap(),
    CannotSwap(SUE),
    HeldByOther(SUE),
    OfOthers(),
    Contradicted((3, 7)),
    PartOfIt(),
    NotOnTheDesk(),
    *(NotOnTheDesk(state) for state in MatchState if state is not MatchState.PROPOSED),
    AlreadyProposing(datetime(2027, 1, 4, 14, 2, tzinfo=UTC)),
    NothingToRelease(),
    *(NothingToRelease(asked) for asked in (1, 2)),
    NotYourOffer(),
    OfferOver(),
    *(AlreadyAccepted(introduced) for introduced in (False, True)),
    NoSuchPartnership(),
    NoPartnership(),
    AlreadyEnded(),
    StillRunning(),
    *(AlreadyBack(withdrawn) for withdrawn in (False, True)),
    NoSuchMeeting(),
    NotYourLog(),
    *(NotAsked(answered) for answered in (False, True)),
    CohortOver(),
    Refused((Missing(Field.TOPICS), Missing(Field.HOPES), Missing(Field.TOPICS))),
)


def every_sentence(programme: Programme) -> str:
    """Each refusal and its sentence, a paragraph each."""
    return "\n".join(f"{_named(error)}\n    {marked(sentence(error, programme), NAMES)}" for error in REFUSALS) + "\n"


def _named(error: MentoringError) -> str:
    facts = ", ".join(str(fact) for fact in vars(error).values() if not isinstance(fact, tuple))
    return f"{type(error).__name__}({facts})"
