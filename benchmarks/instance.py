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
from mentoring.matching.optimiser.cost_matrix import Market, market_of, worth_of
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
    def market(self) -> Market:
        return market_of(PairScorer(self.round), self.mentees, self.mentors)

    @cached_property
    def scores(self) -> list[list[int]]:
        """By row and mentor, from 0 to 100."""
        shared_topics = count_shared_topics(self.mentees, self.mentors)
        found: list[list[int]] = scores(PairScorer(self.round), self.mentees, self.mentors, shared_topics).tolist()
        return found

    @cached_property
    def costs(self) -> "csr_array[np.float64]":
        return self.market.costs()

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
        market = self.market
        return seconds(lambda: greedy(market))

    def proposed(self) -> dict[int, int]:
        """What is proposed: the mentor of each row."""
        rows = {one.id: row for row, one in enumerate(self.mentees)}
        columns = {one.id: column for column, one in enumerate(self.mentors)}
        found = propose(self.round, new_ids())
        return {rows[one.mentee_application]: columns[one.mentor_application] for one in found}

    def missed(self, pairs: Mapping[int, int]) -> int:
        """What these are worth less than if everybody who can be matched had somebody who suits them perfectly."""
        most = min(len(self.mentees), len(self.market.owner))
        return most * worth_of(BEST) - self.market.value(pairs)[1]

    def check_best(self) -> None:
        """That another algorithm finds nothing better than what is proposed. Raises RuntimeError."""
        dense = np.full(self.costs.shape, np.inf)
        edges = self.costs.tocoo()
        dense[edges.row, edges.col] = edges.data
        rows, columns = linear_sum_assignment(dense)
        places = len(self.market.owner)
        chosen = [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if column < places]
        pairs = {row: int(self.market.owner[column]) for row, column in chosen}
        if self.market.value(pairs) != self.market.value(self.proposed()):
            raise RuntimeError("It is not the best way.")


def greedy(market: Market) -> Mapping[int, int]:
    """The best pair first, then the next best of who is left: the mentor of each row."""
    free = list(market.places)
    pairs: dict[int, int] = {}
    best_first = np.argsort(-market.worth, axis=None, kind="stable")
    for row, mentor in zip(*(each.tolist() for each in np.unravel_index(best_first, market.worth.shape)), strict=True):
        if market.worth[row, mentor] < 0 or len(pairs) == len(market.worth):
            break
        if row not in pairs and free[mentor]:
            pairs[row] = mentor
            free[mentor] -= 1
    return pairs
