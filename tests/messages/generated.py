"""Programmes and applications as odd and as large as the rules let them be."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from mentoring.applications.application import (
    MOST_CHOSEN_LANGUAGES,
    MOST_HOPES,
    MOST_LANGUAGES,
    Application,
    ApplicationState,
    MeetingMode,
    PrivateAnswers,
    Role,
)
from mentoring.core.languages import names
from mentoring.core.lengths import LENGTHS, Length
from mentoring.core.people import ADMISSIBLE
from mentoring.core.programmes import USUAL, Cohort, Programme, ProgrammeType, Rhythm, Segment, Term, Terms, Weights
from mentoring.programmes.partnership_settings import MOST_PLACES
from mentoring.programmes.settings import MOST_CHOICES, MOST_CLOSED_DAYS, MOST_IN_CHOICE
from messages.voice import MOST_IN_TERM
from tests.messages.examples import COHORT, HOPES, OFFER, PLAIN, REQUEST

USERS = st.sampled_from(["UADA", "UBEN", "WCLEO", "U" + "0" * 20])


def words(most: int) -> st.SearchStrategy[str]:
    """What people type: any characters, the longest words, and the ones that Slack gives a meaning."""
    alphabet = st.characters(exclude_categories=("Cs", "Cc"))
    typed = st.text(alphabet, min_size=1, max_size=most).map(str.strip).filter(bool)
    return typed | st.sampled_from(["&", "<!channel>", "😀", "mmm ", "*_~`", "‮"]).map(
        lambda w: (w * most)[:most].strip()
    )


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    choices = st.lists(words(MOST_IN_CHOICE), max_size=12, unique=True).map(tuple)
    departments, grades = draw(choices), draw(choices)
    segments = st.builds(Segment, _some_of(departments), _some_of(grades))
    term = st.builds(Term, words(MOST_IN_TERM), words(MOST_IN_TERM))
    return replace(
        PLAIN,
        name=draw(words(80)),
        type=draw(st.sampled_from(ProgrammeType)),
        has_facilitators=draw(st.booleans()),
        purpose=draw(st.just("") | words(1000)),
        topics=draw(choices),
        departments=departments,
        grades=grades,
        least_gap=draw(st.integers(0, 5)),
        for_mentees=draw(segments),
        for_mentors=draw(segments),
        weights=draw(st.builds(Weights, **dict.fromkeys(asdict(USUAL), st.integers(0, 100)))),
        contact=draw(st.just("") | USERS),
        expectations_url=draw(
            st.sampled_from(["", "https://x.example/?a=1&b=2", "https:// no", "http://" + "é" * 490])
        ),
        country=draw(st.sampled_from(["", "GB", "AX", "ZZ"])),
        working_days=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        closed_days=tuple(sorted(draw(st.sets(st.dates(), max_size=3)))),
        workday=(time(draw(st.integers(0, 11))), time(draw(st.integers(12, 23)))),
        lengths=draw(st.sampled_from([LENGTHS, (Length(months=1),), (Length(weeks=6), Length(months=3))])),
        rhythm=Rhythm(draw(st.integers(1, 4)), draw(st.integers(1, 4))),
        service_months=draw(st.integers(0, 60)),
        admits=draw(st.frozensets(st.sampled_from(sorted(ADMISSIBLE)))),
        terms=Terms(draw(term), draw(term), draw(term)),
    )


def _some_of(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return (
        st.sets(st.sampled_from(names)).map(lambda some: tuple(filter(some.__contains__, names)))
        if names
        else st.just(())
    )


@st.composite
def applications(draw: st.DrawFn, programme: Programme, role: Role) -> tuple[Application, PrivateAnswers]:
    template = REQUEST if role is Role.MENTEE else OFFER
    length = draw(st.sampled_from(programme.lengths))
    application = replace(
        template,
        person=draw(USERS),
        state=draw(st.sampled_from(ApplicationState)),
        topics=tuple(draw(st.lists(st.sampled_from(programme.topics), unique=True))) if programme.topics else (),
        months=length.months,
        weeks=length.weeks,
        ways=tuple(draw(st.lists(st.sampled_from(MeetingMode), min_size=1, unique=True))),
        languages=draw(words(MOST_LANGUAGES)),
        department=draw(st.sampled_from(programme.departments)) if programme.departments else "",
        places=draw(st.integers(1, MOST_PLACES)),
        sent_on=draw(st.sampled_from([COHORT.apply_by, COHORT.apply_by + timedelta(days=1)])),
    )
    confidence = PrivateAnswers(application.id, draw(words(MOST_HOPES)), draw(USERS), draw(st.just("") | USERS))
    return application, confidence


def days() -> st.SearchStrategy[datetime]:
    first = datetime.combine(COHORT.opens_on - timedelta(days=2), time(12), UTC)
    return st.integers(0, (COHORT.ends_on - COHORT.opens_on).days + 4).map(lambda n: first + timedelta(days=n))


def _numbered(unit: str) -> tuple[str, ...]:
    return tuple(f"{n:03}{unit * MOST_IN_CHOICE}"[:MOST_IN_CHOICE] for n in range(MOST_CHOICES))


def largest(unit: str) -> tuple[Programme, Cohort, list[tuple[Application, PrivateAnswers]]]:
    """Everything as long as the rules and forms allow, made of `unit`; the pairs are of one person."""
    term = Term((unit * MOST_IN_TERM)[:MOST_IN_TERM], (unit * MOST_IN_TERM)[:MOST_IN_TERM])
    programme = replace(
        PLAIN,
        name=(unit * 80)[:80],
        purpose=(unit * 1000)[:1000],
        topics=_numbered(unit),
        departments=_numbered(unit),
        grades=_numbered(unit),
        expectations_url="https://library.example/" + "&" * 470,
        least_gap=MOST_CHOICES - 1,
        for_mentees=Segment(_numbered(unit), _numbered(unit)),
        for_mentors=Segment(_numbered(unit), _numbered(unit)),
        weights=Weights(**dict.fromkeys(asdict(USUAL), 99)),
        terms=Terms(term, term, term),
        country="TF",
        working_days=(0, 2, 4, 6),
        closed_days=tuple(date(9000 + year, 9, 30) for year in range(MOST_CLOSED_DAYS)),
    )
    longest = sorted(names().values(), key=len)[-MOST_CHOSEN_LANGUAGES:]
    said: dict[str, Any] = {
        "topics": programme.topics,
        "ways": tuple(MeetingMode),
        "languages": ", ".join([*longest, (unit * MOST_LANGUAGES)[:MOST_LANGUAGES]]),
        "department": programme.departments[0],
        "grade": programme.grades[0],
    }
    request = replace(REQUEST, **said)
    offer = replace(OFFER, **said)
    hopes = replace(HOPES, hopes=(unit * MOST_HOPES)[:MOST_HOPES])
    return programme, COHORT, [(request, hopes), (offer, replace(hopes, application_id=offer.id))]
