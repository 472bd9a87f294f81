"""Who would be next for each of two who are proposed, or whom an owner chose."""

from datetime import timedelta

from hypothesis import given, settings

from mentoring.applications.application import Application, Role
from mentoring.core.programmes import Weights
from mentoring.matching.hard_rules import Exclusion, sorted_pair
from mentoring.matching.match import Alternative
from mentoring.matching.optimiser import manual_match, propose, score_pair
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    OWNER,
    match,
    mentee,
    mentor,
    names,
    new_ids,
    offered,
    round_of,
    weighed,
)
from tests.mentoring.rounds import EXAMPLES, rounds
from tests.mentoring.values import COHORT, NOON


def test_each_of_a_proposal_has_the_next_best_besides_free_or_not() -> None:
    people = [mentee(ADA), mentor(BEN), mentee(CHI, months=9), mentor(DEE, months=9), mentor("U0EVE", languages="")]
    found = {one.people: one for one in propose(round_of(*people), new_ids())}
    assert found.keys() == {(ADA, BEN), (CHI, DEE)}
    assert found[ADA, BEN].other_mentor == Alternative("U0EVE-mentor", "U0EVE", 54)
    assert found[ADA, BEN].other_mentee == Alternative(f"{CHI}-mentee", CHI, 54)
    assert found[CHI, DEE].other_mentor == Alternative(f"{BEN}-mentor", BEN, 54)
    assert found[CHI, DEE].other_mentee == Alternative(f"{ADA}-mentee", ADA, 54)


def test_nobody_is_next_whom_a_rule_keeps_apart_who_has_no_place_or_is_below_the_threshold() -> None:
    ada, ben, dee = mentee(ADA), mentor(BEN), mentor(DEE, months=9)
    alone = [
        round_of(ada, ben, dee, private_answers=[names(ada, manager=DEE)]),
        round_of(ada, ben, dee, exclusions=[Exclusion(*sorted_pair(ADA, DEE), by=OWNER, at=NOON, programme_id="p1")]),
        round_of(ada, ben, dee, mentee(CHI), matches=[offered(CHI, DEE)]),
        weighed(round_of(ada, ben, dee), Weights(at_least=60)),
        round_of(ada, mentee(DEE), ben, dee, matches=[match(DEE, ADA, pinned_by=OWNER)]),
    ]
    for round_ in alone:
        found = next(one for one in propose(round_, new_ids()) if one.mentee == ADA)
        assert (found.mentor, found.other_mentor) == (BEN, None)


def test_whom_a_mentor_gets_besides_is_nobody_who_would_be_next() -> None:
    people = [mentee(ADA), mentee(CHI), mentee(DEE, months=9), mentor(BEN, places=2)]
    assert {
        (one.mentee, one.other_mentee and one.other_mentee.person) for one in propose(round_of(*people), new_ids())
    } == {
        (ADA, DEE),
        (CHI, DEE),
    }


def test_who_would_be_next_has_nothing_to_do_with_having_waited() -> None:
    waited = COHORT.opens_on - timedelta(days=200)
    people = [
        mentee(ADA),
        mentee(CHI, months=9, sent_on=waited, sent_at=NOON - timedelta(days=200)),
        mentor(BEN, places=1),
    ]
    (found,) = propose(round_of(*people, mentee(DEE, ways=())), new_ids())
    assert (found.mentee, found.other_mentee) == (CHI, Alternative(f"{ADA}-mentee", ADA, 60))


@settings(max_examples=EXAMPLES)
@given(rounds(most=8, most_in_both=8))
def test_the_next_best_is_the_best_of_those_whom_the_rules_allow(round_: MatchingRound) -> None:
    free = round_.without_undecided_proposals()
    found = propose(round_, new_ids())
    together = {frozenset(one.people) for one in found}

    def scores(one: Application, others: list[Application]) -> list[tuple[int, str]]:
        twos = [(one, other) if one.role is Role.MENTEE else (other, one) for other in others]
        return [
            (score_pair(free, *two)[1], other.id)
            for two, other in zip(twos, others, strict=True)
            if free.broken_rule(*two) is None and frozenset(each.person for each in two) not in together
        ]

    for one in found:
        request, offer = round_.applications[one.mentee_application], round_.applications[one.mentor_application]
        for other, possible in (
            (one.other_mentor, scores(request, free.pool(Role.MENTOR))),
            (one.other_mentee, scores(offer, free.pool(Role.MENTEE))),
        ):
            best = max((score for score, _ in possible), default=-1)
            if best < round_.programme.weights.at_least:
                assert other is None
            else:
                assert other is not None
                assert other.score == best
                assert (best, other.application) in possible
                assert round_.applications[other.application].person == other.person


def test_a_pair_by_hand_has_the_same_next_best_as_one_that_is_proposed() -> None:
    people = [mentee(ADA), mentor(BEN), mentee(CHI, months=9), mentor(DEE, months=9)]
    found = next(one for one in propose(round_of(*people), new_ids()) if one.mentee == ADA)
    round_ = round_of(*people, matches=[match(CHI, DEE)])
    chosen = manual_match(round_, people[0], people[1], by=OWNER, new_id="m7")
    assert (chosen.other_mentor, chosen.other_mentee) == (found.other_mentor, found.other_mentee)
    alone = manual_match(weighed(round_, Weights(at_least=60)), people[0], people[1], by=OWNER, new_id="m7")
    assert (alone.other_mentor, alone.other_mentee) == (None, None)
