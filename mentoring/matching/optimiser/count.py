"""The number of proposals for a round, without the proposals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from mentoring.applications.application import Application
from mentoring.matching.optimiser.assignment import EFFORT, solve
from mentoring.matching.optimiser.cost_matrix import build_problem, find_mirrored_pairs
from mentoring.matching.optimiser.propose import shuffled_pool
from mentoring.matching.optimiser.score import PairScorer
from mentoring.matching.optimiser.score_matrix import Allowed, allowed, count_shared_topics, scores
from mentoring.matching.round import MatchingRound


@dataclass(frozen=True)
class ProposalCount:
    """How many people can be matched. `is_best` is false if the search was cut short, so that there may be more."""

    matched: int
    is_best: bool = True


def count_proposals(round_: MatchingRound, *, more_than: int = -1, effort: int = EFFORT) -> ProposalCount:
    """The number of proposals that `propose` makes for the round.

    Returns as soon as it is clear that the number is at most `more_than`; `matched` is then an upper bound. With less
    than the usual `effort` (see `solve`), a search may be cut short that `propose` completes.
    """
    scorer = PairScorer(round_.without_undecided_proposals())
    mentees, mentors = shuffled_pool(scorer.round)
    if not mentees or not mentors:
        return ProposalCount(0)
    possible = _possible_pairs(scorer, mentees, mentors)
    # Matches count more than scores, so the best solution is as large as any, unless it pairs two people twice.
    most = _most_pairs(possible, [scorer.round.free_places(mentor) for mentor in mentors])
    if most <= more_than or not find_mirrored_pairs(possible, mentees, mentors):
        return ProposalCount(most)
    problem = build_problem(scorer, mentees, mentors)
    found = solve(problem, find_mirrored_pairs(problem.possible, mentees, mentors), effort=effort)
    return ProposalCount(len(found.pairs), found.is_best)


def _possible_pairs(scorer: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]) -> Allowed:
    """The pairs that may be proposed. Scores are computed only if there is a minimum."""
    shared_topics = count_shared_topics(mentees, mentors)
    possible = allowed(scorer.round, mentees, mentors, shared_topics)
    if scorer.weights.at_least > 0:
        possible &= scores(scorer, mentees, mentors, shared_topics) >= scorer.weights.at_least
    return possible


def _most_pairs(possible: Allowed, places: Sequence[int]) -> int:
    """The most pairs in which each mentee is at most once, and each mentor at most as often as they have places."""
    matched = maximum_bipartite_matching(csr_array(np.repeat(possible, places, axis=1)), perm_type="column")
    return int((matched >= 0).sum())
