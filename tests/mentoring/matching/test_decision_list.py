"""What the committee ruled in a list: each line by the rules of the desk, or refused and without effect."""

from dataclasses import replace
from typing import Any

import pytest

from mentoring.applications.application import Role
from mentoring.core.errors import InvalidForm, Missing, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Outcome
from mentoring.core.owners import OPERATOR
from mentoring.core.people import StaffRecord
from mentoring.matching.decision_list import DecisionListResult, ListedDecision, RowAction, apply_decision_list
from mentoring.matching.decisions import MatchDecision
from mentoring.matching.errors import (
    CannotPair,
    Contradicted,
    HeldByOtherOwner,
    NotApplied,
    NotPending,
    ReasonRequired,
    WrongPair,
)
from mentoring.matching.hard_rules import Exclusion, Exemption, HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    OWNER,
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

FOUR = (mentee(ADA), mentee(CHI), mentor(BEN), mentor(DEE))
ONE, OTHER = match(ADA, BEN), match(CHI, DEE)
APPROVE, REFUSE, KEEP, NEVER, PAIR = (
    RowAction.APPROVE,
    RowAction.REFUSE,
    RowAction.KEEP,
    RowAction.NEVER,
    RowAction.PAIR,
)


def desk(*matches: Match, **facts: Any) -> MatchingRound:
    return round_of(*FOUR, matches=matches or (ONE, OTHER), **facts)


def rule(round_: MatchingRound, *lines: ListedDecision) -> DecisionListResult:
    return apply_decision_list(round_, lines, by=OPERATOR, now=STARTED, new_id=new_ids("n"))


def standing(round_: MatchingRound, ruled: DecisionListResult) -> dict[tuple[str, str], MatchState]:
    """How each two are once this is kept."""
    return {one.people: one.state for one in after(round_, ruled.outcome).matches.values()}


def row(number: int, ruling: RowAction, of: Match = ONE, **facts: Any) -> ListedDecision:
    """A line as the spreadsheet has it for a proposal."""
    return ListedDecision(number, ruling, **{"match_id": of.id, "mentee": of.mentee, "mentor": of.mentor, **facts})


def test_each_decision_is_done_as_the_operators_and_recorded_as_such() -> None:
    more = (mentee("U0EVE"), mentor("U0FAY"), mentee("U0GUY"), mentor("U0HAL"))
    kept, never = match("U0EVE", "U0FAY"), match("U0GUY", "U0HAL")
    round_ = round_of(*FOUR, *more, matches=(ONE, OTHER, kept, never))
    ruled = rule(round_, row(2, APPROVE), row(3, REFUSE, OTHER), row(4, KEEP, kept), row(5, NEVER, never))
    assert ruled.done == {2: ONE.people, 3: OTHER.people, 4: kept.people, 5: never.people}
    assert (ruled.refused, ruled.already) == ({}, {})
    done = after(round_, ruled.outcome)
    assert done.matches[ONE.id].approvals == (OPERATOR,)
    assert done.matches[ONE.id].still_needs(done.owners, 2) == 0
    assert done.matches[OTHER.id].state is MatchState.REFUSED
    assert done.matches[kept.id].pinned_by == OPERATOR
    assert done.matches[never.id].state is MatchState.OVERTAKEN
    assert done.exclusions == {Exclusion("U0GUY", "U0HAL", OPERATOR, STARTED, "p1")}
    assert {one.kind.value for one in changed(ruled.outcome, MatchDecision)} == {
        "approved",
        "refused",
        "pinned",
        "forbidden",
    }
    assert {one.by for one in changed(ruled.outcome, MatchDecision)} == {OPERATOR}


def test_the_same_list_again_changes_nothing_also_once_it_was_released() -> None:
    round_ = desk(programme=replace(round_of().programme))
    lines = (
        row(2, PAIR, ONE, mentor=DEE),
        row(3, PAIR, OTHER, mentor=BEN),
    )
    once = after(round_, rule(round_, *lines).outcome)
    again = rule(once, *lines)
    assert (again.outcome, set(again.already)) == (Outcome(), {2, 3})
    released = replace(
        once,
        matches={
            id_: replace(one, state=MatchState.OFFERED, offered_at=STARTED) if one.state is MatchState.PROPOSED else one
            for id_, one in once.matches.items()
        },
    )
    assert rule(released, *lines).already.keys() == {2, 3}


@pytest.mark.parametrize("ruling", [APPROVE, REFUSE, KEEP, NEVER])
def test_each_decision_twice_is_one(ruling: RowAction) -> None:
    round_ = desk()
    once = after(round_, rule(round_, row(2, ruling)).outcome)
    again = rule(once, row(2, ruling))
    assert (again.outcome, again.already) == (Outcome(), {2: ONE.people})


@pytest.mark.parametrize("ruling", [APPROVE, KEEP])
def test_what_was_released_as_decided_stays_so(ruling: RowAction) -> None:
    released = replace(offered(ADA, BEN), approvals=(OPERATOR,), pinned_by=OPERATOR)
    assert rule(desk(released), row(2, ruling)).already == {2: ONE.people}


def test_a_wrong_line_changes_nothing_and_the_right_ones_are_done() -> None:
    round_ = desk()
    ruled = rule(round_, row(2, APPROVE), ListedDecision(3, APPROVE, "gone", "", ""), row(4, REFUSE, OTHER))
    assert (set(ruled.done), ruled.refused) == ({2, 4}, {3: NotPending()})
    assert {one.match_id for one in changed(ruled.outcome, MatchDecision)} == {ONE.id, OTHER.id}


def test_a_proposal_that_stands_again_under_another_id_is_found_by_the_two() -> None:
    again = replace(ONE, id="again")
    round_ = desk(replace(ONE, state=MatchState.OVERTAKEN), again)
    assert changed(rule(round_, row(2, APPROVE)).outcome, Match)[0].id == "again"
    assert rule(round_, ListedDecision(2, APPROVE, "", ADA, BEN)).done == {2: ONE.people}
    assert rule(round_, ListedDecision(2, APPROVE, ONE.id)).done == {2: ONE.people}


@pytest.mark.parametrize("state", [MatchState.OVERTAKEN, MatchState.REFUSED, MatchState.DECLINED])
def test_what_has_left_the_desk_is_said_to_have(state: MatchState) -> None:
    gone = match(ADA, BEN, state, offered_at=STARTED)
    assert rule(desk(gone), row(2, APPROVE)).refused == {2: NotPending(state)}


def test_a_line_that_names_others_than_its_proposal_has_is_not_guessed_at() -> None:
    assert rule(desk(), row(2, APPROVE, ONE, mentor=DEE)).refused == {2: WrongPair()}


@pytest.mark.parametrize(
    "second",
    [row(3, REFUSE), row(3, NEVER), ListedDecision(3, REFUSE, "", ADA, BEN), ListedDecision(3, NEVER, "", BEN, ADA)],
)
def test_lines_that_contradict_each_other_are_both_left(second: ListedDecision) -> None:
    ruled = rule(desk(), row(2, APPROVE), second)
    assert ruled.outcome == Outcome()
    assert ruled.refused == {2: Contradicted((2, 3)), 3: Contradicted((2, 3))}


def test_one_may_be_approved_and_kept() -> None:
    round_ = desk()
    done = after(round_, rule(round_, row(2, KEEP), row(3, APPROVE)).outcome).matches[ONE.id]
    assert (done.approvals, done.pinned_by) == ((OPERATOR,), OPERATOR)


def test_somebody_without_a_match_is_paired_and_that_is_an_approval() -> None:
    round_ = round_of(*FOUR, matches=(ONE,))
    ruled = rule(round_, ListedDecision(2, PAIR, "", CHI, DEE))
    (paired,) = changed(ruled.outcome, Match)
    assert (paired.people, paired.paired_by, paired.approvals) == ((CHI, DEE), OPERATOR, (OPERATOR,))
    assert [one.kind.value for one in changed(ruled.outcome, MatchDecision)] == ["paired"]


def test_another_mentor_in_the_line_of_a_proposal_takes_its_place() -> None:
    round_ = round_of(*FOUR, matches=(ONE,))
    ruled = rule(round_, row(2, PAIR, ONE, mentor=DEE))
    assert standing(round_, ruled) == {(ADA, BEN): MatchState.OVERTAKEN, (ADA, DEE): MatchState.PROPOSED}
    assert [one.id for one in ruled.replaced[2]] == [ONE.id]


def test_two_lines_exchange_their_mentors() -> None:
    round_ = desk()
    ruled = rule(round_, row(2, PAIR, ONE, mentor=DEE), row(3, PAIR, OTHER, mentor=BEN))
    assert ruled.refused == {}
    assert standing(round_, ruled) == {
        (ADA, BEN): MatchState.OVERTAKEN,
        (CHI, DEE): MatchState.OVERTAKEN,
        (ADA, DEE): MatchState.PROPOSED,
        (CHI, BEN): MatchState.PROPOSED,
    }


def test_half_an_exchange_is_none_where_the_other_half_is_wrong() -> None:
    staff = [StaffRecord(CHI, manager=BEN)]
    round_ = desk(staff=staff)
    ruled = rule(round_, row(2, PAIR, ONE, mentor=DEE), row(3, PAIR, OTHER, mentor=BEN))
    assert set(ruled.refused) == {2, 3}
    assert isinstance(ruled.refused[3], ReasonRequired)
    assert isinstance(ruled.refused[2], CannotPair)
    assert ruled.outcome == Outcome()


def test_a_place_that_a_refusal_frees_can_be_given_in_the_same_list() -> None:
    round_ = desk()
    ruled = rule(round_, ListedDecision(2, PAIR, "", ADA, DEE), row(3, REFUSE, ONE), row(4, REFUSE, OTHER))
    assert standing(round_, ruled)[ADA, DEE] is MatchState.PROPOSED


def test_a_proposal_that_nobody_has_decided_on_gives_way() -> None:
    round_ = desk()
    ruled = rule(round_, ListedDecision(2, PAIR, "", ADA, DEE))
    assert [one.id for one in ruled.replaced[2]] == [ONE.id, OTHER.id]
    assert standing(round_, ruled)[ADA, DEE] is MatchState.PROPOSED


def test_what_the_list_wants_together_does_not_give_way() -> None:
    ruled = rule(desk(), ListedDecision(2, PAIR, "", ADA, DEE), row(3, APPROVE, OTHER))
    assert (set(ruled.done), ruled.refused) == ({3}, {2: CannotPair(HardRule.NO_PLACE, Role.MENTOR)})


def test_to_replace_a_proposal_and_to_approve_it_is_a_contradiction() -> None:
    ruled = rule(desk(), row(2, PAIR, ONE, mentor=DEE), row(3, APPROVE, ONE), row(4, REFUSE, OTHER))
    assert ruled.refused == {2: Contradicted((2, 3)), 3: Contradicted((2, 3))}
    assert set(ruled.done) == {4}


@pytest.mark.parametrize("held", [{"approvals": (OWNER,)}, {"pinned_by": OWNER}])
def test_what_an_owner_has_approved_or_kept_is_not_replaced(held: dict[str, Any]) -> None:
    one = replace(ONE, **held)
    ruled = rule(round_of(*FOUR, matches=(one,)), row(2, PAIR, one, mentor=DEE))
    assert (ruled.outcome, ruled.refused) == (Outcome(), {2: HeldByOtherOwner(OWNER)})


def test_what_the_two_are_being_asked_is_not_replaced() -> None:
    asked = offered(ADA, BEN)
    assert rule(round_of(*FOUR, matches=(asked,)), row(2, PAIR, asked, mentor=DEE)).refused == {
        2: NotPending(MatchState.OFFERED)
    }


def test_to_pair_two_who_are_proposed_to_each_other_is_to_approve() -> None:
    round_ = desk()
    (approved,) = changed(rule(round_, row(2, PAIR)).outcome, Match)
    assert (approved.id, approved.approvals) == (ONE.id, (OPERATOR,))


def test_an_exception_needs_its_reason_which_is_kept() -> None:
    round_ = round_of(*FOUR, staff=[StaffRecord(ADA, manager=BEN)])
    line = ListedDecision(2, PAIR, "", ADA, BEN)
    assert isinstance(rule(round_, line).refused[2], ReasonRequired)
    (kept,) = changed(rule(round_, replace(line, reason=" They asked for it. ")).outcome, Exemption)
    assert (kept.reason, kept.by) == ("They asked for it.", OPERATOR)
    assert isinstance(rule(round_, replace(line, reason="x" * 1001)).refused[2], TooLong)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (ListedDecision(2, PAIR, "", ADA), Missing(FieldName.MENTOR)),
        (ListedDecision(2, PAIR, "", "", BEN), Missing(FieldName.MENTEE)),
        (ListedDecision(2, NEVER), InvalidForm((Missing(FieldName.MENTEE), Missing(FieldName.MENTOR)))),
        (ListedDecision(2, APPROVE, "gone"), NotPending()),
        (
            ListedDecision(2, PAIR, "", BEN, ADA),
            InvalidForm((NotApplied(FieldName.MENTEE), NotApplied(FieldName.MENTOR))),
        ),
        (ListedDecision(2, NEVER, "", "U0NOBODY", BEN), InvalidForm((NotApplied(FieldName.MENTEE),))),
    ],
)
def test_who_is_missing_or_has_not_applied_is_said(line: ListedDecision, error: Exception) -> None:
    assert rule(round_of(*FOUR), line).refused == {2: error}


def test_what_two_lines_ask_of_one_place_the_first_one_gets() -> None:
    ruled = rule(round_of(*FOUR), ListedDecision(2, PAIR, "", ADA, BEN), ListedDecision(3, PAIR, "", CHI, BEN))
    assert (set(ruled.done), set(ruled.refused)) == ({2}, {3})
