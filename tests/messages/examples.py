"""A programme with people in it, to write messages about. Dates are those of one winter round."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mentoring.agreements.agreement import Agreement, AgreementVersion
from mentoring.agreements.terms import AgreementTerms, AnswerWithin, ContactBetween, MeetingHours
from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementAudience,
    AnnouncementContext,
    AnnouncementKind,
    AnnouncementState,
    Progress,
)
from mentoring.applications.application import Application, ApplicationState, MeetingMode, PrivateAnswers, Role
from mentoring.cases.case import Case
from mentoring.core.people import AccountStatus, Person
from mentoring.core.programmes import Cohort, Programme, Term, Terms
from mentoring.feedback.figures import Summary
from mentoring.items.item import ActionItem, ItemOwner
from mentoring.matching.match import Match, MatchState, Reason, ReasonKind
from mentoring.matching.round import MatchingRound
from mentoring.meetings.log import Meeting, MeetingNotes
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.partnerships.scheduling import WhoSchedules
from mentoring.partnerships.timing import MeetingRhythm
from mentoring.people.file_import import FileImport, FileImportState
from mentoring.remarks.remark import Remark
from mentoring.status import PartnershipStatus, Quiet

ADA, BEN, CLEO, OWEN, SUE = "UADA", "UBEN", "UCLEO", "UOWEN", "USUE"
NAMES = {ADA: "Ada", BEN: "Ben", CLEO: "Cleo", OWEN: "Owen", SUE: "Sue"}

IN_TIME = date(2027, 1, 15)
MATCHING = date(2027, 2, 5)
RUNNING = date(2027, 3, 1)
LATER = date(2027, 5, 10)

PLAIN = Programme(id="P1", name="Library mentoring", contact=OWEN)
COHORT = Cohort("C1", "P1", date(2027, 1, 4), date(2027, 1, 31), date(2027, 2, 15), date(2028, 2, 15))
TANDEMS = Terms(Term("guide", "guides"), Term("explorer", "explorers"), Term("tandem", "tandems"))
CUSTOM = replace(
    PLAIN,
    name="Tandems & more",
    purpose="So that everybody here finds their way, and somebody to walk it with.",
    departments=("Collections", "IT", "Reading rooms"),
    grades=("Assistant", "Librarian", "Head of department"),
    expectations_url="https://library.example/expectations",
    country="GB",
    working_days=(0, 1, 2, 3),
    closed_days=(date(2027, 12, 24), date(2027, 12, 29)),
    admits=frozenset({AccountStatus.GUEST}),
    terms=TANDEMS,
)

REQUEST = Application(
    id="A1",
    cohort_id="C1",
    person=ADA,
    role=Role.MENTEE,
    state=ApplicationState.OPEN,
    topics=("Career planning", "Work/life issues"),
    months=6,
    ways=(MeetingMode.IN_PERSON, MeetingMode.VIDEO),
    languages="English, Welsh",
    department="",
    grade="",
    started_on=None,
    places=1,
    sent_at=datetime(2027, 1, 15, 10, 30, tzinfo=UTC),
    sent_on=date(2027, 1, 15),
)
HOPES = PrivateAnswers(
    "A1",
    "I would like to lead a team & do not know how to begin.\n<Somebody> to talk to.",
    SUE,
    CLEO,
    hopes_shared=True,
)
OFFER = replace(
    REQUEST,
    id="A2",
    role=Role.MENTOR,
    topics=("Organisational culture", "Career planning"),
    months=12,
    ways=(MeetingMode.WALKING,),
    started_on=date(2019, 9, 2),
    places=2,
    sent_at=datetime(2027, 1, 16, 8, 0, tzinfo=UTC),
    sent_on=date(2027, 1, 16),
)
OFFERED = PrivateAnswers("A2", "Twenty years of finding things out the slow way.", SUE)


def late(application: Application) -> Application:
    return replace(application, sent_at=datetime(2027, 2, 2, 9, 0, tzinfo=UTC), sent_on=date(2027, 2, 2))


def withdrawn(application: Application) -> Application:
    return replace(application, state=ApplicationState.WITHDRAWN, version=application.version + 1)


LISTED = FileImport(
    "I1",
    "P1",
    OWEN,
    "F1",
    datetime(2027, 1, 15, 10, 0, tzinfo=UTC),
    FileImportState.READY,
    {
        "kind": "applications",
        "lines": [
            [2, "Ada Adams, mentee", "New. I ask them to confirm.", True],
            [3, "Ben Brook, mentor", "New. It counts at once.", True],
            [4, "Cleo, mentee", "Unchanged: they have applied already.", False],
        ],
        "summary": "2 new, 0 changed, 1 unchanged. I will ask the people in 1 application to confirm. Until then, they "
        "aren’t matched.",
        "changed": [],
    },
    version=2,
)


def entered(application: Application) -> Application:
    """As it was entered for its person, who has not confirmed it."""
    return replace(application, state=ApplicationState.UNCONFIRMED)


def member(user_id: str) -> Person:
    return Person(user_id, AccountStatus.MEMBER, NAMES[user_id], "Europe/London")


OTHERS_OFFER = replace(OFFER, id="A7", person=BEN, department="IT", grade="Head of department")
"""Ben offers what Ada asks for."""
REASONS = (
    Reason(ReasonKind.SHARED_TOPICS, ("Career planning", "Work/life issues")),
    Reason(ReasonKind.WISHED),
    Reason(ReasonKind.GRADES_ABOVE, ("2",)),
    Reason(ReasonKind.OTHER_DEPARTMENT),
    Reason(ReasonKind.SAME_WAYS, ("in-person", "video")),
    Reason(ReasonKind.SAME_LANGUAGE),
    Reason(ReasonKind.SAME_MONTHS, ("6",)),
)
MATCH = Match("M1", "C1", "A1", "A7", ADA, BEN, 86, REASONS)
ASKED_AT = datetime(2027, 2, 8, 14, 0, tzinfo=UTC)
ASKED = replace(MATCH, state=MatchState.OFFERED, approvals=(OWEN, SUE), offered_at=ASKED_AT)

PARTNERSHIP = Partnership(
    "R1", "C1", "M1", "A1", "A7", ADA, BEN, ("Career planning",), 6, datetime(2027, 2, 15, 15, 0, tzinfo=UTC)
)
OVER_AT = datetime(2027, 5, 3, 9, 0, tzinfo=UTC)
ENDED = replace(PARTNERSHIP, state=PartnershipState.ENDED, over_at=OVER_AT)
CLOSED = replace(PARTNERSHIP, state=PartnershipState.CLOSED, over_at=datetime(2027, 8, 20, 9, 0, tzinfo=UTC))
OTHER_PARTNERSHIP = replace(PARTNERSHIP, id="R2", mentor=CLEO, mentor_application="A8", topics=("Work/life issues",))

FIRST = Meeting("V1", "R1", date(2027, 2, 22), 60, MeetingMode.IN_PERSON, ("Career planning",), ADA)
SECOND = Meeting("V2", "R1", date(2027, 3, 12), 45, MeetingMode.VIDEO, (), BEN)
NOTES = MeetingNotes("V1", "We talked about <leading> & following.")
PLAN = MeetingNotes("V2")
READ = ActionItem(
    "I1",
    "R1",
    "Read the chapter on *feedback*",
    ItemOwner.MENTEE,
    date(2027, 3, 12),
    datetime(2027, 2, 22, 16, 0, tzinfo=UTC),
    ADA,
    meeting_id="V1",
)
INTRODUCE = replace(READ, id="I2", words="Introduce Ada to Cleo", owner=ItemOwner.MENTOR, due=None, changed_by=BEN)
ITEMS = (READ, INTRODUCE)
"""The action items of the first meeting."""


TERMS = AgreementTerms(
    purpose="To find out whether I should lead a team.",
    rhythm=MeetingRhythm.EVERY_SECOND_WEEK,
    minutes=60,
    ways=(MeetingMode.IN_PERSON, MeetingMode.VIDEO),
    schedules=WhoSchedules.MENTEE,
    hours=MeetingHours.WORK,
    between=ContactBetween.SLACK,
    answer=AnswerWithin.SOME_DAYS,
    until=date(2027, 8, 15),
    mentee_brings="I come prepared, say what I need, and try things out.",
    mentor_brings="I keep our dates, listen first, and say what I see.",
    feedback="Straight, and in private",
    off_limits="My <old> team & its boss",
    obstacles="",
    review_on=date(2027, 5, 17),
)
LONGER = replace(
    TERMS,
    rhythm=MeetingRhythm.ONCE_A_MONTH,
    until=date(2027, 11, 15),
    answer=None,
    obstacles="If one of us cancels twice, we ask each other if the rhythm is right.",
    review_on=date(2027, 8, 16),
)
DRAFTED = AgreementVersion(1, BEN, datetime(2027, 2, 23, 9, tzinfo=UTC), {BEN: datetime(2027, 2, 23, 9, tzinfo=UTC)})
SIGNED = replace(DRAFTED, signed={**DRAFTED.signed, ADA: datetime(2027, 2, 24, 10, tzinfo=UTC)})
CHANGED = AgreementVersion(2, ADA, datetime(2027, 5, 3, 9, tzinfo=UTC), {ADA: datetime(2027, 5, 3, 9, tzinfo=UTC)})
TO_SIGN = Agreement("R1", (DRAFTED,))
"""Ben has drafted it, and Ada reads it."""
IN_FORCE = Agreement("R1", (SIGNED,), 2)
REOPENED = Agreement("R1", (SIGNED, CHANGED), 3)
"""Ada has changed what both had signed, and Ben reads it."""
LEFT_AT = datetime(2027, 4, 12, 8, 30, tzinfo=UTC)


def gone(user_id: str) -> Person:
    """Somebody whose account has been closed since a Monday in April."""
    return replace(member(user_id), account_status=AccountStatus.DEACTIVATED, left_at=LEFT_AT)


def round_of(*matches: Match, programme: Programme = PLAIN, **more: Any) -> MatchingRound:
    """A round with Ada's request and Ben's offer in it, whose owners are Owen and Sue, if not told otherwise."""
    applications = more.pop("applications", (REQUEST, OTHERS_OFFER))
    return MatchingRound(
        programme=programme,
        cohort=COHORT,
        owners=more.pop("owners", (OWEN, SUE)),
        applications={application.id: application for application in applications},
        private_answers={},
        matches={match.id: match for match in matches},
        partnerships=more.pop("partnerships", ()),
        committee=more.pop("committee", ()),
        people={user_id: member(user_id) for user_id in NAMES},
    )


ADA_ASKS = Case("K1", PLAIN.id, ADA, OWEN, (SUE,), LEFT_AT)
"""Ada has asked Owen for help, and Sue could be asked next."""

ANNOUNCED = AnnouncementContext(
    Announcement(
        "N1",
        PLAIN.id,
        COHORT.id,
        AnnouncementKind.HALF_WAY,
        AnnouncementAudience.EVERYONE,
        state=AnnouncementState.SENDING,
        approved_by=OWEN,
        version=3,
    ),
    COHORT,
    progress=Progress(sent=3120, waiting=1880),
)
"""The half-way message goes out to 5,000 people."""

ADA_TELLS = Remark("X1", PLAIN.id, ADA, LEFT_AT)
"""Ada has told the programme something, with her name."""

REPORT = PartnershipStatus(
    active=(PARTNERSHIP, OTHER_PARTNERSHIP),
    offered=1,
    ended=1,
    closed=3,
    never_met=1,
    held=17,
    asked=21,
    meetings_this_month=4,
    quiet=(Quiet(OTHER_PARTNERSHIP, 26),),
    check_ins=Summary(8, 6, 6, 4.2, helps=("Meeting on a walk", "Short & regular talks"), hinders=("Finding a time",)),
    surveys=Summary(4, 3),
    baselines=Summary(12, 9),
    taken=Counter(
        application
        for p in (PARTNERSHIP, OTHER_PARTNERSHIP)
        for application in (p.mentee_application, p.mentor_application)
    ),
)
