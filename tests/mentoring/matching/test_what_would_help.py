"""What would help people without a match: how many more each change matches, and of whom no figure tells."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.errors import CohortOver
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import EVERYBODY, Programme, ProgrammeType, Segment, Weights
from mentoring.matching.hard_rules import Exclusion, sorted_pair
from mentoring.matching.match import MatchState
from mentoring.matching.optimiser import propose
from mentoring.matching.round import MatchingRound
from mentoring.matching.what_would_help import (
    Gain,
    RuleChange,
    changed_round,
    has_unmatched,
    possible_changes,
    what_would_help,
)
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring import reference_rules
from tests.mentoring.factories import ADA, BEN, CHI, DEE, OWNER, match, mentee, mentor, new_ids, partnership, round_of
from tests.mentoring.rounds import EXAMPLES, GRADED, rounds
from tests.mentoring.values import COHORT, NOON, person

LATE = COHORT.apply_by + timedelta(days=3)
TWO_GRADES = replace(GRADED, least_gap=2)
NO_MORE = {"places": 3}
"""Of a mentor who cannot offer another place, which would help in most rounds."""

STRICT = st.builds(
    lambda kind, gap, hours, least, mentees, mentors: replace(
        GRADED,
        type=kind,
        least_gap=gap,
        shared_hours=hours,
        weights=Weights(at_least=least),
        for_mentees=mentees,
        for_mentors=mentors,
    ),
    st.sampled_from([ProgrammeType.MENTORING] * 3 + [ProgrammeType.PEER]),
    st.sampled_from([0, 1, 2, 3]),
    st.booleans(),
    st.sampled_from([0, 30, 50, 70]),
    st.sampled_from([EVERYBODY, EVERYBODY, Segment(("Loans",)), Segment(grades=("A", "B"))]),
    st.sampled_from([EVERYBODY, EVERYBODY, Segment(("Archives", "Loans"), ("C", "D"))]),
)


def help_for(*applications: object, programme: Programme = GRADED, **more: object) -> tuple[dict[object, int], tuple]:  # type: ignore[type-arg]
    """By the changes of each gain, how many more; and the changes that gain nothing."""
    found = what_would_help(round_of(*applications, programme=programme, **more))  # type: ignore[arg-type]
    assert all(gain.is_exact for gain in found.gains)
    return {_key(gain): gain.more for gain in found.gains}, found.no_gain


def _key(gain: Gain) -> object:
    return gain.changes[0] if len(gain.changes) == 1 else gain.changes


# Each change


def test_a_smaller_gap_and_none_are_told_apart() -> None:
    three = (mentee(ADA, grade="A"), mentee(CHI, grade="B"))
    others = (mentor(BEN, grade="B", **NO_MORE), mentor(DEE, grade="B", **NO_MORE))
    helps, no_gain = help_for(*three, *others, programme=TWO_GRADES)
    assert helps == {RuleChange.SMALLER_GAP: 1, RuleChange.NO_GAP: 2}
    assert no_gain == ()


def test_where_the_gap_is_one_grade_only_none_is_less() -> None:
    round_ = round_of(mentee(ADA, grade="A"), mentor(BEN, grade="A"), programme=replace(GRADED, least_gap=1))
    assert RuleChange.SMALLER_GAP not in possible_changes(round_)
    assert RuleChange.NO_GAP in possible_changes(round_)


@pytest.mark.parametrize(
    ("programme", "change"),
    [
        (replace(GRADED, for_mentees=Segment(("Loans",))), RuleChange.ALL_MENTEES),
        (replace(GRADED, for_mentors=Segment(grades=("D",))), RuleChange.ALL_MENTORS),
        (replace(GRADED, weights=Weights(at_least=90)), RuleChange.ANY_SCORE),
        (replace(GRADED, shared_hours=True), RuleChange.ANY_HOURS),
    ],
)
def test_each_rule_that_owners_can_set_is_tried(programme: Programme, change: RuleChange) -> None:
    far = [person(ADA, time_zone="Asia/Kolkata"), person(BEN, time_zone="America/Los_Angeles")]
    helps, no_gain = help_for(mentee(ADA), mentor(BEN, **NO_MORE), programme=programme, people=far)
    assert (helps, no_gain) == ({change: 1}, ())


def test_one_more_place_helps_until_a_mentor_offers_three() -> None:
    asking = [mentee(user) for user in ("U1", "U2", "U3", "U4")]
    assert help_for(*asking, mentor(BEN, places=1), mentor(DEE, places=1)) == ({RuleChange.MORE_PLACES: 2}, ())
    assert help_for(*asking, mentor(BEN, places=3)) == ({}, ())


def test_a_mentor_whose_places_are_taken_may_offer_another() -> None:
    running = partnership(CHI, BEN)
    helps, _ = help_for(mentee(ADA), mentee(CHI), mentor(BEN), partnerships=[running])
    assert helps == {RuleChange.MORE_PLACES: 1}


def test_late_applications_count_if_the_last_day_to_apply_is_moved() -> None:
    late = mentor(BEN, sent_on=LATE, **NO_MORE)
    helps, _ = help_for(mentee(ADA), late)
    assert helps == {RuleChange.LATE_APPLICATIONS: 1}
    round_ = round_of(mentee(ADA), late)
    assert changed_round(round_, RuleChange.LATE_APPLICATIONS).cohort == replace(COHORT, apply_by=LATE)


def test_an_application_after_the_start_moves_the_start_too_and_never_past_the_end() -> None:
    late = mentor(BEN, sent_on=COHORT.starts_on + timedelta(days=9))
    moved = changed_round(round_of(mentee(ADA), late), RuleChange.LATE_APPLICATIONS).cohort
    assert moved.apply_by == moved.starts_on == late.sent_on
    after = round_of(mentee(ADA), replace(late, sent_on=COHORT.ends_on))
    assert RuleChange.LATE_APPLICATIONS not in possible_changes(after)


def test_a_late_application_that_was_withdrawn_or_whose_author_is_away_is_not_waited_for() -> None:
    late = mentee(ADA, sent_on=LATE)
    gone = replace(late, state=ApplicationState.WITHDRAWN)
    away = person(ADA, standing=person(ADA).account_status.DEACTIVATED)
    assert has_unmatched(round_of(late, mentor(BEN)))
    for round_ in (round_of(gone, mentor(BEN)), round_of(late, mentor(BEN), people=[away])):
        assert not has_unmatched(round_)
        assert RuleChange.LATE_APPLICATIONS not in possible_changes(round_)


# Two together


def test_only_if_no_single_change_helps_the_best_two_are_looked_for() -> None:
    strict = replace(TWO_GRADES, weights=Weights(at_least=90))
    helps, no_gain = help_for(mentee(ADA, grade="A"), mentor(BEN, grade="B", **NO_MORE), programme=strict)
    assert helps == {(RuleChange.SMALLER_GAP, RuleChange.ANY_SCORE): 1}
    assert set(no_gain) == {RuleChange.SMALLER_GAP, RuleChange.NO_GAP, RuleChange.ANY_SCORE}


def test_the_two_that_help_most_are_found() -> None:
    strict = replace(TWO_GRADES, weights=Weights(at_least=90))
    people = (mentee(ADA, grade="A"), mentee(CHI, grade="A"), mentor(BEN, grade="B", **NO_MORE))
    same = mentor(DEE, grade="A", **NO_MORE)
    helps, _ = help_for(people[0], people[1], replace(people[2], places=1), same, programme=strict)
    assert helps == {(RuleChange.NO_GAP, RuleChange.ANY_SCORE): 2}


def test_where_nothing_helps_it_says_so() -> None:
    helps, no_gain = help_for(mentee(ADA), mentor(BEN, "Job search"), programme=TWO_GRADES)
    assert helps == {}
    assert set(no_gain) == {RuleChange.SMALLER_GAP, RuleChange.NO_GAP, RuleChange.MORE_PLACES}


def test_a_search_that_is_cut_short_says_that_it_may_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada and Ben suit each other best in both roles, and each could have another."""
    monkeypatch.setattr("mentoring.matching.optimiser.assignment.EFFORT", 0)
    both = (mentee(ADA, grade="A"), mentor(ADA, grade="A"), mentee(BEN, grade="A"), mentor(BEN, grade="A"))
    found = what_would_help(round_of(*both, programme=replace(GRADED, least_gap=1)))
    (gain,) = (gain for gain in found.gains if gain.changes == (RuleChange.NO_GAP,))
    assert (gain.more, gain.is_exact) == (1, False)


def test_a_closed_round_is_not_computed() -> None:
    with pytest.raises(CohortOver):
        what_would_help(round_of(mentee(ADA), cohort=replace(COHORT, closed_on=COHORT.starts_on)))


# What is never told


BARRED: Mapping[str, Callable[[MatchingRound], MatchingRound]] = {
    "declined": lambda round_: replace(round_, declined=frozenset({frozenset({ADA, BEN})})),
    "excluded": lambda round_: replace(
        round_, exclusions=frozenset({Exclusion(*sorted_pair(ADA, BEN), OWNER, NOON, "p1")})
    ),
    "declined offer": lambda round_: replace(round_, matches={"m": match(state=MatchState.DECLINED)}),
    "rejected": lambda round_: replace(round_, matches={"m": match(state=MatchState.REFUSED)}),
    "former partners": lambda round_: replace(
        round_, partnerships=(partnership(state=PartnershipState.ENDED, back=(ADA, BEN)),)
    ),
    "line of management": lambda round_: replace(round_, staff={ADA: StaffRecord(ADA, manager=BEN)}),
}


@pytest.mark.parametrize("barred", BARRED.values(), ids=BARRED)
def test_no_change_brings_two_together_who_are_kept_apart(barred: Callable[[MatchingRound], MatchingRound]) -> None:
    strict = replace(TWO_GRADES, weights=Weights(at_least=90), for_mentees=Segment(("Loans",)))
    round_ = barred(round_of(mentee(ADA, grade="A"), mentor(BEN, grade="A"), programme=strict))
    found = what_would_help(round_)
    assert found.gains == ()
    assert set(found.no_gain) == set(possible_changes(round_))


def test_the_figures_are_the_same_whoever_of_the_two_would_rather_not() -> None:
    def found(who: str) -> object:
        before = partnership(
            state=PartnershipState.ENDED, cohort_id="c0", declined_rematch=(who,), mentee_application="a0"
        )
        others = (mentee(CHI, grade="A"), mentor(DEE, grade="B"))
        return what_would_help(round_of(mentee(ADA), mentor(BEN), *others, partnerships=[before], programme=TWO_GRADES))

    assert found(ADA) == found(BEN)


def test_among_peers_there_is_no_gap_to_change() -> None:
    peers = replace(TWO_GRADES, type=ProgrammeType.PEER)
    round_ = round_of(mentee(ADA, grade="D"), mentor(BEN, grade="A"), mentee(CHI), programme=peers)
    assert {RuleChange.SMALLER_GAP, RuleChange.NO_GAP}.isdisjoint(possible_changes(round_))


# At random

REFERENCE: Mapping[RuleChange, Callable[[MatchingRound], MatchingRound]] = {
    RuleChange.SMALLER_GAP: lambda round_: _set(round_, least_gap=round_.programme.least_gap - 1),
    RuleChange.NO_GAP: lambda round_: _set(round_, least_gap=0),
    RuleChange.ALL_MENTEES: lambda round_: _set(round_, for_mentees=Segment()),
    RuleChange.ALL_MENTORS: lambda round_: _set(round_, for_mentors=Segment()),
    RuleChange.ANY_HOURS: lambda round_: _set(round_, shared_hours=False),
    RuleChange.ANY_SCORE: lambda round_: _set(round_, weights=replace(round_.programme.weights, at_least=0)),
    RuleChange.MORE_PLACES: lambda round_: replace(
        round_,
        applications={
            id_: replace(one, places=min(3, one.places + 1)) if one.role is Role.MENTOR else one
            for id_, one in round_.applications.items()
        },
    ),
    RuleChange.LATE_APPLICATIONS: lambda round_: replace(
        round_, cohort=replace(round_.cohort, apply_by=round_.cohort.starts_on)
    ),
}
"""What owners would do, once more: all late applications of these rounds were sent before the start."""


def _set(round_: MatchingRound, **settings: object) -> MatchingRound:
    return replace(round_, programme=replace(round_.programme, **settings))  # type: ignore[arg-type]


STRICT_ROUNDS = st.builds(
    lambda loose, strict: replace(loose, programme=strict), rounds(most=7, most_in_both=7), STRICT
)


def proposed_after(round_: MatchingRound, *changes: RuleChange) -> int:
    """How many are proposed after these changes; two who are kept apart for good are never among them."""
    for change in changes:
        round_ = REFERENCE[change](round_)
    free = round_.without_undecided_proposals()
    proposed = propose(round_, new_ids())
    for one in proposed:
        assert not reference_rules.were_excluded(free, set(one.people))
        assert not reference_rules.stands_above(free, *one.people)
        assert not reference_rules.stands_above(free, *reversed(one.people))
    return len(proposed)


def check_single(round_: MatchingRound) -> None:
    """Each figure is what proposing for the changed round gives, minus what it gives today."""
    today = proposed_after(round_)
    more = {change: proposed_after(round_, change) - today for change in possible_changes(round_)}
    found = what_would_help(round_)
    mentees = reference_rules.pool(round_.without_undecided_proposals(), Role.MENTEE)
    assert found.without_match == len(mentees) - today
    assert set(found.no_gain) == {change for change, many in more.items() if not many}
    if any(more.values()):
        assert found.gains == tuple(Gain((change,), many) for change, many in more.items() if many)


@settings(max_examples=EXAMPLES)
@given(STRICT_ROUNDS)
def test_each_figure_is_what_proposing_for_the_changed_round_gives(round_: MatchingRound) -> None:
    check_single(round_)


@pytest.mark.long
@settings(max_examples=max(200, EXAMPLES))
@given(STRICT_ROUNDS)
def test_so_it_is_in_two_hundred_rounds(round_: MatchingRound) -> None:
    check_single(round_)


@settings(max_examples=EXAMPLES)
@given(STRICT_ROUNDS)
def test_the_best_two_are_the_best_of_all_twos_and_only_told_if_no_single_change_helps(round_: MatchingRound) -> None:
    found, today = what_would_help(round_), proposed_after(round_)
    if found.no_gain != possible_changes(round_):
        assert all(len(gain.changes) == 1 for gain in found.gains)
        return
    twos = [two for two in combinations(found.no_gain, 2) if two != (RuleChange.SMALLER_GAP, RuleChange.NO_GAP)]
    more = {two: proposed_after(round_, *two) - today for two in twos}
    best = max(more, key=lambda two: more[two], default=None)
    assert found.gains == ((Gain(best, more[best]),) if best and more[best] else ())
