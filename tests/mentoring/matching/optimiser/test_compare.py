"""Why not these two? What keeps them apart, how well they would go together, and what that would cost the others."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.applications.application import Application, Role
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Weights
from mentoring.matching.hard_rules import EXEMPTIBLE, Exclusion, HardRule, sorted_pair
from mentoring.matching.match import Match
from mentoring.matching.optimiser import Comparison, compare, manual_match, propose, score_pair
from mentoring.matching.optimiser.compare import MOST_CHANGES, PartnerChange, RoundPlan
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    CULTURE,
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
    weighed,
    withdrawn,
)
from tests.mentoring.rounds import EXAMPLES, rounds
from tests.mentoring.values import NOON, PROGRAMME, person

ASK, OFFER = mentee(ADA), mentor(BEN)
GRADED = replace(PROGRAMME, grades=("A", "B", "C"), least_gap=1)


def asked(round_: MatchingRound, request: Application = ASK, offer: Application = OFFER) -> Comparison:
    return compare(round_, request, offer)


def test_two_whom_nothing_keeps_apart_and_who_would_be_proposed_cost_nobody_anything() -> None:
    found = asked(round_of(ASK, OFFER))
    assert (found.broken_rule, found.role, found.exemptible_rules, found.existing_match) == (None, None, (), None)
    assert (found.reasons, found.score) == score_pair(round_of(ASK, OFFER), ASK, OFFER)
    assert found.is_best
    assert found.cost
    assert (found.cost.before, found.cost.after, found.cost.changes) == (RoundPlan(1, 60), RoundPlan(1, 60), ())


def test_what_it_costs_is_who_loses_whom_and_how_much_worse_all_of_it_is() -> None:
    chi, dee = mentee(CHI, months=9), mentor(DEE, months=9)
    found = asked(round_of(ASK, OFFER, chi, dee), ASK, dee)
    assert found.cost
    assert not found.is_best
    assert found.cost.fewer == 0
    assert (found.cost.before, found.cost.after) == (RoundPlan(2, 120), RoundPlan(2, 108))
    assert (found.cost.before.average, found.cost.after.average) == (60, 54)
    assert found.cost.changes == (
        PartnerChange(ADA, Role.MENTEE, (BEN,), (DEE,)),
        PartnerChange(DEE, Role.MENTOR, (CHI,), (ADA,)),
        PartnerChange(CHI, Role.MENTEE, (DEE,), (BEN,)),
        PartnerChange(BEN, Role.MENTOR, (ADA,), (CHI,)),
    )


def test_who_would_have_nobody_any_more_is_told_before_the_others() -> None:
    chi, dee = mentee(CHI, JOBS), mentor(DEE, JOBS, CULTURE)
    eve, fay = mentee("U0EVE", CULTURE), mentor("U0FAY", CULTURE, months=12)
    both = mentee(ADA, JOBS)
    found = asked(round_of(both, chi, dee, eve, fay, mentor("U0GUS", JOBS, months=12)), eve, dee)
    assert found.cost
    assert found.cost.fewer == 1
    lost = [change for change in found.cost.changes if change.person not in (eve.person, DEE)]
    assert [not change.after for change in lost] == [True, True]
    assert {change.role for change in lost} == {Role.MENTEE, Role.MENTOR}


def test_what_is_fixed_stays_and_what_nobody_has_decided_on_does_not_stand_in_the_way() -> None:
    chi, dee = mentee(CHI), mentor(DEE)
    undecided = round_of(ASK, OFFER, chi, dee, matches=[match(ADA, DEE), match(CHI, BEN)])
    assert asked(undecided).broken_rule is None
    assert asked(undecided, ASK, dee).existing_match == match(ADA, DEE)
    fixed = round_of(ASK, OFFER, chi, dee, matches=[match(CHI, BEN, pinned_by=OWNER)])
    found = asked(fixed)
    assert (found.broken_rule, found.role, found.cost) == (HardRule.NO_PLACE, Role.MENTOR, None)
    assert asked(fixed, chi, OFFER).existing_match == match(CHI, BEN, pinned_by=OWNER)


BANNED = Exclusion(*sorted_pair(ADA, BEN), by=OWNER, at=NOON, programme_id="p1")
TIED = [names(ASK, manager=BEN)]


@pytest.mark.parametrize(
    ("round_", "bar", "role"),
    [
        (round_of(ASK, OFFER, exclusions=[BANNED]), HardRule.FORBIDDEN, None),
        (round_of(ASK, replace(OFFER, topics=(JOBS,))), HardRule.NO_SHARED_TOPIC, None),
        (round_of(ASK, OFFER, declined=[(BEN, ADA)]), HardRule.DID_NOT_WORK, None),
        (round_of(ASK, OFFER, matches=[offered()]), HardRule.NO_PLACE, None),
        (round_of(ASK, OFFER, matches=[match(CHI, BEN, approvals=(OWNER,))]), HardRule.NO_PLACE, Role.MENTOR),
        (round_of(ASK, OFFER, matches=[match(ADA, DEE, paired_by=OWNER)]), HardRule.NO_PLACE, Role.MENTEE),
        (round_of(withdrawn(ASK), OFFER), HardRule.NO_PLACE, Role.MENTEE),
        (round_of(ASK, OFFER, people=[person(BEN, AccountStatus.DEACTIVATED)]), HardRule.AWAY, Role.MENTOR),
        (round_of(ASK, OFFER, partnerships=[partnership(BEN, ADA)]), HardRule.ALREADY_PARTNERS, None),
        (round_of(ASK, OFFER, private_answers=TIED, exclusions=[BANNED]), HardRule.CHAIN_OF_COMMAND, None),
    ],
)
def test_a_rule_that_no_owner_can_set_aside_is_the_answer_and_there_is_no_cost(
    round_: MatchingRound, bar: HardRule, role: Role | None
) -> None:
    request, offer = round_.applications[ASK.id], round_.applications[OFFER.id]
    found = asked(round_, request, offer)
    assert (found.broken_rule, found.role, found.cost) == (bar, role, None)
    assert found.score == score_pair(round_, request, offer)[1]


def test_where_the_committee_may_make_an_exception_the_cost_of_it_is_told_too() -> None:
    managed = round_of(ASK, OFFER, private_answers=TIED)
    found = asked(managed)
    assert (found.broken_rule, found.exemptible_rules) == (HardRule.CHAIN_OF_COMMAND, (HardRule.CHAIN_OF_COMMAND,))
    assert found.cost
    assert (found.cost.before, found.cost.after) == (RoundPlan(0, 0), RoundPlan(1, 60))
    assert (found.cost.fewer, found.is_best) == (-1, False)
    junior = replace(OFFER, grade="A")
    both = asked(
        round_of(replace(ASK, grade="B"), junior, private_answers=TIED, programme=GRADED),
        replace(ASK, grade="B"),
        junior,
    )
    assert both.exemptible_rules == (HardRule.CHAIN_OF_COMMAND, HardRule.GRADES)
    assert both.cost is not None


def test_two_below_the_threshold_are_told_so_and_what_putting_them_together_brings() -> None:
    found = asked(weighed(round_of(ASK, OFFER), Weights(at_least=61)))
    assert (found.is_below_threshold, found.at_least, found.score, found.broken_rule) == (True, 61, 60, None)
    assert found.cost
    assert (found.cost.fewer, found.is_best) == (-1, False)


def test_two_who_would_be_proposed_the_other_way_round_are_not_together_twice() -> None:
    both = [mentee(ADA), mentor(ADA), mentee(BEN), replace(OFFER, months=9)]
    found = asked(round_of(*both), ASK, both[3])
    assert found.cost
    assert found.cost.changes == (
        PartnerChange(ADA, Role.MENTEE, (), (BEN,)),
        PartnerChange(BEN, Role.MENTOR, (), (ADA,)),
        PartnerChange(BEN, Role.MENTEE, (ADA,), ()),
        PartnerChange(ADA, Role.MENTOR, (BEN,), ()),
    )


def test_many_changes_are_counted_and_not_all_told() -> None:
    """With the manager of one to mentor them everybody else moves on to the next mentor, so that all have one."""
    asks = [mentee(f"U{n:02}", f"topic {n}", f"more of {n}", f"topic {n + 1}") for n in range(15)]
    offers = [mentor(f"V{n:02}", f"topic {n}", f"more of {n}") for n in range(16)]
    report = mentee(ADA, "topic 0")
    found = compare(round_of(report, *asks, *offers, private_answers=[names(report, manager="V00")]), report, offers[0])
    assert found.cost
    assert (found.cost.before.matched, found.cost.after.matched) == (15, 16)
    assert [change.person for change in found.cost.changes[:2]] == [ADA, "V00"]
    assert (len(found.cost.changes), found.cost.more) == (MOST_CHANGES, 2 * 16 - MOST_CHANGES)


@settings(max_examples=EXAMPLES)
@given(st.data(), rounds())
def test_the_cost_is_what_solving_around_the_two_brings_for_any_two(data: st.DataObject, round_: MatchingRound) -> None:
    requests, offers = ([a for a in round_.applications.values() if a.role is role] for role in Role)
    if not requests or not offers:
        return
    request, offer = data.draw(st.sampled_from(requests)), data.draw(st.sampled_from(offers))
    found = compare(round_, request, offer)
    free = round_.without_undecided_proposals()
    assert (found.reasons, found.score) == score_pair(round_, request, offer)
    assert found.broken_rule or (free.free_places(request) and free.free_places(offer))
    assert found.broken_rule == (free.broken_rule(request, offer) or found.broken_rule)
    assert set(found.exemptible_rules) <= EXEMPTIBLE
    best = propose(round_, new_ids())
    if found.cost is None:
        assert found.broken_rule
        return
    assert found.broken_rule in {None, *found.exemptible_rules}
    assert found.cost.before == plan(best)
    fixed = manual_match(free, request, offer, by=OWNER, new_id="fixed")
    around = replace(free, matches={**free.matches, "fixed": fixed})
    rest = propose(around, new_ids())
    assert found.cost.after.matched == len(rest) + 1
    if (request.id, offer.id) in {(one.mentee_application, one.mentor_application) for one in best}:
        assert not found.cost.changes
    assert found.is_best == (not found.cost.changes and found.broken_rule is None and not found.is_below_threshold)


def plan(found: tuple[Match, ...]) -> RoundPlan:
    return RoundPlan(len(found), sum(one.score for one in found))
