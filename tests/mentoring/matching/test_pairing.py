"""What an owner puts together by hand: two people, exceptions with a reason, and two proposals exchanged."""

from dataclasses import replace

import pytest

from mentoring.core.errors import InvalidForm, NotForYou, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.matching.errors import CannotPair, CannotSwap, ConflictOfInterest, NotApplied, NotPending, ReasonRequired
from mentoring.matching.hard_rules import MOST_REASON, Exemption, HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.matching.pairing import applications_of_pair, pair, swap, swaps
from mentoring.matching.review import release
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    JOBS,
    OWNER,
    SECOND,
    STARTED,
    after,
    changed,
    match,
    mentee,
    mentor,
    names,
    new_ids,
    round_of,
    withdrawn,
)
from tests.mentoring.values import PROGRAMME

OWNERS = (OWNER, SECOND)
FOUR = (mentee(ADA), mentor(BEN), mentee(CHI), mentor(DEE))
PROPOSED = (match(ADA, BEN), match(CHI, DEE))
GRADED = replace(PROGRAMME, grades=("A", "B", "C"), least_gap=2)


def pairs(round_: MatchingRound, reason: str = "", by: str = OWNER) -> Outcome:
    return pair(round_, f"{ADA}-mentee", f"{BEN}-mentor", by=by, now=STARTED, new_id="m1", reason=reason)


def swapped(round_: MatchingRound, reason: str = "", by: str = OWNER) -> Outcome:
    return swap(round_, PROPOSED[0].id, PROPOSED[1].id, by=by, now=STARTED, new_id=new_ids("s"), reason=reason)


def test_a_pair_by_hand_is_kept_with_who_made_it() -> None:
    outcome = pairs(round_of(*FOUR, owners=OWNERS), reason="Not needed, and not kept.")
    (made,) = changed(outcome, Match)
    assert (made.paired_by, made.approvals, made.exempted) == (OWNER, (OWNER,), ())
    assert [(one.kind, one.match_id) for one in changed(outcome, MatchDecision)] == [(DecisionKind.PAIRED, made.id)]
    assert changed(outcome, Exemption) == []


@pytest.mark.parametrize(
    ("round_", "bars"),
    [
        (
            round_of(*FOUR, owners=OWNERS, private_answers=[names(mentee(ADA), manager=BEN)]),
            (HardRule.CHAIN_OF_COMMAND,),
        ),
        (
            round_of(mentee(ADA, grade="B"), mentor(BEN, grade="C"), owners=OWNERS, programme=GRADED),
            (HardRule.GRADES,),
        ),
        (
            round_of(
                mentee(ADA, grade="C"),
                mentor(BEN, grade="A"),
                owners=OWNERS,
                programme=GRADED,
                private_answers=[names(mentor(BEN), manager=ADA)],
            ),
            (HardRule.CHAIN_OF_COMMAND, HardRule.GRADES),
        ),
    ],
)
def test_only_a_written_reason_sets_the_line_of_management_and_the_grades_aside(
    round_: MatchingRound, bars: tuple[HardRule, ...]
) -> None:
    for nothing in ("", "  \n"):
        with pytest.raises(ReasonRequired) as caught:
            pairs(round_, nothing)
        assert (caught.value.rules, caught.value.field) == (bars, FieldName.REASON)
    outcome = pairs(round_, " They asked for it. ")
    (made,) = changed(outcome, Match)
    assert (made.exempted, made.approvals, made.still_needs(OWNERS, 2)) == (bars, (OWNER,), 1)
    assert changed(outcome, Exemption) == [Exemption(made.id, bars, "They asked for it.", OWNER, STARTED)]


def test_an_exception_goes_out_once_two_have_approved_it() -> None:
    round_ = round_of(*FOUR, owners=OWNERS, private_answers=[names(mentee(ADA), manager=BEN)])
    round_ = after(round_, pairs(round_, "They asked for it."))
    both = after(round_, Outcome((replace(round_.matches["m1"], approvals=OWNERS, version=2),)))
    out = release(both, by=OWNER, now=STARTED, new_id=new_ids())
    assert [one.state for one in changed(out, Match)] == [MatchState.OFFERED]
    assert [(one.kind, one.by, one.match_id) for one in changed(out, MatchDecision)] == [
        (DecisionKind.RELEASED, OWNER, "m1")
    ]


def test_no_reason_sets_another_rule_aside() -> None:
    for round_, bar in (
        (
            round_of(mentee(ADA), mentor(BEN, JOBS), private_answers=[names(mentee(ADA), manager=BEN)]),
            HardRule.NO_SHARED_TOPIC,
        ),
        (round_of(mentee(ADA), mentor(BEN), declined=[(ADA, BEN)]), HardRule.DID_NOT_WORK),
    ):
        with pytest.raises(CannotPair) as caught:
            pairs(round_, "Because.")
        assert caught.value.broken_rule is bar


def test_a_reason_may_be_so_long_and_no_longer() -> None:
    round_ = round_of(*FOUR, private_answers=[names(mentee(ADA), manager=BEN)])
    assert changed(pairs(round_, "x" * MOST_REASON), Exemption)
    with pytest.raises(TooLong):
        pairs(round_, "x" * (MOST_REASON + 1))


def test_a_proposal_that_nobody_has_decided_on_gives_way_and_no_other_does() -> None:
    undecided = round_of(*FOUR, matches=[match(ADA, DEE)], owners=OWNERS)
    then = after(undecided, pairs(undecided))
    assert {one.id: one.state for one in then.matches.values()} == {
        f"{ADA}-{DEE}": MatchState.OVERTAKEN,
        "m1": MatchState.PROPOSED,
    }
    for decided in ({"approvals": (SECOND,)}, {"pinned_by": SECOND}):
        with pytest.raises(CannotPair) as caught:
            pairs(round_of(*FOUR, matches=[match(ADA, DEE, **decided)], owners=OWNERS))
        assert (caught.value.broken_rule, caught.value.role) == (HardRule.NO_PLACE, "mentee")


def test_two_proposals_exchange_their_mentors_by_this_owners_hand() -> None:
    round_ = round_of(*FOUR, matches=PROPOSED, owners=OWNERS)
    outcome = swapped(round_)
    then = after(round_, outcome)
    assert [then.matches[one.id].state for one in PROPOSED] == [MatchState.OVERTAKEN] * 2
    made = then.proposals()
    assert {(one.mentee, one.mentor, one.paired_by, one.approvals) for one in made} == {
        (ADA, DEE, OWNER, (OWNER,)),
        (CHI, BEN, OWNER, (OWNER,)),
    }
    assert [one.kind for one in changed(outcome, MatchDecision)] == [DecisionKind.SWAPPED] * 2
    assert swapped(then) == NOTHING
    with pytest.raises(NotPending):
        swapped(then, by=SECOND)


def test_what_another_owner_approved_or_keeps_is_not_swapped_away() -> None:
    for decided in ({"approvals": (SECOND,)}, {"pinned_by": SECOND}):
        round_ = round_of(*FOUR, matches=[PROPOSED[0], match(CHI, DEE, **decided)], owners=OWNERS)
        with pytest.raises(CannotSwap) as caught:
            swapped(round_)
        assert caught.value.by == SECOND
        assert list(swaps(round_, PROPOSED[0], by=OWNER)) == []
    own = round_of(*FOUR, matches=[PROPOSED[0], match(CHI, DEE, approvals=(OWNER,))], owners=OWNERS)
    assert len(changed(swapped(own), Match)) == 4


def test_only_swaps_that_no_rule_forbids_are_offered() -> None:
    round_ = round_of(*FOUR[:3], mentor(DEE, JOBS), matches=PROPOSED, owners=OWNERS)
    assert list(swaps(round_, PROPOSED[0], by=OWNER)) == []
    with pytest.raises(CannotPair) as caught:
        swapped(round_)
    assert caught.value.broken_rule is HardRule.NO_SHARED_TOPIC
    open_to_it = round_of(*FOUR, matches=PROPOSED, owners=OWNERS)
    assert [other.id for other, _ in swaps(open_to_it, PROPOSED[0], by=OWNER)] == [PROPOSED[1].id]


def test_a_swap_that_is_an_exception_needs_its_reason_and_keeps_it_where_it_belongs() -> None:
    round_ = round_of(*FOUR, matches=PROPOSED, owners=OWNERS, private_answers=[names(mentee(ADA), manager=DEE)])
    with pytest.raises(ReasonRequired):
        swapped(round_)
    outcome = swapped(round_, "They asked for it.")
    (made,) = [one for one in changed(outcome, Match) if one.exempted]
    assert (made.mentee, made.mentor, made.exempted) == (ADA, DEE, (HardRule.CHAIN_OF_COMMAND,))
    assert [one.match_id for one in changed(outcome, Exemption)] == [made.id]


def test_who_may_not_decide_on_either_does_not_swap() -> None:
    round_ = round_of(*FOUR, matches=PROPOSED, owners=(DEE, SECOND))
    with pytest.raises(ConflictOfInterest):
        swapped(round_, by=DEE)
    with pytest.raises(NotForYou):
        swapped(round_, by=CHI)
    with pytest.raises(NotPending):
        swap(round_, PROPOSED[0].id, "gone", by=SECOND, now=STARTED, new_id=new_ids())
    with pytest.raises(CannotSwap):
        swap(round_, PROPOSED[0].id, PROPOSED[0].id, by=SECOND, now=STARTED, new_id=new_ids())


def test_the_two_are_found_by_who_they_are_or_by_what_they_sent() -> None:
    round_ = round_of(*FOUR[:3], withdrawn(mentor(DEE)))
    assert applications_of_pair(round_, ADA, f"{BEN}-mentor") == (mentee(ADA), mentor(BEN))
    assert applications_of_pair(round_, f"{CHI}-mentee", DEE) == (mentee(CHI), withdrawn(mentor(DEE)))
    with pytest.raises(InvalidForm) as caught:
        applications_of_pair(round_, BEN, "")
    assert caught.value.reasons == (NotApplied(FieldName.MENTEE), NotApplied(FieldName.MENTOR))
