"""Proposing: nobody against a hard rule, as many as possible, then as well as possible, and the reasons are true."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.applications.application import Application, MeetingMode, PrivateAnswers, Role
from mentoring.core.programmes import USUAL, Weights
from mentoring.matching.match import Match, MatchState, Reason, ReasonKind
from mentoring.matching.optimiser import manual_match, propose, score_pair
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CAREER,
    CHI,
    CULTURE,
    DEE,
    JOBS,
    OWNER,
    SECOND,
    match,
    mentee,
    mentor,
    names,
    new_ids,
    offered,
    partnership,
    round_of,
    weighed,
    withdrawn,
)
from tests.mentoring.values import COHORT, NOON, PROGRAMME


def proposed(round_: MatchingRound, weights: Weights = USUAL) -> list[tuple[str, str]]:
    """Who is proposed to whom, mentee first."""
    return sorted(one.people for one in propose(weighed(round_, weights), new_ids()))


def score(request: Application, offer: Application, confided: Sequence[PrivateAnswers] = ()) -> int:
    return score_pair(round_of(request, offer, private_answers=confided), request, offer)[1]


def test_nobody_in_the_pool_makes_no_proposals() -> None:
    for empty in (
        round_of(),
        round_of(mentee()),
        round_of(mentor()),
        round_of(withdrawn(mentee()), mentor()),
        round_of(mentee(ADA, CAREER), mentor(BEN, JOBS)),
        round_of(mentee(), mentor(), matches=[offered()]),
        round_of(mentee(), mentor(), matches=[match(approvals=(OWNER,))]),
    ):
        assert propose(empty, new_ids()) == ()


def test_a_proposal_says_who_why_and_how_well() -> None:
    (found,) = propose(round_of(mentee(), mentor()), new_ids())
    assert found == Match(
        id="m1",
        cohort_id="c1",
        mentee_application=mentee().id,
        mentor_application=mentor().id,
        mentee=ADA,
        mentor=BEN,
        score=60,
        reasons=(
            Reason(ReasonKind.SHARED_TOPICS, (CAREER,)),
            Reason(ReasonKind.SAME_WAYS, (MeetingMode.IN_PERSON,)),
            Reason(ReasonKind.SAME_LANGUAGE),
            Reason(ReasonKind.SAME_MONTHS, ("6",)),
        ),
    )


def test_the_best_proposal_comes_first() -> None:
    found = propose(round_of(mentee(ADA, months=12), mentor(BEN), mentee(CHI, JOBS), mentor(DEE, JOBS)), new_ids())
    assert [one.mentee for one in found] == [CHI, ADA]


def test_as_many_as_possible_are_matched_before_any_is_matched_well() -> None:
    # Ben suits Ada as well as can be, but Chi can go to nobody else; both must make do with very little.
    ada, ben = mentee(ADA, CAREER, JOBS, department="Archives"), mentor(BEN, CAREER, JOBS, department="Loans")
    chi = mentee(CHI, CULTURE, JOBS, months=9, languages="Frisian", ways=(MeetingMode.PHONE,))
    dee = mentor(DEE, CAREER, months=12, languages="Dutch", ways=(MeetingMode.WALKING,))
    wish = [names(ada, wish=BEN)]
    assert score(ada, ben, wish) > score(ada, dee, wish) + score(chi, ben, wish) > 0
    assert proposed(round_of(ada, chi, ben, dee, private_answers=wish)) == [(ADA, DEE), (CHI, BEN)]


def test_a_mentor_gets_as_many_as_they_have_places_left() -> None:
    three = [mentee("U1"), mentee("U2"), mentee("U3")]
    assert len(proposed(round_of(*three, mentor(BEN, places=2)))) == 2
    assert len(proposed(round_of(*three, mentor(BEN, places=2), matches=[offered("U1", BEN)]))) == 1
    assert len(proposed(round_of(*three, mentor(BEN, places=3), partnerships=[partnership("U9", BEN)]))) == 2


def test_the_same_two_are_proposed_once_though_each_could_mentor_the_other() -> None:
    both = [mentee(ADA, CAREER), mentor(ADA, JOBS), mentee(BEN, JOBS), mentor(BEN, CAREER)]
    assert len(proposed(round_of(*both))) == 1
    month_apart = [replace(both[0], months=9), *both[1:]]
    assert proposed(round_of(*month_apart)) == [(BEN, ADA)]
    assert proposed(round_of(both[0], both[1], replace(both[2], months=9), both[3])) == [(ADA, BEN)]


def test_the_way_round_that_leaves_more_people_matched_is_taken() -> None:
    both = [mentee(ADA, CAREER, JOBS), mentor(ADA, CULTURE), mentee(BEN, CULTURE), mentor(BEN, CAREER)]
    found = proposed(round_of(*both, mentor(CHI, JOBS, months=12)))
    assert found == [(ADA, CHI), (BEN, ADA)]


def test_three_may_mentor_each_other_in_turn() -> None:
    people = [role(user) for user in ("U1", "U2", "U3") for role in (mentee, mentor)]
    found = proposed(round_of(*people))
    assert len(found) == 3
    assert len({frozenset(two) for two in found}) == 3


def test_proposing_again_replaces_what_nobody_has_decided_on_and_keeps_the_rest() -> None:
    people = [mentee("U1"), mentee("U2"), mentor("U3"), mentor("U4")]
    undecided = [match("U1", "U3"), match("U2", "U4")]
    assert len(proposed(round_of(*people, matches=undecided))) == 2
    decided = [match("U1", "U3", approvals=(OWNER,)), match("U2", "U4")]
    assert proposed(round_of(*people, matches=decided)) == [("U2", "U4")]


@pytest.mark.parametrize("state", [MatchState.REFUSED, MatchState.DECLINED])
def test_who_did_not_work_out_is_not_proposed_again_and_finds_somebody_else(state: MatchState) -> None:
    people = [mentee(ADA), mentor(BEN), mentor(CHI, months=12)]
    assert proposed(round_of(*people)) == [(ADA, BEN)]
    assert proposed(round_of(*people, matches=[match(ADA, BEN, state)])) == [(ADA, CHI)]
    assert proposed(round_of(*people[:2], matches=[match(ADA, BEN, state)])) == []


# Fairly.


def test_two_middling_pairs_are_better_than_a_good_and_a_very_poor_one() -> None:
    ada, chi = (
        mentee(ADA, CAREER, JOBS),
        mentee(CHI, CAREER, JOBS, CULTURE, months=12, ways=(MeetingMode.PHONE,), languages=""),
    )
    ben, dee = mentor(BEN, CAREER, JOBS), mentor(DEE, JOBS, months=9)
    assert (score(ada, ben), score(chi, dee)) == (60, 20)
    assert (score(ada, dee), score(chi, ben)) == (34, 40)
    assert proposed(round_of(ada, chi, ben, dee)) == [(ADA, DEE), (CHI, BEN)]
    very_poor_either_way = replace(dee, languages="Dutch", ways=())
    assert (score(ada, very_poor_either_way), score(chi, very_poor_either_way)) == (20, 20)
    assert proposed(round_of(ada, chi, ben, very_poor_either_way)) == [(ADA, BEN), (CHI, DEE)]


ARCHIVIST: dict[str, Any] = {"department": "Archives"}
LENDER: dict[str, Any] = {"department": "Loans", "places": 2}


def test_a_load_is_spread_where_it_costs_little() -> None:
    people = [
        mentee("U1", **ARCHIVIST),
        mentee("U2", **ARCHIVIST),
        mentor(BEN, **LENDER),
        mentor(DEE, months=9, **LENDER),
    ]
    assert score(people[0], people[2]) - score(people[0], people[3]) == 6
    assert {one for _, one in proposed(round_of(*people))} == {BEN, DEE}
    assert {one for _, one in proposed(round_of(*people), Weights(load=0))} == {BEN}
    much_worse = replace(people[3], ways=(MeetingMode.PHONE,))
    assert {one for _, one in proposed(round_of(*people[:3], much_worse))} == {BEN}


def test_a_third_partner_is_twice_the_load() -> None:
    three = [mentee(f"U{number}", **ARCHIVIST) for number in range(3)]
    ben, dee = mentor(BEN, department="Loans", places=3), mentor(DEE, months=9, languages="Dutch", **LENDER)
    assert score(three[0], ben) - score(three[0], dee) == 12
    assert Counter(one for _, one in proposed(round_of(*three, ben, dee))) == {BEN: 2, DEE: 1}
    assert Counter(one for _, one in proposed(round_of(*three, ben, dee), Weights(load=4))) == {BEN: 3}


def test_a_partner_whom_a_mentor_has_already_is_a_load_too() -> None:
    people = [mentee("U1", **ARCHIVIST), mentor(BEN, **LENDER), mentor(DEE, months=9, **LENDER)]
    assert proposed(round_of(*people)) == [("U1", BEN)]
    assert proposed(round_of(*people, partnerships=[partnership("U9", BEN)])) == [("U1", DEE)]


def test_rather_unmatched_than_badly_matched_where_the_programme_would_have_it_so() -> None:
    people = [mentee("U1"), mentee("U2", months=12), mentor(BEN, places=2)]
    assert len(proposed(round_of(*people), Weights(at_least=54))) == 2
    assert proposed(round_of(*people), Weights(at_least=55)) == [("U1", BEN)]
    assert proposed(round_of(*people), Weights(at_least=61)) == []


@pytest.mark.parametrize("role", Role)
def test_who_has_waited_since_an_earlier_round_comes_first(role: Role) -> None:
    applies, other = (mentee, mentor(BEN)) if role is Role.MENTEE else (mentor, mentee(BEN))
    long_ago = COHORT.opens_on - timedelta(days=200)
    for first, second in (("U1", "U2"), ("U2", "U1")):
        (found,) = proposed(round_of(applies(first, sent_on=long_ago, months=9), applies(second), other))
        assert first in found
        (found,) = proposed(round_of(applies(first, sent_on=long_ago, ways=(), months=9), applies(second), other))
        assert second in found, "but not at any price"


def test_waiting_within_the_round_makes_no_difference_and_ties_follow_nothing_that_people_did() -> None:
    first = Counter[str]()
    for number in range(200):
        early, late = f"U{number}", f"U{number + 500}"
        sent = [mentee(early, sent_at=NOON), mentee(late, sent_at=NOON + timedelta(days=3)), mentor(BEN)]
        (found,) = proposed(round_of(*sent))
        first["early" if found == (early, BEN) else "late"] += 1
    assert min(first["early"], first["late"]) > 70


def test_nothing_heavy_is_imported_before_somebody_matches() -> None:
    code = "import sys, bot.cli, bot.app, mentoring.matching.optimiser; print({'numpy', 'scipy'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


# By hand.


def test_an_owner_who_pairs_two_by_hand_has_approved_it() -> None:
    request, offer = mentee(ADA), mentor(BEN)
    chosen = manual_match(round_of(request, offer, owners=(OWNER, SECOND)), request, offer, by=OWNER, new_id="m7")
    assert (chosen.id, chosen.people, chosen.paired_by, chosen.approvals) == ("m7", (ADA, BEN), OWNER, (OWNER,))
    assert (chosen.state, chosen.version) == (MatchState.PROPOSED, 1)
    assert chosen.still_needs((OWNER, SECOND), 2) == 1
    assert chosen.reasons == propose(round_of(request, offer), new_ids())[0].reasons


def test_an_owner_who_pairs_themself_leaves_the_decision_to_another_where_there_is_one() -> None:
    request, offer = mentee(OWNER), mentor(BEN)
    with_another = round_of(request, offer, owners=(OWNER, SECOND))
    chosen = manual_match(with_another, request, offer, by=OWNER, new_id="m7")
    assert (chosen.approvals, chosen.paired_by) == ((), OWNER)
    alone = manual_match(round_of(request, offer), request, offer, by=OWNER, new_id="m7")
    assert alone.approvals == (OWNER,)


# A whole programme.


def thirty(roles: Sequence[Role]) -> list[Application]:
    """Thirty people; in turn of these roles, or of both where there are two."""
    sent = []
    for number in range(30):
        topics = [PROGRAMME.topics[(number + step) % 6] for step in range(3)]
        for role in [roles[number % len(roles)]] if len(roles) == 3 else roles:
            applies = mentee if role is Role.MENTEE else mentor
            sent.append(applies(f"U{number:02}", *topics, months=6 + number % 3 * 3, grade="ABCD"[number % 4]))
    return sent


@pytest.mark.parametrize("roles", [(Role.MENTEE, Role.MENTOR, Role.MENTEE), (Role.MENTEE, Role.MENTOR)])
def test_thirty_people_are_matched_in_a_moment(roles: tuple[Role, ...]) -> None:
    propose(round_of(mentee(), mentor()), new_ids())  # the solver is loaded
    people = thirty(roles)
    round_ = round_of(
        *people,
        private_answers=[names(one, manager="U00") for one in people],
        programme=replace(PROGRAMME, grades=tuple("ABCD")),
    )
    began = time.process_time()
    found = propose(round_, new_ids())
    assert time.process_time() - began < 1
    assert len(found) >= 9
    assert len({frozenset(one.people) for one in found}) == len(found)


@settings(max_examples=20)
@given(st.integers(2, 8))
def test_couples_who_can_only_mentor_each_other_are_each_proposed_once(couples: int) -> None:
    programme = replace(PROGRAMME, topics=tuple(f"topic {number}" for number in range(couples)))
    people = [
        applies(f"U{number}{side}", f"topic {number}")
        for number in range(couples)
        for side in "ab"
        for applies in (mentee, mentor)
    ]
    assert len(propose(round_of(*people, programme=programme), new_ids())) == couples
