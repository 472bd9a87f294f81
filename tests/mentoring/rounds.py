"""Small rounds at random, with every rule of matching in play."""

import os
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import permutations
from typing import Any

from hypothesis import strategies as st

from mentoring.applications.application import Application, ApplicationState, MeetingMode, PrivateAnswers, Role
from mentoring.core.people import AccountStatus, Leave, StaffRecord
from mentoring.core.programmes import ProgrammeType, Segment, Weights
from mentoring.matching.hard_rules import Exclusion, HardRule, sorted_pair
from mentoring.matching.match import MatchState
from mentoring.matching.round import MatchingRound
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import CAREER, CULTURE, JOBS, OWNER, match, mentee, mentor, partnership, round_of
from tests.mentoring.values import COHORT, NOON, PROGRAMME, person

EXAMPLES = int(os.environ.get("EXAMPLES", "25"))
"""How many of them each test tries."""

GRADED = replace(PROGRAMME, grades=("A", "B", "C", "D"), departments=("Archives", "Loans"))
TOPICS = (CAREER, JOBS, CULTURE)
CHOSEN = tuple(each for many in (1, 2, 3) for each in permutations(TOPICS, many) if each[0] != CULTURE or many == 1)
LANGUAGES = ("English", "Dutch; English", "Frisian", "")
ZONES = ("Europe/London", "Asia/Kolkata", "America/Los_Angeles", "nowhere")
TEXTS = (
    "",
    "To find my way.",
    "How to teach a class of students.",
    "Teaching classes, above all.",
    "Good tea, résumés.",
)
SENT_ON = (
    *(NOON.date(),) * 3,
    *(COHORT.opens_on - timedelta(days=100),) * 3,
    *(COHORT.opens_on - timedelta(days=400),) * 3,
    COHORT.apply_by + timedelta(days=1),
)
SOMEBODY = st.sampled_from([f"U{number}" for number in range(8)])
MANAGERS = st.sampled_from([*("", "BOSS", "CHIEF") * 4, *(f"U{number}" for number in range(8))])
"""Mostly nobody who has applied: a round in which everybody stands below everybody has little to match."""

WEIGHTS = st.builds(
    Weights,
    topics=st.sampled_from([40, 40, 0]),
    hopes=st.sampled_from([10, 0, 33]),
    department=st.sampled_from([10, 0]),
    months=st.sampled_from([6, 0]),
    waiting=st.sampled_from([10, 0, 100]),
    load=st.sampled_from([5, 0, 40]),
    at_least=st.sampled_from([*[0] * 8, 30, 50, 70]),
)
"""With weights that make ties, and weights that outdo the others."""
PROGRAMMES = st.builds(
    partial(replace, GRADED),
    weights=WEIGHTS,
    type=st.sampled_from([ProgrammeType.MENTORING] * 3 + [ProgrammeType.PEER]),
    least_gap=st.sampled_from([0] * 6 + [1, 2]),
    shared_hours=st.sampled_from([False] * 4 + [True]),
    for_mentees=st.sampled_from([Segment()] * 12 + [Segment(("Loans",)), Segment(grades=("A", "B"))]),
    for_mentors=st.sampled_from([Segment()] * 12 + [Segment(("Archives", "Loans"), ("C", "D"))]),
)
STAFF = st.lists(
    st.builds(
        StaffRecord,
        st.sampled_from([f"U{number}" for number in range(8)] + ["BOSS", "CHIEF"]),
        st.sampled_from(["", "Loans"]),
        st.sampled_from(["", "C"]),
        MANAGERS,
    ),
    max_size=3,
    unique_by=lambda record: record.person,
)
"""Lines of management go through people who have not applied, and sometimes round in circles."""


DECIDED: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        *({},) * 4,
        {"approvals": (OWNER,)},
        {"paired_by": OWNER, "approvals": (OWNER,)},
        {"paired_by": OWNER},
        {"pinned_by": OWNER},
        {"exempted": (HardRule.CHAIN_OF_COMMAND,)},
        {"exempted": (HardRule.CHAIN_OF_COMMAND, HardRule.GRADES), "paired_by": OWNER, "pinned_by": OWNER},
    ]
)
"""What an owner has done with a proposal, if anything."""
STATES = st.sampled_from([*(MatchState.PROPOSED,) * 6, *MatchState])
SELDOM = st.sampled_from([0, 0, 0, 1])
EARLIER: dict[str, Any] = {"cohort_id": "c0", "mentee_application": "a0", "mentor_application": "b0"}
OVER: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"state": PartnershipState.ENDED, "declined_rematch": ("U1",), **EARLIER},
        {"state": PartnershipState.CLOSED, **EARLIER},
        {"state": PartnershipState.ENDED, "back": ("U0", "U1", "U2")},
        {"state": PartnershipState.CLOSED},
    ]
)
"""In an earlier round or in this one; some have gone back to the pool since, and some would rather not again."""


LEAVES = st.sampled_from([None] * 11 + [Leave(NOON, NOON.date())])


@st.composite
def rounds(draw: st.DrawFn, *, most: int = 6, most_in_both: int = 3) -> MatchingRound:
    """A round of at most so many people, of whom at most `most_in_both` are mentor and mentee at once."""
    users = [f"U{number}" for number in range(draw(st.sampled_from([2, 3, most - 1, *[most] * 5])))]
    both = draw(st.integers(0, most_in_both))
    sent = [
        draw(applications(user, role))
        for number, user in enumerate(users)
        for role in (list(Role) if number < both else [draw(st.sampled_from(Role))])
    ]
    asking, offering = ([one.person for one in sent if one.role is role] for role in Role)
    two = st.tuples(SOMEBODY, SOMEBODY)
    if asking and offering:
        two |= st.tuples(st.sampled_from(asking), st.sampled_from(offering))
    two = two.filter(lambda each: each[0] != each[1])
    before = draw(st.lists(st.tuples(two, STATES, DECIDED), max_size=3))
    running = draw(SELDOM.flatmap(lambda many: st.lists(two, min_size=many, max_size=many)))
    over = draw(SELDOM.flatmap(lambda many: st.lists(st.tuples(two, OVER), min_size=many, max_size=many)))
    apart = st.lists(two, max_size=2)
    standing = st.sampled_from([AccountStatus.MEMBER] * 19 + [AccountStatus.DEACTIVATED])
    return round_of(
        *draw(st.permutations(sent)),
        private_answers=[
            PrivateAnswers(one.id, draw(st.sampled_from(TEXTS)), draw(MANAGERS), draw(SOMEBODY)) for one in sent
        ],
        matches=[match(one, other, state, **facts) for (one, other), state, facts in before],
        partnerships=[
            *(partnership(*each) for each in running),
            *(partnership(*each, id="over", **facts) for each, facts in over),
        ],
        people=[
            replace(person(user, draw(standing), draw(st.sampled_from(ZONES))), leave=draw(LEAVES)) for user in users
        ],
        programme=draw(PROGRAMMES),
        staff=draw(STAFF),
        exclusions=[Exclusion(*sorted_pair(*each), by=OWNER, at=NOON, programme_id="p1") for each in draw(apart)],
        declined=draw(apart),
    )


@st.composite
def applications(draw: st.DrawFn, user: str, role: Role) -> Application:
    applies = mentee if role is Role.MENTEE else mentor
    sent_on: date = draw(st.sampled_from(SENT_ON))
    return applies(
        user,
        *draw(st.sampled_from(CHOSEN)),
        places=draw(st.integers(1, 3)) if role is Role.MENTOR else 1,
        months=draw(st.sampled_from([6, 12])),
        ways=draw(
            st.sampled_from([(MeetingMode.VIDEO,), (MeetingMode.PHONE, MeetingMode.VIDEO), (MeetingMode.WALKING,)])
        ),
        languages=draw(st.sampled_from(LANGUAGES)),
        grade=draw(st.sampled_from(["", *GRADED.grades])),
        department=draw(st.sampled_from(["", *GRADED.departments])),
        state=draw(st.sampled_from([ApplicationState.OPEN] * 19 + [ApplicationState.WITHDRAWN])),
        sent_on=sent_on,
        sent_at=NOON - (NOON.date() - sent_on),
    )
