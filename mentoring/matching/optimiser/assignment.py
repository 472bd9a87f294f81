"""Solves the assignment problem: a minimum cost assignment in which the same two people are paired once.

The assignment comes from `scipy.sparse.csgraph.min_weight_full_bipartite_matching`. It may pair two people who could
mentor each other in both roles. Such a conflict is resolved by best-first branch and bound: each of the two pairs is
forbidden in turn, and the most valuable node is expanded first. The result is optimal unless that takes more than
`effort`; then the less valuable pair of each conflict is forbidden, and free places are filled greedily.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

import numpy as np
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from mentoring.matching.optimiser.cost_matrix import AssignmentProblem, Pair

MirroredPairs = Mapping[Pair, Pair]
"""Pairs of people who could mentor each other: each pair by the pair in the other roles."""

EFFORT = 20_000_000
"""Edges to visit before settling for a good solution; takes some seconds."""
_MOST_NODES = 2000


@dataclass(frozen=True)
class SearchNode:
    """A solution that ignores conflicts. `pairs` is the mentor of each matched mentee, by row; `conflicts` has one pair
    of each two people that it pairs in both roles.
    """

    pairs: dict[int, int]
    value: tuple[int, int]
    conflicts: tuple[Pair, ...]


@dataclass(frozen=True)
class Assignment:
    """`pairs` is the mentor of each matched mentee, by row; `is_best` says whether it is proven optimal."""

    pairs: dict[int, int]
    is_best: bool


def solve(problem: AssignmentProblem, mirrored: MirroredPairs, *, effort: int = EFFORT) -> Assignment:
    """The most valuable assignment without conflicts, or a good one after `effort` edges were visited."""
    search = _Search(problem, mirrored)
    left = min(_MOST_NODES, effort // len(search.costs.data))
    numbers = count()
    none: frozenset[Pair] = frozenset()
    first = search.expand(none)
    waiting = [(*_rank(first), next(numbers), first, none)]
    while True:
        *_, node, forbidden = heappop(waiting)
        if not node.conflicts:
            return Assignment(node.pairs, is_best=True)
        if left <= 0:
            return Assignment(search.dive(node, forbidden), is_best=False)
        one = node.conflicts[0]
        for pair in (one, mirrored[one]):
            less = forbidden | {pair}
            found = search.expand(less)
            heappush(waiting, (*_rank(found), next(numbers), found, less))
        left -= 2


def _rank(node: SearchNode) -> tuple[int, int, int]:
    """The order in which nodes are expanded: most valuable first, then fewest conflicts."""
    size, value = node.value
    return -size, -value, len(node.conflicts)


class _Search:
    def __init__(self, problem: AssignmentProblem, mirrored: MirroredPairs) -> None:
        self.costs = problem.costs()
        self._problem = problem
        self._mirrored = mirrored

    def expand(self, forbidden: Iterable[Pair]) -> SearchNode:
        """The best assignment without the forbidden pairs; conflicts are allowed."""
        costs = self.costs
        if forbidden:
            costs = costs.copy()
            for pair in forbidden:
                costs.data[self._edges(pair)] = 0
            costs.eliminate_zeros()
        rows, columns = (found.tolist() for found in min_weight_full_bipartite_matching(costs))
        owner = self._problem.owner.tolist()
        pairs = {row: owner[column] for row, column in zip(rows, columns, strict=True) if column < len(owner)}
        return SearchNode(pairs, self._problem.total_value(pairs), tuple(self._conflicts(pairs)))

    def dive(self, node: SearchNode, forbidden: frozenset[Pair]) -> dict[int, int]:
        """A good solution without conflicts: forbids the less valuable pair of each conflict, and fills up the rest."""
        while node.conflicts:
            forbidden |= {min(pair, self._mirrored[pair], key=self._value) for pair in node.conflicts}
            node = self.expand(forbidden)
        return self._filled(node.pairs)

    def _filled(self, pairs: Mapping[int, int]) -> dict[int, int]:
        """`pairs` and, for each unmatched mentee, the most valuable mentor with a free place, if there is one."""
        filled = dict(pairs)
        free = Counter(dict(enumerate(self._problem.places)))
        free.subtract(pairs.values())
        for row in range(len(self._problem.values)):
            possible = [] if row in filled else np.flatnonzero(self._problem.values[row] >= 0).tolist()
            options = [
                (row, mentor) for mentor in possible if free[mentor] and not self._is_taken(filled, (row, mentor))
            ]
            if options:
                _, mentor = max(options, key=self._value)
                filled[row] = mentor
                free[mentor] -= 1
        return filled

    def _conflicts(self, pairs: Mapping[int, int]) -> Iterator[Pair]:
        for pair in pairs.items():
            if pair in self._mirrored and pair < self._mirrored[pair] and self._is_taken(pairs, pair):
                yield pair

    def _is_taken(self, pairs: Mapping[int, int], pair: Pair) -> bool:
        """Whether `pairs` has these two people in the other roles."""
        mirror = self._mirrored.get(pair)
        return mirror is not None and pairs.get(mirror[0]) == mirror[1]

    def _value(self, pair: Pair) -> int:
        return int(self._problem.values[pair])

    def _edges(self, pair: Pair) -> slice:
        """The positions of a pair's edges, one for each place of the mentor, in `costs.data`."""
        row, mentor = pair
        start, end = self.costs.indptr[row], self.costs.indptr[row + 1]
        first = bisect_left(self._problem.owner, mentor)
        columns = self.costs.indices[start:end]
        return slice(
            start + int(np.searchsorted(columns, first)),
            start + int(np.searchsorted(columns, first + self._problem.places[mentor])),
        )
