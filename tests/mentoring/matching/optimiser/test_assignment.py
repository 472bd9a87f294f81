"""Many pairs at once are judged as each by itself; and what is done where the best would take too long."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.applications.application import Application, Role
from mentoring.matching.optimiser import BEST, score_pair
from mentoring.matching.optimiser.assignment import MirroredPairs, solve
from mentoring.matching.optimiser.compare import mirrored_cell
from mentoring.matching.optimiser.cost_matrix import AssignmentProblem, build_problem, find_mirrored_pairs, value_of
from mentoring.matching.optimiser.propose import shuffled_pool
from mentoring.matching.optimiser.score import PairScorer
from mentoring.matching.optimiser.score_matrix import allowed, count_shared_topics, scores
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import OWNER, match
from tests.mentoring.rounds import EXAMPLES, rounds


@settings(max_examples=EXAMPLES)
@given(rounds(most=8, most_in_both=4))
def test_all_pairs_at_once_are_scored_and_barred_as_each_by_itself(round_: MatchingRound) -> None:
    mentees, mentors = round_.pool(Role.MENTEE), round_.pool(Role.MENTOR)
    if not mentees or not mentors:
        return
    shared = count_shared_topics(mentees, mentors)
    scored = scores(PairScorer(round_), mentees, mentors, shared).tolist()
    assert scored == [[score_pair(round_, one, other)[1] for other in mentors] for one in mentees]
    free = allowed(round_, mentees, mentors, shared).tolist()
    assert free == [[round_.broken_rule(one, other) is None for other in mentors] for one in mentees]


@given(st.integers(0, BEST), st.integers(1, BEST), st.integers(1, BEST))
def test_a_point_is_worth_more_to_the_worse_pair(score: int, gained: int, better_by: int) -> None:
    better = score + better_by
    if better + gained <= BEST:
        assert value_of(score + gained) - value_of(score) > value_of(better + gained) - value_of(better) > 0


@settings(max_examples=EXAMPLES)
@given(rounds(most=8, most_in_both=8))
def test_where_the_best_takes_too_long_it_is_still_right_and_nobody_is_left_over(round_: MatchingRound) -> None:
    mentees, mentors = round_.pool(Role.MENTEE), round_.pool(Role.MENTOR)
    if not mentees or not mentors:
        return
    problem = build_problem(PairScorer(round_), mentees, mentors)
    mirrored = find_mirrored_pairs(problem.possible, mentees, mentors)
    good, best = solve(problem, mirrored, effort=0), solve(problem, mirrored)
    check(problem, mirrored, good.pairs)
    check(problem, mirrored, best.pairs)
    assert best.is_best
    assert problem.total_value(good.pairs) <= problem.total_value(best.pairs)
    assert not good.is_best or problem.total_value(good.pairs) == problem.total_value(best.pairs)


def check(problem: AssignmentProblem, mirrored: MirroredPairs, pairs: dict[int, int]) -> None:
    """Nothing forbidden, no mentor with too many, nobody paired twice, and nobody left over who could be matched."""
    free = [places - list(pairs.values()).count(mentor) for mentor, places in enumerate(problem.places)]
    assert min(free) >= 0
    twice = {twin for pair, twin in mirrored.items() if pair in pairs.items()}
    assert not twice & set(pairs.items())
    assert all(problem.values[pair] >= 0 for pair in pairs.items())
    for row in set(range(len(problem.values))) - set(pairs):
        for mentor, places in enumerate(free):
            pair = (row, mentor)
            assert not places or problem.values[pair] < 0 or pair in twice


@settings(max_examples=EXAMPLES)
@given(st.data(), rounds(most=8, most_in_both=8))
def test_what_is_left_around_two_is_what_a_round_has_in_which_they_are_together(
    data: st.DataObject, round_: MatchingRound
) -> None:
    mentees, mentors = shuffled_pool(round_)
    if not mentees or not mentors:
        return
    problem = build_problem(PairScorer(round_), mentees, mentors)
    row = data.draw(st.integers(0, len(mentees) - 1))
    others = [column for column in range(len(mentors)) if mentors[column].person != mentees[row].person]
    if not others:
        return
    column = data.draw(st.sampled_from(others))
    two = match(mentees[row].person, mentors[column].person, paired_by=OWNER)
    fixed = replace(round_, matches={**round_.matches, two.id: two})
    rest, left = (
        problem.without_pair((row, column), mirrored_cell(mentees, mentors, mentees[row], mentors[column])),
        shuffled_pool(fixed),
    )
    if not all(left):
        assert best(rest, mentees, mentors) == (0, 0)
        return
    assert best(rest, mentees, mentors) == best(build_problem(PairScorer(fixed), *left), *left)


def best(problem: AssignmentProblem, mentees: list[Application], mentors: list[Application]) -> tuple[int, int]:
    return problem.total_value(solve(problem, find_mirrored_pairs(problem.possible, mentees, mentors)).pairs)


@settings(max_examples=EXAMPLES)
@given(st.data(), rounds(most=8, most_in_both=8))
def test_of_ways_that_are_as_good_the_one_with_most_of_the_pairs_before_can_be_had(
    data: st.DataObject, round_: MatchingRound
) -> None:
    mentees, mentors = shuffled_pool(round_)
    if not mentees or not mentors:
        return
    problem = build_problem(PairScorer(round_), mentees, mentors)
    before = {row: data.draw(st.integers(0, len(mentors) - 1)) for row in range(len(mentees))}
    mirrored = find_mirrored_pairs(problem.possible, mentees, mentors)
    kept = solve(problem.preferring(before), mirrored).pairs
    assert problem.total_value(kept) == best(problem, mentees, mentors)
    usual = solve(problem, mirrored).pairs
    assert len(kept.items() & before.items()) >= len(usual.items() & before.items())
