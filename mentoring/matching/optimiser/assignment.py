"""The best of all ways to match: a minimum cost assignment, in which the same two people are paired once.

The assignment is `scipy.sparse.csgraph.min_weight_full_bipartite_matching`. That two who could mentor each other are
paired one way round only is no assignment any more: where the best one pairs them twice, each way is forbidden in turn,
and the best of what is left is looked for first (best-first branch and bound). So what is found is the optimum, unless
that takes more than `effort`; then the worse way of each is forbidden, and nobody is left over who could be matched.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

import numpy as np
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentoring.matching.optimiser.cost_matrix import Market, Pair

Twins = Mapping[Pair, Pair]
"""Of two people who could mentor each other, each way and the other way round."""

EFFORT = 20_000_000
"""Edges to look at before the best is given up for something good; some seconds."""
_MOST_SOLUTIONS = 2000


@dataclass(frozen=True)
class SearchNode:
    """`pairs` is the mentor of each mentee who gets one, by row; `clashes` are twins that are both in it, by one of
    them.
    """

    pairs: dict[int, int]
    value: tuple[int, int]
    clashes: tuple[Pair, ...]


@dataclass(frozen=True)
class Assignment:
    """`pairs` is the mentor of each mentee who gets one, by row; `is_best` where no other way can be better."""

    pairs: dict[int, int]
    is_best: bool


def solve(market: Market, twins: Twins, *, effort: int = EFFORT) -> Assignment:
    search = _Search(market, twins)
    left = min(_MOST_SOLUTIONS, effort // len(search.costs.data))
    numbers = count()
    nothing: frozenset[Pair] = frozenset()
    first = search.solution(nothing)
    waiting = [(*_promise(first), next(numbers), first, nothing)]
    while True:
        *_, solution, forbidden = heappop(waiting)
        if not solution.clashes:
            return Assignment(solution.pairs, is_best=True)
        if left <= 0:
            return Assignment(search.dive(solution, forbidden), is_best=False)
        one = solution.clashes[0]
        for pair in (one, twins[one]):
            less = forbidden | {pair}
            found = search.solution(less)
            heappush(waiting, (*_promise(found), next(numbers), found, less))
        left -= 2


def _promise(solution: SearchNode) -> tuple[int, int, int]:
    """What comes first is looked at first: the best, and of equals the one with the fewest clashes."""
    many, worth = solution.value
    return -many, -worth, len(solution.clashes)


class _Search:
    def __init__(self, market: Market, twins: Twins) -> None:
        self.costs = market.costs()
        self._market = market
        self._twins = twins

    def solution(self, forbidden: Iterable[Pair]) -> SearchNode:
        """The best without these pairs, as if twins were two pairs like any others."""
        costs = self.costs
        if forbidden:
            costs = costs.copy()
            for pair in forbidden:
                costs.data[self._edges(pair)] = 0
            costs.eliminate_zeros()
        rows, columns = (found.tolist() for found in min_weight_full_bipartite_matching(costs))
        owner = self._market.owner.tolist()
        pairs = {row: owner[column] for row, column in zip(rows, columns, strict=True) if column < len(owner)}
        return SearchNode(pairs, self._market.value(pairs), tuple(self._clashes(pairs)))

    def dive(self, solution: SearchNode, forbidden: frozenset[Pair]) -> dict[int, int]:
        """A good way though not the best: where two are paired twice, the way that is worth less is forbidden."""
        while solution.clashes:
            forbidden |= {min(pair, self._twins[pair], key=self._worth) for pair in solution.clashes}
            solution = self.solution(forbidden)
        return self._filled(solution.pairs)

    def _filled(self, pairs: Mapping[int, int]) -> dict[int, int]:
        """With everybody in it who is left over and could have a place that is free."""
        filled = dict(pairs)
        free = Counter(dict(enumerate(self._market.places)))
        free.subtract(pairs.values())
        for row in range(len(self._market.worth)):
            possible = [] if row in filled else np.flatnonzero(self._market.worth[row] >= 0).tolist()
            ways = [(row, mentor) for mentor in possible if free[mentor] and not self._is_taken(filled, (row, mentor))]
            if ways:
                _, mentor = max(ways, key=self._worth)
                filled[row] = mentor
                free[mentor] -= 1
        return filled

    def _clashes(self, pairs: Mapping[int, int]) -> Iterator[Pair]:
        for pair in pairs.items():
            if pair in self._twins and pair < self._twins[pair] and self._is_taken(pairs, pair):
                yield pair

    def _is_taken(self, pairs: Mapping[int, int], pair: Pair) -> bool:
        """Whether these two are paired the other way round."""
        twin = self._twins.get(pair)
        return twin is not None and pairs.get(twin[0]) == twin[1]

    def _worth(self, pair: Pair) -> int:
        return int(self._market.worth[pair])

    def _edges(self, pair: Pair) -> slice:
        """Where the edges of a pair stand among the costs, one for each place."""
        row, mentor = pair
        start, end = self.costs.indptr[row], self.costs.indptr[row + 1]
        first = bisect_left(self._market.owner, mentor)
        columns = self.costs.indices[start:end]
        return slice(
            start + int(np.searchsorted(columns, first)),
            start + int(np.searchsorted(columns, first + self._market.places[mentor])),
        )
