"""Solving again around what is fixed, and people who are together in more than one way."""

from dataclasses import replace

import pytest

from mentoring.matching.hard_rules import Exclusion, HardRule, sorted_pair
from mentoring.matching.match import Match, Reason, ReasonKind
from mentoring.matching.optimiser import propose
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CAREER,
    CHI,
    DEE,
    JOBS,
    OWNER,
    match,
    mentee,
    mentor,
    names,
    new_ids,
    offered,
    partnership,
    round_of,
)
from tests.mentoring.values import NOON


def proposed(round_: MatchingRound) -> list[tuple[str, str]]:
    """Who is proposed to whom, mentee first."""
    return sorted(one.people for one in propose(round_, new_ids()))


@pytest.mark.parametrize(
    "fixed",
    [
        match("U1", "U3", approvals=(OWNER,)),
        match("U1", "U3", pinned_by=OWNER),
        match("U1", "U3", paired_by=OWNER),
        match("U1", "U3", exempted=(HardRule.GRADES,)),
        offered("U1", "U3"),
    ],
)
def test_what_is_fixed_stays_and_keeps_its_places_while_the_rest_is_solved_again(fixed: Match) -> None:
    people = [mentee("U1", months=9), mentee("U2"), mentor("U3"), mentor("U4", months=9)]
    assert proposed(round_of(*people)) == [("U1", "U4"), ("U2", "U3")]
    round_ = round_of(*people, matches=[fixed, match("U2", "U4")])
    assert proposed(round_) == [("U2", "U4")]
    two = round_of(*people[:2], mentor("U3", places=2), matches=[fixed])
    assert proposed(two) == [("U2", "U3")]


def test_two_for_whom_an_exception_was_made_stay_though_a_rule_keeps_them_apart() -> None:
    people = [mentee(ADA), mentor(BEN), mentee(CHI), mentor(DEE)]
    exempted = match(ADA, BEN, exempted=(HardRule.CHAIN_OF_COMMAND,))
    round_ = round_of(*people, private_answers=[names(people[0], manager=BEN)], matches=[exempted])
    assert proposed(round_) == [(CHI, DEE)]
    assert exempted not in round_.undecided_proposals()
    assert proposed(replace(round_, matches={})) == [(ADA, DEE), (CHI, BEN)]


def test_two_whom_the_committee_keeps_apart_are_never_proposed_whoever_mentors_whom() -> None:
    banned = [Exclusion(*sorted_pair(ADA, BEN), by=OWNER, at=NOON, programme_id="p1")]
    wishes = [names(mentee(ADA), wish=BEN), names(mentor(BEN), wish=ADA)]
    both = [mentee(ADA), mentor(ADA), mentee(BEN), mentor(BEN)]
    assert proposed(round_of(*both, private_answers=wishes, exclusions=banned)) == []
    assert proposed(
        round_of(*both[:1], *both[3:], mentor(CHI, months=9), private_answers=wishes, exclusions=banned)
    ) == [(ADA, CHI)]


def test_the_same_two_are_not_proposed_while_they_are_fixed_the_other_way_round() -> None:
    both = [mentee(ADA), mentor(ADA), mentee(BEN), mentor(BEN)]
    assert proposed(round_of(*both, matches=[match(BEN, ADA, pinned_by=OWNER)])) == []


# Together in more than one way (D0.8).


def test_somebody_is_mentor_to_one_and_mentee_of_another() -> None:
    people = [mentee(ADA), mentee(BEN, JOBS), mentor(BEN), mentor(CHI, JOBS)]
    assert proposed(round_of(*people)) == [(ADA, BEN), (BEN, CHI)]
    running = round_of(*people, partnerships=[partnership(ADA, BEN)])
    assert proposed(running) == [(BEN, CHI)]
    three = round_of(*people, mentee(DEE), mentor(BEN, places=3), partnerships=[partnership(BEN, CHI)])
    assert proposed(three) == [(ADA, BEN), (DEE, BEN)]


def test_each_could_help_the_other_is_a_reason_and_both_learn_in_one_partnership() -> None:
    both = [mentee(ADA, CAREER), mentor(ADA, JOBS), mentee(BEN, JOBS, months=9), mentor(BEN, CAREER)]
    (found,) = propose(round_of(*both), new_ids())
    assert found.people == (ADA, BEN)
    assert Reason(ReasonKind.MUTUAL) in found.reasons
