"""A round to match, the ready matrix of its costs, and other ways to match it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.measuring import seconds
from mentoring.applications.application import Application, Role
from mentoring.matching.optimiser import propose
from mentoring.matching.optimiser.cost_matrix import AssignmentProblem, build_problem, value_of
from mentoring.matching.optimiser.score import BEST, PairScorer
from mentoring.matching.optimiser.score_matrix import count_shared_topics, scores
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import new_ids


@dataclass(frozen=True)
class Instance:
    """A round, and the ready matrix of its costs."""

    round: MatchingRound

    @cached_property
    def mentees(self) -> list[Application]:
        return self.round.pool(Role.MENTEE)

    @cached_property
    def mentors(self) -> list[Application]:
        return self.round.pool(Role.MENTOR)

    @cached_property
    def problem(self) -> AssignmentProblem:
        return build_problem(PairScorer(self.round), self.mentees, self.mentors)

    @cached_property
    def scores(self) -> list[list[int]]:
        """By row and mentor, from 0 to 100."""
        shared_topics = count_shared_topics(self.mentees, self.mentors)
        found: list[list[int]] = scores(PairScorer(self.round), self.mentees, self.mentors, shared_topics).tolist()
        return found

    @cached_property
    def costs(self) -> "csr_array[np.float64]":
        return self.problem.costs()

    def whole(self) -> float:
        """Seconds to propose; nothing is remembered from the last time."""
        fresh = replace(self.round)
        return seconds(lambda: propose(fresh, new_ids()))

    def bare(self) -> float:
        """Seconds of the solver on the ready matrix."""
        costs = self.costs
        return seconds(lambda: min_weight_full_bipartite_matching(costs))

    def greedily(self) -> float:
        """Seconds to take the best pair, then the next best, of the ready matrix."""
        problem = self.problem
        return seconds(lambda: greedy(problem))

    def proposed(self) -> dict[int, int]:
        """What is proposed: the mentor of each row."""
        rows = {one.id: row for row, one in enumerate(self.mentees)}
        columns = {one.id: column for column, one in enumerate(self.mentors)}
        found = propose(self.round, new_ids())
        return {rows[one.mentee_application]: columns[one.mentor_application] for one in found}

    def missed(self, pairs: Mapping[int, int]) -> int:
        """How much less these are worth than if everyone who can be matched had a perfect match."""
        most = min(len(self.mentees), len(self.problem.owner))
        return most * value_of(BEST) - self.problem.total_value(pairs)[1]

    def check_best(self) -> None:
        """That another algorithm finds nothing better than what is proposed. Raises RuntimeError."""
        dense = np.full(self.costs.shape, np.inf)
        edges = self.costs.tocoo()
        dense[edges.row, edges.col] = edges.data
        rows, columns = linear_sum_assignment(dense)
        places = len(self.problem.owner)
        chosen = [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if column < places]
        pairs = {row: int(self.problem.owner[column]) for row, column in chosen}
        if self.problem.total_value(pairs) != self.problem.total_value(self.proposed()):
            raise RuntimeError("It is not the best way.")


def greedy(problem: AssignmentProblem) -> Mapping[int, int]:
    """The best pair first, then the next best of who is left: the mentor of each row."""
    free = list(problem.places)
    pairs: dict[int, int] = {}
    best_first = np.argsort(-problem.values, axis=None, kind="stable")
    for row, mentor in zip(
        *(each.tolist() for each in np.unravel_index(best_first, problem.values.shape)), strict=True
    ):
        if problem.values[row, mentor] < 0 or len(pairs) == len(problem.values):
            break
        if row not in pairs and free[mentor]:
            pairs[row] = mentor
            free[mentor] -= 1
    return pairs
