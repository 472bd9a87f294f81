"""Lines of management, segments, grades, bans and earlier rounds: whom they keep apart, and what is named first."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import pairwise

import pytest

from mentoring.applications.application import Application, Role
from mentoring.core.people import AccountStatus, Leave, Person, StaffRecord, chain_above
from mentoring.core.programmes import ProgrammeType, Segment
from mentoring.matching.hard_rules import EXEMPTIBLE, Exclusion, HardRule, sorted_pair
from mentoring.matching.match import Match, MatchState
from mentoring.matching.review import release
from mentoring.matching.round import MatchingRound
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    JOBS,
    OWNER,
    changed,
    match,
    mentee,
    mentor,
    names,
    offered,
    partnership,
    round_of,
)
from tests.mentoring.values import NOON, PROGRAMME, person

ASK, OFFER = mentee(ADA), mentor(BEN)
GRADED = replace(PROGRAMME, grades=("A", "B", "C", "D"), departments=("Archives", "Loans"))


def line(*people: str) -> list[StaffRecord]:
    """The organisation's list: each of them stands right below the next."""
    return [StaffRecord(one, manager=manager) for one, manager in pairwise(people)]


def bar(round_: MatchingRound, *, exempted: Collection[HardRule] = ()) -> HardRule | None:
    """What keeps Ada, who asks, and Ben apart."""
    return round_.broken_rule(round_.applications[ASK.id], round_.applications[OFFER.id], exempted=exempted)


# Lines of management (D1.7, D2.12).


@pytest.mark.parametrize("between", [[], ["X1"], ["X1", "X2", "X3", "X4", "X5", "X6"]])
@pytest.mark.parametrize("upwards", [True, False])
def test_nobody_mentors_within_a_line_of_management_however_long_it_is(between: list[str], *, upwards: bool) -> None:
    whole = [ADA, *between, BEN] if upwards else [BEN, *between, ADA]
    assert bar(round_of(ASK, OFFER, staff=line(*whole))) is HardRule.CHAIN_OF_COMMAND


def test_a_line_goes_on_from_what_an_applicant_said_to_what_the_list_says_and_back() -> None:
    said = names(ASK, manager="X1")
    assert bar(round_of(ASK, OFFER, private_answers=[said])) is None
    assert bar(round_of(ASK, OFFER, private_answers=[said], staff=line("X1", "X2", BEN))) is HardRule.CHAIN_OF_COMMAND
    chi = mentee(CHI)
    through_chi = round_of(ASK, OFFER, chi, private_answers=[names(chi, manager=BEN)], staff=line(ADA, CHI))
    assert bar(through_chi) is HardRule.CHAIN_OF_COMMAND


def test_both_what_they_said_and_what_the_list_says_holds_where_the_two_differ() -> None:
    said = [names(ASK, manager="X1")]
    assert bar(round_of(ASK, OFFER, private_answers=said, staff=line(ADA, BEN))) is HardRule.CHAIN_OF_COMMAND
    assert (
        bar(round_of(ASK, OFFER, private_answers=[names(ASK, manager=BEN)], staff=line(ADA, "X1")))
        is HardRule.CHAIN_OF_COMMAND
    )


def test_what_somebody_says_in_either_application_holds_for_both() -> None:
    other = mentor(ADA)
    round_ = round_of(ASK, other, OFFER, private_answers=[names(ASK), names(other, manager=BEN)])
    assert bar(round_) is HardRule.CHAIN_OF_COMMAND


def test_two_lines_that_meet_at_the_top_keep_nobody_apart() -> None:
    assert bar(round_of(ASK, OFFER, staff=[*line(ADA, "X1", "TOP"), *line(BEN, "X2", "TOP")])) is None


def test_a_list_that_goes_round_in_circles_comes_to_an_end() -> None:
    circle = line(ADA, "X1", "X2", ADA)
    round_ = round_of(ASK, OFFER, staff=circle)
    assert round_.managers_above(ADA) == {"X1", "X2"}
    assert bar(round_) is None
    assert bar(round_of(ASK, OFFER, staff=[*line(ADA, BEN), *line(BEN, ADA)])) is HardRule.CHAIN_OF_COMMAND
    themself = round_of(ASK, OFFER, staff=line(ADA, ADA), private_answers=[names(OFFER, manager=BEN)])
    above = themself.managers_above(ADA), themself.managers_above(BEN)
    assert (*above, bar(themself)) == (frozenset(), frozenset(), None)


def test_everybody_above_is_named_once_the_nearest_first() -> None:
    managers = {
        "A": frozenset({"C", "B"}),
        "B": frozenset({"D"}),
        "C": frozenset({"D", "A"}),
        "D": frozenset({"E"}),
    }
    assert list(chain_above("A", managers)) == ["B", "C", "D", "E"]
    assert list(chain_above("E", managers)) == []


# Whom the programme is for (D2.6).


@pytest.mark.parametrize(
    ("segment", "department", "grade", "inside"),
    [
        (Segment(), "", "", True),
        (Segment(("Loans",)), "Loans", "", True),
        (Segment(("Loans", "Archives")), "Archives", "A", True),
        (Segment(("Loans",)), "Archives", "A", False),
        (Segment(("Loans",)), "", "A", False),
        (Segment(grades=("A", "B")), "", "B", True),
        (Segment(grades=("A", "B")), "Loans", "", False),
        (Segment(("Loans",), ("A",)), "Loans", "A", True),
        (Segment(("Loans",), ("A",)), "Loans", "B", False),
        (Segment(("Loans",), ("A",)), "Archives", "A", False),
    ],
)
@pytest.mark.parametrize("role", Role)
def test_the_segment_of_each_role_is_asked_and_who_is_not_known_to_be_in_it_is_outside(
    segment: Segment, department: str, grade: str, role: Role, *, inside: bool
) -> None:
    said = {"department": department, "grade": grade}
    ask, offer = (mentee(ADA, **said), OFFER) if role is Role.MENTEE else (ASK, mentor(BEN, **said))
    for_mentees, for_mentors = replace(GRADED, for_mentees=segment), replace(GRADED, for_mentors=segment)
    round_ = round_of(ask, offer, programme=for_mentees if role is Role.MENTEE else for_mentors)
    assert bar(round_) is (None if inside else HardRule.OUTSIDE)
    assert bar(replace(round_, programme=GRADED)) is None


def test_the_organisations_list_says_what_an_applicant_left_open_and_no_more() -> None:
    programme = replace(GRADED, for_mentees=Segment(("Loans",), ("B",)))
    listed = [StaffRecord(ADA, "Loans", "B")]
    assert bar(round_of(ASK, OFFER, programme=programme, staff=listed)) is None
    assert (
        bar(round_of(mentee(ADA, department="Archives"), OFFER, programme=programme, staff=listed)) is HardRule.OUTSIDE
    )
    assert (
        bar(round_of(mentee(ADA, grade="B"), OFFER, programme=programme, staff=[StaffRecord(ADA)])) is HardRule.OUTSIDE
    )


# Grades (D2.13).


@pytest.mark.parametrize(
    ("least", "theirs", "ours", "apart"),
    [
        (0, "D", "A", False),
        (0, "A", "A", False),
        (1, "B", "C", False),
        (1, "B", "B", True),
        (1, "C", "B", True),
        (2, "A", "C", False),
        (2, "A", "D", False),
        (2, "A", "B", True),
        (2, "", "A", False),
        (2, "D", "", False),
        (2, "D", "Z", False),
    ],
)
def test_a_mentor_stands_as_many_grades_above_as_the_programme_asks(
    least: int, theirs: str, ours: str, *, apart: bool
) -> None:
    programme = replace(GRADED, least_gap=least)
    round_ = round_of(mentee(ADA, grade=theirs), mentor(BEN, grade=ours), programme=programme)
    assert bar(round_) is (HardRule.GRADES if apart else None)
    listed = [StaffRecord(ADA, grade=theirs), StaffRecord(BEN, grade=ours)]
    assert bar(round_of(ASK, OFFER, programme=programme, staff=listed)) is (HardRule.GRADES if apart else None)


@pytest.mark.parametrize(("theirs", "ours"), [("D", "A"), ("A", "A"), ("A", "D")])
def test_among_peers_no_gap_counts_that_was_set_before(theirs: str, ours: str) -> None:
    programme = replace(GRADED, least_gap=2, type=ProgrammeType.PEER)
    assert bar(round_of(mentee(ADA, grade=theirs), mentor(BEN, grade=ours), programme=programme)) is None


# What the committee forbade, and what did not work before.


def test_a_ban_holds_whoever_mentors_whom_and_for_these_two_alone() -> None:
    bans = [Exclusion(*sorted_pair(BEN, ADA), by=OWNER, at=NOON, programme_id="p1")]
    assert (bans[0].one, bans[0].other) == (ADA, BEN)
    assert bar(round_of(ASK, OFFER, exclusions=bans)) is HardRule.FORBIDDEN
    both = round_of(mentee(BEN), mentor(ADA), exclusions=bans)
    assert both.broken_rule(mentee(BEN), mentor(ADA)) is HardRule.FORBIDDEN
    other = round_of(ASK, mentor(CHI), exclusions=bans)
    assert other.broken_rule(ASK, mentor(CHI)) is None


@pytest.mark.parametrize("two", [(ADA, BEN), (BEN, ADA)])
def test_a_no_in_an_earlier_round_holds_in_this_one(two: tuple[str, str]) -> None:
    assert bar(round_of(ASK, OFFER, declined=[two])) is HardRule.DID_NOT_WORK
    assert bar(round_of(ASK, OFFER, declined=[(ADA, CHI)])) is None


@pytest.mark.parametrize("state", PartnershipState)
@pytest.mark.parametrize("who", [ADA, BEN])
def test_who_would_rather_not_again_is_not_matched_with_the_other_in_any_round(
    who: str, state: PartnershipState
) -> None:
    before = partnership(BEN, ADA, state=state, cohort_id="c0", declined_rematch=(who,))
    expected = HardRule.ALREADY_PARTNERS if state is PartnershipState.ACTIVE else HardRule.DID_NOT_WORK
    assert bar(round_of(ASK, OFFER, partnerships=[before])) is expected
    willing = replace(before, declined_rematch=(), state=PartnershipState.ENDED)
    assert bar(round_of(ASK, OFFER, partnerships=[willing])) is None


# Working hours.

AUCKLAND = "Pacific/Auckland"


@pytest.mark.parametrize(
    ("zone", "rule"),
    [
        (AUCKLAND, HardRule.NO_SHARED_HOURS),
        ("UTC-10:00", HardRule.NO_SHARED_HOURS),
        ("Asia/Kolkata", None),
        ("Europe/London", None),
        ("", None),
        ("nowhere", None),
    ],
)
def test_two_who_share_no_working_hour_are_kept_apart_where_the_programme_wants_it(
    zone: str, rule: HardRule | None
) -> None:
    people = [person(ADA), person(BEN, time_zone=zone)]
    strict = replace(PROGRAMME, shared_hours=True)
    assert bar(round_of(ASK, OFFER, people=people, programme=strict)) is rule
    assert bar(round_of(ASK, OFFER, people=people)) is None
    unknown = [person(ADA), Person(BEN, time_zone=AUCKLAND)]
    assert bar(round_of(ASK, OFFER, people=unknown, programme=strict)) is None, "Slack has not told who they are"


def test_the_rule_on_shared_hours_is_looked_at_again_when_matches_are_sent() -> None:
    ready = match(ADA, BEN, approvals=(OWNER,))
    people = [person(ADA), person(BEN, time_zone=AUCKLAND)]
    strict = round_of(ASK, OFFER, matches=[ready], people=people, programme=replace(PROGRAMME, shared_hours=True))
    outcome = release(strict, by=OWNER, now=NOON, new_id=lambda: "s1")
    assert [each.state for each in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert outcome.notifications == ()


def test_a_moved_zone_makes_the_round_another_one() -> None:
    here, there = (round_of(ASK, OFFER, people=[person(ADA, time_zone=z)]) for z in ("Europe/London", AUCKLAND))
    assert here.version != there.version


# Which is named, and what an exception is made from.


def everything(ask: Application, offer: Application, without: Iterable[HardRule]) -> MatchingRound:
    """Every rule keeps them apart but these."""
    left = set(without)
    programme = replace(
        GRADED,
        least_gap=0 if HardRule.GRADES in left else 2,
        shared_hours=True,
        for_mentors=Segment() if HardRule.OUTSIDE in left else Segment(("Loans",)),
    )
    running = [] if HardRule.ALREADY_PARTNERS in left else [partnership(ADA, BEN)]
    return round_of(
        ask,
        offer if HardRule.NO_SHARED_TOPIC in left else replace(offer, topics=(JOBS,)),
        programme=programme,
        people=[
            person(ADA, AccountStatus.MEMBER if HardRule.NOT_ADMITTED in left else AccountStatus.GUEST),
            replace(
                person(
                    BEN,
                    AccountStatus.MEMBER if HardRule.AWAY in left else AccountStatus.DEACTIVATED,
                    "Europe/London" if HardRule.NO_SHARED_HOURS in left else AUCKLAND,
                ),
                leave=None if HardRule.ON_LEAVE in left else Leave(NOON, NOON.date()),
            ),
        ],
        staff=[] if HardRule.CHAIN_OF_COMMAND in left else line(ADA, "X1", BEN),
        exclusions=[]
        if HardRule.FORBIDDEN in left
        else [Exclusion(*sorted_pair(ADA, BEN), by=OWNER, at=NOON, programme_id="p1")],
        partnerships=running,
        declined=[] if HardRule.DID_NOT_WORK in left else [(ADA, BEN)],
        not_available=[] if HardRule.NOT_AVAILABLE in left else [(ADA, BEN)],
        matches=[
            *([] if HardRule.NO_PLACE in left else [offered(ADA, BEN)]),
            *([] if HardRule.REJECTED in left else [match(ADA, BEN, MatchState.REFUSED, id="before")]),
        ],
    )


ORDER = [
    HardRule.AWAY,
    HardRule.ON_LEAVE,
    HardRule.NOT_ADMITTED,
    HardRule.OUTSIDE,
    HardRule.CHAIN_OF_COMMAND,
    HardRule.GRADES,
    HardRule.FORBIDDEN,
    HardRule.NOT_AVAILABLE,
    HardRule.NO_SHARED_TOPIC,
    HardRule.NO_SHARED_HOURS,
    HardRule.ALREADY_PARTNERS,
    HardRule.REJECTED,
    HardRule.DID_NOT_WORK,
    HardRule.NO_PLACE,
]


def test_of_several_rules_the_weightiest_is_named() -> None:
    ask, offer = mentee(ADA, grade="C"), mentor(BEN, grade="A")
    for number, first in enumerate(ORDER):
        assert bar(everything(ask, offer, ORDER[:number])) is first
    assert bar(everything(ask, offer, ORDER)) is None
    assert set(ORDER) == set(HardRule) - {HardRule.ONESELF}
    alone = round_of(mentee(ADA), mentor(ADA), staff=line(ADA, ADA), people=[person(ADA, AccountStatus.DEACTIVATED)])
    assert alone.broken_rule(mentee(ADA), mentor(ADA)) is HardRule.ONESELF


def test_an_exception_leaves_every_other_rule_as_it_is() -> None:
    ask, offer = mentee(ADA, grade="C"), mentor(BEN, grade="A")
    only = round_of(ask, offer, programme=replace(GRADED, least_gap=1), staff=line(ADA, BEN))
    assert bar(only) is HardRule.CHAIN_OF_COMMAND
    assert bar(only, exempted=(HardRule.CHAIN_OF_COMMAND,)) is HardRule.GRADES
    assert bar(only, exempted=(HardRule.GRADES,)) is HardRule.CHAIN_OF_COMMAND
    assert bar(only, exempted=EXEMPTIBLE) is None
    for number, first in enumerate(ORDER):
        if first not in EXEMPTIBLE:
            assert bar(everything(ask, offer, ORDER[:number]), exempted=EXEMPTIBLE) is first


def test_a_match_that_is_left_out_does_not_count_for_the_two() -> None:
    for state in (MatchState.PROPOSED, MatchState.OFFERED, MatchState.REFUSED):
        round_ = round_of(ASK, OFFER, matches=[match(ADA, BEN, state)])
        assert round_.broken_rule(ASK, OFFER)
        assert round_.broken_rule(ASK, OFFER, ignoring=match(ADA, BEN).id) is None


def test_the_version_of_a_round_changes_with_each_of_these() -> None:
    plain = round_of(ASK, OFFER)
    others = [
        round_of(ASK, OFFER, staff=line(ADA, BEN)),
        round_of(ASK, OFFER, exclusions=[Exclusion(ADA, BEN, OWNER, NOON, "p1")]),
        round_of(ASK, OFFER, declined=[(ADA, BEN)]),
        round_of(ASK, OFFER, people=[replace(person(ADA), leave=Leave(NOON, NOON.date()))]),
    ]
    assert len({plain.version, *(one.version for one in others)}) == 5
