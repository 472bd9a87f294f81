"""Small rounds at random, with every rule of matching in play."""

import os
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from hypothesis import strategies as st

from mentoring.application import Application, Confidence, Role, State, Way
from mentoring.ban import Ban, in_order
from mentoring.match import MatchState
from mentoring.partnership import PartnershipState
from mentoring.person import Standing
from mentoring.round import Round
from mentoring.segment import Segment
from mentoring.staff import StaffRecord
from mentoring.weights import Weights
from tests.mentoring.factories import CAREER, CULTURE, JOBS, OWNER, match, mentee, mentor, partnership, round_of
from tests.mentoring.values import COHORT, NOON, PROGRAMME, person

EXAMPLES = int(os.environ.get("EXAMPLES", "25"))
"""How many of them each test tries."""

GRADED = replace(PROGRAMME, grades=("A", "B", "C", "D"), departments=("Archives", "Loans"))
TOPICS = (CAREER, JOBS, CULTURE)
LANGUAGES = ("English", "Dutch; English", "Frisian", "")
ZONES = ("Europe/London", "Asia/Kolkata", "America/Los_Angeles", "nowhere")
TEXTS = (
    "",
    "To find my way.",
    "How to teach a class of students.",
    "Teaching classes, above all.",
    "Good tea, résumés.",
)
SENT_ON = (NOON.date(), COHORT.opens_on - timedelta(days=100), COHORT.opens_on - timedelta(days=400))
SOMEBODY = st.sampled_from([f"U{number}" for number in range(8)])

WEIGHTS = st.builds(
    Weights,
    topics=st.sampled_from([40, 0]),
    hopes=st.sampled_from([10, 0, 33]),
    department=st.sampled_from([10, 0]),
    months=st.sampled_from([6, 0]),
    waiting=st.sampled_from([10, 0, 100]),
    load=st.sampled_from([5, 0, 40]),
    at_least=st.sampled_from([0, 0, 30, 60, 80]),
)
"""With weights that make ties, and weights that outdo the others."""
PROGRAMMES = st.builds(
    partial(replace, GRADED),
    weights=WEIGHTS,
    least_gap=st.sampled_from([0, 0, 0, 1, 2]),
    for_mentees=st.sampled_from([Segment()] * 6 + [Segment(("Loans",)), Segment(grades=("A", "B"))]),
    for_mentors=st.sampled_from([Segment()] * 6 + [Segment(("Archives", "Loans"), ("C", "D"))]),
)
STAFF = st.lists(
    st.builds(
        StaffRecord,
        SOMEBODY,
        st.sampled_from(["", "Loans"]),
        st.sampled_from(["", "C"]),
        st.sampled_from([f"U{number}" for number in range(8)] + ["", "BOSS"]),
    ),
    max_size=4,
    unique_by=lambda record: record.person,
)
"""Lines of management go through people who have not applied, and sometimes round in circles."""


@st.composite
def rounds(draw: st.DrawFn, *, most: int = 6, most_in_both: int = 3) -> Round:
    """A round of at most so many people, of whom at most `most_in_both` are mentor and mentee at once."""
    users = [f"U{number}" for number in range(draw(st.integers(2, most)))]
    both = draw(st.integers(0, most_in_both))
    sent = [
        draw(applications(user, role))
        for number, user in enumerate(users)
        for role in (list(Role) if number < both else [draw(st.sampled_from(Role))])
    ]
    before = draw(st.lists(st.tuples(SOMEBODY, SOMEBODY, st.sampled_from(MatchState)), max_size=3))
    running = draw(st.lists(st.tuples(SOMEBODY, SOMEBODY), max_size=1))
    over = draw(st.lists(st.tuples(SOMEBODY, SOMEBODY, st.booleans()), max_size=1))
    earlier = [
        partnership(
            one,
            other,
            id="earlier",
            cohort_id="c0",
            mentee_application="a0",
            mentor_application="b0",
            state=PartnershipState.ENDED,
            not_again=(other,) if is_enough else (),
        )
        for one, other, is_enough in over
        if one != other
    ]
    twos = st.lists(st.tuples(SOMEBODY, SOMEBODY).filter(lambda two: two[0] != two[1]), max_size=1)
    standing = st.sampled_from([Standing.MEMBER] * 9 + [Standing.DEACTIVATED])
    return round_of(
        *draw(st.permutations(sent)),
        confided=[Confidence(one.id, draw(st.sampled_from(TEXTS)), draw(SOMEBODY), draw(SOMEBODY)) for one in sent],
        matches=[match(one, other, state) for one, other, state in before if one != other],
        partnerships=[*(partnership(one, other) for one, other in running if one != other), *earlier],
        people=[person(user, draw(standing), draw(st.sampled_from(ZONES))) for user in users],
        programme=draw(PROGRAMMES),
        staff=draw(STAFF),
        bans=[Ban(*in_order(*two), by=OWNER, at=NOON) for two in draw(twos)],
        declined=draw(twos),
    )


@st.composite
def applications(draw: st.DrawFn, user: str, role: Role) -> Application:
    applies = mentee if role is Role.MENTEE else mentor
    sent_on: date = draw(st.sampled_from(SENT_ON))
    return applies(
        user,
        *draw(st.lists(st.sampled_from(TOPICS), min_size=1, max_size=2, unique=True)),
        places=draw(st.integers(1, 3)) if role is Role.MENTOR else 1,
        months=draw(st.sampled_from([6, 12])),
        ways=draw(st.sampled_from([(Way.VIDEO,), (Way.PHONE, Way.VIDEO), (Way.WALKING,)])),
        languages=draw(st.sampled_from(LANGUAGES)),
        grade=draw(st.sampled_from(["", *GRADED.grades])),
        department=draw(st.sampled_from(["", *GRADED.departments])),
        state=draw(st.sampled_from([State.OPEN] * 9 + [State.WITHDRAWN])),
        sent_on=sent_on,
        sent_at=NOON - (NOON.date() - sent_on),
    )
