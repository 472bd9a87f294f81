"""What the committee rules about a proposal, and about two people for good; each with who decided it and when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from mentoring.core.errors import CohortOver, NotForYou
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.matching.decisions import (
    DecisionKind,
    MatchDecision,
    allow,
    approve,
    forbid,
    pin,
    refuse,
    undo_refusal,
    unpin,
)
from mentoring.matching.errors import CannotPair, ConflictOfInterest, NotPending
from mentoring.matching.hard_rules import Exclusion, HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.matching.optimiser import propose
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    OWNER,
    SECOND,
    STARTED,
    after,
    changed,
    match,
    mentee,
    mentor,
    new_ids,
    offered,
    round_of,
)
from tests.mentoring.values import COHORT

TWO = (mentee(ADA), mentor(BEN))
OWNERS = (OWNER, SECOND)
Rule = Callable[..., Outcome]


def approve_in_a_round(proposal: Match, *, by: str, approvers: tuple[str, ...], now: datetime) -> Outcome:
    return approve(round_of(*TWO, matches=[proposal], owners=approvers), proposal, by=by, now=now)


def verdicts(outcome: Outcome) -> list[tuple[DecisionKind, str]]:
    assert all(one.at == STARTED for one in changed(outcome, MatchDecision))
    return [(one.kind, one.by) for one in changed(outcome, MatchDecision)]


@pytest.mark.parametrize(
    ("rule", "before", "verdict"),
    [
        (approve_in_a_round, match(), DecisionKind.APPROVED),
        (refuse, match(), DecisionKind.REFUSED),
        (pin, match(), DecisionKind.PINNED),
        (unpin, match(pinned_by=OWNER), DecisionKind.UNPINNED),
    ],
)
def test_each_ruling_is_kept_with_who_decided_it_and_when(rule: Rule, before: Match, verdict: DecisionKind) -> None:
    outcome = rule(before, by=SECOND, approvers=OWNERS, now=STARTED)
    assert verdicts(outcome) == [(verdict, SECOND)]
    (decided,) = changed(outcome, MatchDecision)
    assert (decided.cohort_id, decided.match_id, decided.mentee, decided.mentor) == ("c1", before.id, ADA, BEN)


@pytest.mark.parametrize("rule", [pin, unpin, refuse])
def test_only_owners_who_are_no_part_of_it_rule_and_only_on_the_desk(rule: Rule) -> None:
    with pytest.raises(NotForYou):
        rule(match(), by=CHI, approvers=OWNERS, now=STARTED)
    with pytest.raises(ConflictOfInterest):
        rule(match(), by=ADA, approvers=(ADA, SECOND), now=STARTED)
    with pytest.raises(NotPending):
        rule(offered(), by=OWNER, approvers=OWNERS, now=STARTED)


def test_what_is_kept_stays_while_the_rest_is_solved_again_and_is_not_approved() -> None:
    kept = changed(pin(match(), by=OWNER, approvers=OWNERS, now=STARTED), Match)[0]
    assert kept.still_needs(OWNERS, 2) == 2
    assert round_of(*TWO, matches=[kept]).undecided_proposals() == []
    let_go = changed(unpin(kept, by=SECOND, approvers=OWNERS, now=STARTED), Match)[0]
    assert round_of(*TWO, matches=[let_go]).undecided_proposals() == [let_go]


def test_to_keep_what_is_kept_or_let_go_what_is_not_changes_nothing() -> None:
    assert pin(match(pinned_by=OWNER), by=SECOND, approvers=OWNERS, now=STARTED) == NOTHING
    assert unpin(match(), by=SECOND, approvers=OWNERS, now=STARTED) == NOTHING


def test_two_who_are_forbidden_leave_the_desk_and_are_not_proposed_until_they_are_allowed_again() -> None:
    round_ = round_of(*TWO, matches=[match()], owners=OWNERS)
    outcome = forbid(round_, ADA, BEN, by=OWNER, now=STARTED)
    assert verdicts(outcome) == [(DecisionKind.FORBIDDEN, OWNER)]
    assert changed(outcome, Exclusion) == [Exclusion(ADA, BEN, OWNER, STARTED, "p1")]
    apart = after(round_, outcome)
    assert [one.state for one in apart.matches.values()] == [MatchState.OVERTAKEN]
    assert propose(apart, new_ids()) == ()
    allowed = allow(apart, ADA, BEN, by=SECOND, now=STARTED)
    assert verdicts(allowed) == [(DecisionKind.ALLOWED, SECOND)]
    assert len(propose(after(apart, allowed), new_ids())) == 1


def test_a_ban_holds_whoever_mentors_whom() -> None:
    round_ = round_of(mentee(BEN), mentor(ADA), owners=OWNERS)
    apart = after(round_, forbid(round_, ADA, BEN, by=OWNER, now=STARTED))
    assert apart.broken_rule(mentee(BEN), mentor(ADA)) is HardRule.FORBIDDEN
    assert after(apart, allow(apart, BEN, ADA, by=OWNER, now=STARTED)).exclusions == frozenset()


def test_who_is_forbidden_already_stays_so_and_the_second_owner_hears_it() -> None:
    round_ = round_of(*TWO, owners=OWNERS)
    apart = after(round_, forbid(round_, ADA, BEN, by=OWNER, now=STARTED))
    for by in OWNERS:
        with pytest.raises(CannotPair) as caught:
            forbid(apart, ADA, BEN, by=by, now=STARTED)
        assert caught.value.broken_rule is HardRule.FORBIDDEN
    assert allow(round_, ADA, BEN, by=OWNER, now=STARTED) == NOTHING


def test_who_is_asked_already_cannot_be_forbidden() -> None:
    with pytest.raises(NotPending):
        forbid(round_of(*TWO, matches=[offered()]), ADA, BEN, by=OWNER, now=STARTED)


def test_an_owner_forbids_and_allows_nothing_that_is_about_themself() -> None:
    round_ = round_of(*TWO, owners=(ADA, SECOND), exclusions=[Exclusion(ADA, CHI, SECOND, STARTED, "p1")])
    with pytest.raises(ConflictOfInterest):
        forbid(round_, ADA, BEN, by=ADA, now=STARTED)
    with pytest.raises(ConflictOfInterest):
        allow(round_, CHI, ADA, by=ADA, now=STARTED)
    with pytest.raises(NotForYou):
        forbid(round_, ADA, BEN, by=CHI, now=STARTED)


# Undoing a refusal.

REFUSED = match(state=MatchState.REFUSED, approvals=(OWNER,))


def undoes(round_: MatchingRound, by: str = OWNER) -> Outcome:
    return undo_refusal(round_, round_.matches[REFUSED.id], by=by, now=STARTED)


def test_a_mistaken_refusal_is_undone_in_the_round_and_needs_its_approvals_again() -> None:
    round_ = round_of(*TWO, matches=[REFUSED], owners=OWNERS)
    assert round_.broken_rule(*TWO) is HardRule.REJECTED
    outcome = undoes(round_, SECOND)
    assert changed(outcome, Match) == [match(version=2)]
    assert verdicts(outcome) == [(DecisionKind.UNREFUSED, SECOND)]
    assert outcome.notifications == ()
    again = after(round_, outcome)
    assert undoes(again) == NOTHING
    assert again.broken_rule(*TWO, ignoring=REFUSED.id) is None


def test_an_undone_refusal_that_no_longer_fits_only_stops_keeping_the_two_apart() -> None:
    taken = round_of(*TWO, mentor(CHI), matches=[REFUSED, match(ADA, CHI)])
    outcome = undoes(taken)
    assert [one.state for one in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert after(taken, outcome).broken_rule(*TWO) is None


@pytest.mark.parametrize("state", [MatchState.OFFERED, MatchState.ACCEPTED, MatchState.DECLINED, MatchState.LAPSED])
def test_only_a_refusal_can_be_undone(state: MatchState) -> None:
    with pytest.raises(NotPending):
        undoes(round_of(*TWO, matches=[match(state=state)]))


def test_only_owners_who_are_no_part_of_it_undo_a_refusal_and_only_in_the_round() -> None:
    with pytest.raises(NotForYou):
        undoes(round_of(*TWO, matches=[REFUSED]), ADA)
    with pytest.raises(ConflictOfInterest):
        undoes(round_of(*TWO, matches=[REFUSED], owners=(ADA, SECOND)), ADA)
    with pytest.raises(CohortOver):
        undoes(round_of(*TWO, matches=[REFUSED], cohort=replace(COHORT, closed_on=STARTED.date())))
