"""A programme with people in it, to write messages about. Dates are those of one winter round."""

from dataclasses import replace
from datetime import UTC, date, datetime

from mentoring.application import Application, Confidence, Role, State, Way
from mentoring.person import Person, Standing
from mentoring.programme import Cohort, Programme, Term, Terms

ADA, BEN, CLEO, OWEN, SUE = "UADA", "UBEN", "UCLEO", "UOWEN", "USUE"
NAMES = {ADA: "Ada", BEN: "Ben", CLEO: "Cleo", OWEN: "Owen", SUE: "Sue"}

IN_TIME = date(2027, 1, 15)
MATCHING = date(2027, 2, 5)
RUNNING = date(2027, 3, 1)

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
    admits=frozenset({Standing.GUEST}),
    terms=TANDEMS,
)

REQUEST = Application(
    id="A1",
    cohort_id="C1",
    person=ADA,
    role=Role.MENTEE,
    state=State.OPEN,
    topics=("Career planning", "Work/life issues"),
    months=6,
    ways=(Way.IN_PERSON, Way.VIDEO),
    languages="English, Welsh",
    department="",
    grade="",
    started_on=None,
    places=1,
    sent_at=datetime(2027, 1, 15, 10, 30, tzinfo=UTC),
    sent_on=date(2027, 1, 15),
)
HOPES = Confidence("A1", "I would like to lead a team & do not know how to begin.\n<Somebody> to talk to.", SUE, CLEO)
OFFER = replace(
    REQUEST,
    id="A2",
    role=Role.MENTOR,
    topics=("Organisational culture", "Career planning"),
    months=12,
    ways=(Way.WALKING,),
    started_on=date(2019, 9, 2),
    places=2,
    sent_at=datetime(2027, 1, 16, 8, 0, tzinfo=UTC),
    sent_on=date(2027, 1, 16),
)
OFFERED = Confidence("A2", "Twenty years of finding things out the slow way.", SUE)


def late(application: Application) -> Application:
    return replace(application, sent_at=datetime(2027, 2, 2, 9, 0, tzinfo=UTC), sent_on=date(2027, 2, 2))


def withdrawn(application: Application) -> Application:
    return replace(application, state=State.WITHDRAWN, version=application.version + 1)


def member(user_id: str) -> Person:
    return Person(user_id, Standing.MEMBER, NAMES[user_id], "Europe/London")
