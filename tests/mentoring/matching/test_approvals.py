"""Approving several proposals at once: what goes together, what is left for a closer look, and what is refused."""

from dataclasses import replace

import pytest

from mentoring.core.errors import CohortOver, InvalidForm, Missing, NotForYou
from mentoring.core.fields import FieldName
from mentoring.core.jobs import ScheduledJob
from mentoring.core.programmes import Weights
from mentoring.matching.approvals import (
    CloserLook,
    approval_choice,
    approve_together,
    closer_look,
    low_score,
)
from mentoring.matching.decisions import DecisionKind, MatchDecision, approve
from mentoring.matching.errors import CannotApprove, ConflictOfInterest, NeedsCloserLook, NotPending
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import Match, MatchState, Reason, ReasonKind
from mentoring.matching.pending_approvals import needs_decision_of
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    OWNER,
    SECOND,
    STARTED,
    after,
    changed,
    match,
    mentee,
    mentor,
    offered,
    round_of,
    withdrawn,
)
from tests.mentoring.values import COHORT, PROGRAMME

OWNERS = (OWNER, SECOND)
ONE, OTHER = match(ADA, BEN), match(CHI, DEE, score=70)
PEOPLE = (mentee(ADA), mentor(BEN), mentee(CHI), mentor(DEE))
WARNED = replace(ONE, reasons=(*ONE.reasons, Reason(ReasonKind.NO_SHARED_HOURS)))
EXEMPTED = replace(ONE, exempted=(HardRule.GRADES,))
LOW = replace(ONE, score=low_score(PROGRAMME) - 1)


def desk(*matches: Match, owners: tuple[str, ...] = OWNERS) -> MatchingRound:
    return round_of(*PEOPLE, matches=matches, owners=owners)


def test_all_are_approved_each_with_a_record_of_its_own_as_if_one_by_one() -> None:
    round_ = desk(ONE, OTHER)
    done = approve_together(round_, [ONE.id, OTHER.id], by=OWNER, now=STARTED)
    alone = [approve(round_, each, by=OWNER, now=STARTED) for each in (OTHER, ONE)]
    for kind in (Match, MatchDecision):
        assert changed(done.outcome, kind) == [change for outcome in alone for change in changed(outcome, kind)]
    assert changed(done.outcome, ScheduledJob) == changed(alone[0], ScheduledJob)
    assert (done.approved, done.left) == (2, ())
    assert [each.kind for each in changed(done.outcome, MatchDecision)] == [DecisionKind.APPROVED] * 2


def test_the_second_owner_approves_the_same_and_nothing_is_left_to_decide() -> None:
    round_ = desk(ONE, OTHER)
    for by in OWNERS:
        assert {each.id for each in needs_decision_of(round_, by)} == {ONE.id, OTHER.id}
        round_ = after(round_, approve_together(round_, [ONE.id, OTHER.id], by=by, now=STARTED).outcome)
        assert needs_decision_of(round_, by) == []
    assert not any(round_.still_needs(each) for each in round_.proposals())


@pytest.mark.parametrize(
    ("special", "why"),
    [(EXEMPTED, CloserLook.EXEMPTION), (WARNED, CloserLook.WARNING), (LOW, CloserLook.LOW_SCORE)],
)
def test_what_needs_a_closer_look_is_left_out_and_refused_even_if_it_is_chosen(special: Match, why: CloserLook) -> None:
    round_ = desk(special, OTHER)
    choice = approval_choice(round_, OWNER)
    assert (choice.together, dict(choice.apart), choice.broken) == ((OTHER,), {why: 1}, 0)
    done = approve_together(round_, [special.id, OTHER.id], by=OWNER, now=STARTED)
    assert done.left == ((special, NeedsCloserLook(why)),)
    assert [each.id for each in changed(done.outcome, Match)] == [OTHER.id]


def test_a_programme_whose_weights_give_few_points_has_a_lower_bar() -> None:
    few = replace(PROGRAMME, weights=Weights(topics=20, hopes=0, department=0, ways=0, language=0, months=0, hours=0))
    assert low_score(few) == 10
    assert closer_look(replace(ONE, score=12), few) is None


def test_of_two_for_the_same_place_the_better_one_is_approved() -> None:
    better = match(CHI, BEN, score=80)
    round_ = desk(ONE, better)
    assert approval_choice(round_, OWNER).together == (better,)
    done = approve_together(round_, [ONE.id, better.id], by=OWNER, now=STARTED)
    assert done.left == ((ONE, CannotApprove(HardRule.NO_PLACE, "mentor")),)
    assert [each.id for each in changed(done.outcome, Match)] == [better.id]


def test_a_place_that_an_offer_or_an_approved_proposal_has_is_not_given_again() -> None:
    for taken in (offered(CHI, BEN), match(CHI, BEN, approvals=(SECOND,), score=20)):
        with pytest.raises(InvalidForm) as refused:
            approve_together(desk(ONE, taken), [ONE.id], by=OWNER, now=STARTED)
        assert refused.value.reasons == (CannotApprove(HardRule.NO_PLACE, "mentor"),)


def test_its_own_place_is_no_obstacle_to_a_second_approval() -> None:
    half = replace(ONE, approvals=(SECOND,))
    assert approve_together(desk(half), [half.id], by=OWNER, now=STARTED).approved == 1


def test_every_hard_rule_is_checked_again() -> None:
    round_ = round_of(withdrawn(mentee(ADA)), *PEOPLE[1:], matches=[ONE, OTHER], owners=OWNERS)
    assert (approval_choice(round_, OWNER).together, approval_choice(round_, OWNER).broken) == ((OTHER,), 1)
    done = approve_together(round_, [ONE.id, OTHER.id], by=OWNER, now=STARTED)
    assert done.left == ((ONE, CannotApprove(HardRule.NO_PLACE, "mentee")),)


def test_owners_do_not_decide_about_themselves_and_what_is_over_says_so() -> None:
    own = match(ADA, BEN)
    sent = replace(OTHER, state=MatchState.OFFERED)
    round_ = desk(own, sent, owners=(ADA, SECOND))
    with pytest.raises(InvalidForm) as refused:
        approve_together(round_, [own.id, sent.id, "gone"], by=ADA, now=STARTED)
    assert set(refused.value.reasons) == {ConflictOfInterest(), NotPending(MatchState.OFFERED), NotPending()}


def test_approving_twice_changes_nothing() -> None:
    approved = after(desk(ONE), approve_together(desk(ONE), [ONE.id], by=OWNER, now=STARTED).outcome)
    again = approve_together(approved, [ONE.id], by=OWNER, now=STARTED)
    assert (again.outcome.changes, again.approved, again.left) == ((), 0, ())


def test_only_an_owner_of_an_open_round_approves_and_something_is_to_be_ticked() -> None:
    with pytest.raises(NotForYou):
        approve_together(desk(ONE), [ONE.id], by=CHI, now=STARTED)
    with pytest.raises(Missing) as missing:
        approve_together(desk(ONE), [], by=OWNER, now=STARTED)
    assert missing.value.field is FieldName.PROPOSALS
    closed = replace(desk(ONE), cohort=replace(COHORT, closed_on=STARTED.date()))
    with pytest.raises(CohortOver):
        approve_together(closed, [ONE.id], by=OWNER, now=STARTED)
