"""Two owners decide on a match, or one where only one can (D1.19); nobody decides on their own."""

from dataclasses import replace
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.errors import NotForYou
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import OPERATOR
from mentoring.matching.decisions import approve, refuse
from mentoring.matching.errors import AlreadyAccepted, ConflictOfInterest, NotPending, NotYourOffer, OfferOver
from mentoring.matching.match import Match, MatchState, check_offered
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    OWNER,
    SECOND,
    STARTED,
    THIRD,
    changed,
    match,
    mentee,
    mentor,
    round_of,
)

OFF_THE_DESK = [state for state in MatchState if state is not MatchState.PROPOSED]
OTHERS = ("U0ONE", "U0TWO", "U0THREE", "U0FOUR")


def says_yes(proposal: Match, by: str, *, owners: tuple[str, ...]) -> Outcome:
    """What comes of an approval, in a round in which no rule stands against it."""
    round_ = round_of(mentee(ADA), mentor(BEN), matches=[proposal], owners=owners)
    return approve(round_, proposal, by=by, now=STARTED)


def approved(proposal: Match, *by: str, owners: tuple[str, ...]) -> Match:
    """The proposal once these have approved it, one after the other."""
    for owner in by:
        (proposal,) = changed(says_yes(proposal, owner, owners=owners), Match)
    return proposal


@pytest.mark.parametrize(
    ("owners", "needs", "may"),
    [
        ((OWNER,), 1, (OWNER,)),
        ((ADA,), 1, (ADA,)),
        ((OWNER, SECOND), 2, (OWNER, SECOND)),
        ((ADA, SECOND), 1, (SECOND,)),
        ((ADA, BEN), 2, (ADA, BEN)),
        ((OWNER, SECOND, THIRD), 2, (OWNER, SECOND, THIRD)),
        ((OWNER, SECOND, BEN), 2, (OWNER, SECOND)),
        ((OWNER, ADA, BEN), 1, (OWNER,)),
        ((OWNER, SECOND, THIRD, CHI), 2, (OWNER, SECOND, THIRD, CHI)),
        ((OWNER, SECOND, THIRD, ADA), 2, (OWNER, SECOND, THIRD)),
        ((OWNER, SECOND, ADA, BEN), 2, (OWNER, SECOND)),
    ],
)
def test_two_owners_who_are_no_part_of_it_decide_or_as_many_as_there_are(
    owners: tuple[str, ...], needs: int, may: tuple[str, ...]
) -> None:
    assert match().still_needs(owners, 2) == needs
    assert match().may_approve(owners) == may


@pytest.mark.parametrize("many", [1, 2, 3, 4])
@pytest.mark.parametrize("taking_part", [(), (ADA,), (BEN,), (ADA, BEN)])
def test_any_owners_who_may_can_approve_it_in_any_order_and_none_of_the_others(
    many: int, taking_part: tuple[str, ...]
) -> None:
    owners = (*taking_part, *OTHERS)[: max(many, len(taking_part))]
    may = match().may_approve(owners)
    assert may
    assert not set(may) & set(taking_part) or set(owners) <= set(taking_part)
    for chosen in permutations(may, min(2, len(may))):
        assert approved(match(), *chosen, owners=owners).still_needs(owners, 2) == 0
        for fewer in combinations(chosen, len(chosen) - 1):
            assert approved(match(), *fewer, owners=owners).still_needs(owners, 2) == 1
    for owner in set(owners) - set(may):
        with pytest.raises(ConflictOfInterest):
            says_yes(match(), owner, owners=owners)


def test_approving_twice_counts_once() -> None:
    once = approved(match(), OWNER, owners=(OWNER, SECOND))
    assert says_yes(once, OWNER, owners=(OWNER, SECOND)) == NOTHING
    assert once.still_needs((OWNER, SECOND), 2) == 1


def test_who_is_no_owner_can_neither_approve_nor_refuse() -> None:
    for state in MatchState:
        with pytest.raises(NotForYou):
            says_yes(match(state=state), ADA, owners=(OWNER,))
        with pytest.raises(NotForYou):
            refuse(match(state=state), by=ADA, approvers=(OWNER,), now=STARTED)


def test_an_owner_who_has_left_no_longer_counts() -> None:
    proposal = approved(match(), OWNER, SECOND, owners=(OWNER, SECOND, THIRD))
    assert proposal.still_needs((OWNER, SECOND, THIRD), 2) == 0
    assert proposal.still_needs((SECOND, THIRD), 2) == 1
    assert proposal.still_needs((THIRD,), 2) == 1
    assert proposal.still_needs((SECOND,), 2) == 0


def test_where_somebody_joins_the_owners_two_have_to_decide_again() -> None:
    proposal = approved(match(), ADA, owners=(ADA,))
    assert proposal.still_needs((ADA,), 2) == 0
    assert proposal.still_needs((ADA, SECOND), 2) == 1
    assert proposal.still_needs((ADA, SECOND, THIRD), 2) == 2


@pytest.mark.parametrize("owners", [(), (OWNER,), (OWNER, SECOND), (ADA, BEN, THIRD)])
def test_the_operator_decides_alone_and_is_recorded_as_such(owners: tuple[str, ...]) -> None:
    proposal = approved(match(), OPERATOR, owners=owners)
    assert proposal.approvals == (OPERATOR,)
    assert proposal.still_needs(owners, 2) == 0


@pytest.mark.parametrize("state", OFF_THE_DESK)
def test_what_is_off_the_desk_is_neither_approved_nor_refused(state: MatchState) -> None:
    for by in (OWNER, OPERATOR):
        with pytest.raises(NotPending):
            says_yes(match(state=state), by, owners=(OWNER,))
    with pytest.raises(NotPending):
        refuse(match(state=state), by=OWNER, approvers=(OWNER,), now=STARTED)


def test_a_refused_proposal_leaves_the_desk_and_nobody_hears_of_it() -> None:
    outcome = refuse(match(approvals=(OWNER,)), by=SECOND, approvers=(OWNER, SECOND), now=STARTED)
    assert changed(outcome, Match) == [match(approvals=(OWNER,), state=MatchState.REFUSED, version=2)]
    assert outcome.notifications == ()


def test_an_owner_decides_neither_way_on_a_match_that_they_are_part_of() -> None:
    with pytest.raises(ConflictOfInterest):
        refuse(match(), by=ADA, approvers=(ADA, SECOND), now=STARTED)
    (refused,) = changed(refuse(match(), by=ADA, approvers=(ADA,), now=STARTED), Match)
    assert refused.state is MatchState.REFUSED


def test_only_the_two_are_asked_and_only_while_the_offer_is_open() -> None:
    for state in MatchState:
        with pytest.raises(NotYourOffer):
            check_offered(match(state=state), CHI)
        if state is not MatchState.OFFERED:
            with pytest.raises(AlreadyAccepted if state is MatchState.ACCEPTED else OfferOver):
                check_offered(match(state=state), ADA)
    for one in (ADA, BEN):
        check_offered(match(state=MatchState.OFFERED), one)


def test_each_of_the_two_is_the_others_other() -> None:
    assert match().people == (ADA, BEN)
    assert (match().other(ADA), match().other(BEN)) == (BEN, ADA)


@given(st.lists(st.sampled_from((OWNER, SECOND, THIRD, ADA, BEN)), unique=True, min_size=1, max_size=4), st.data())
def test_it_is_decided_once_as_many_as_may_or_two_have_approved(owners: list[str], data: st.DataObject) -> None:
    said = data.draw(st.lists(st.sampled_from((OWNER, SECOND, THIRD, ADA, BEN)), unique=True))
    decided = match(approvals=tuple(said)).still_needs(owners, 2) == 0
    eligible = [one for one in owners if one not in (ADA, BEN)] or owners
    assert decided == (len(set(said) & set(eligible)) >= min(2, len(eligible)))


def test_every_change_counts_as_a_version() -> None:
    first = approved(match(), OWNER, owners=(OWNER, SECOND))
    second = approved(first, SECOND, owners=(OWNER, SECOND))
    assert [first.version, second.version] == [2, 3]
    assert second == replace(match(), approvals=(OWNER, SECOND), version=3)
