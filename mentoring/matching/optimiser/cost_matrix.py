"""The assignment problem of a pool, and its sparse cost matrix.

A row is a mentee, a column one place of a mentor; a pair that a hard rule forbids has no edge. After the places, each
mentee has a column of their own for staying unmatched. It costs more than all matches together, so that the number of
matches comes first. Costs are whole numbers, and exact as long as their sum is below 2^53.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from mentoring.applications.application import Application
from mentoring.matching.match import Alternative
from mentoring.matching.optimiser.score import BEST, PairScorer
from mentoring.matching.optimiser.score_matrix import allowed, count_shared_topics, scores

POINT = 100
"""Value of one point of waiting or load. A score of 100 has the value BEST squared."""

EXACT = 2**53
"""Whole numbers below this are exact as floating point numbers."""

Pair = tuple[int, int]
"""The index of a mentee and the index of a mentor."""

_ROWS = 256
"""Rows per batch, to limit memory."""


def value_of(score: int) -> int:
    """The value of a pair with this score (0–100). It is concave: two average pairs are better than a good one and a
    very poor one.
    """
    return BEST * BEST - (BEST - score) ** 2


@dataclass(frozen=True)
class AssignmentProblem:
    """Which pairs are allowed, and what they are worth.

    `values` has a row for each mentee and a column for each mentor; -1 forbids the pair. It includes `waiting`, the
    bonus of each mentee for having waited. `places` is how many partners each mentor can take. `extra[mentor][n]` is
    the value (negative for a load) of giving that mentor another partner after `n`.
    """

    values: NDArray[np.int32]
    waiting: NDArray[np.int32]
    places: Sequence[int]
    extra: Sequence[Sequence[int]]

    @cached_property
    def possible(self) -> NDArray[np.bool_]:
        """Which pairs are allowed."""
        return self.values >= 0

    @cached_property
    def owner(self) -> NDArray[np.intp]:
        """The mentor of each place."""
        return np.repeat(np.arange(len(self.places)), self.places)

    def total_value(self, pairs: Mapping[int, int]) -> tuple[int, int]:
        """The number of `pairs` (mentor by row) and their value."""
        value = sum(int(self.values[pair]) for pair in pairs.items())
        taken = Counter(pairs.values())
        return len(pairs), value + sum(sum(self.extra[mentor][:many]) for mentor, many in taken.items())

    def without_pair(self, pair: Pair, mirrored_cell: Pair | None) -> "AssignmentProblem":
        """The rest of the problem once this pair is fixed: without the mentee, with one place less of the mentor, and
        without `mirrored_cell`, which pairs the same two people in the other roles.
        """
        row, mentor = pair
        values = self.values.copy()
        values[row] = -1
        if mirrored_cell:
            values[mirrored_cell] = -1
        places, extra = list(self.places), list(self.extra)
        places[mentor] -= 1
        extra[mentor] = extra[mentor][1:]
        return replace(self, values=values, places=places, extra=extra)

    def preferring(self, pairs: Mapping[int, int]) -> "AssignmentProblem":
        """The same problem, with ties resolved in favour of solutions that contain more of these pairs.

        Returns the problem unchanged if the scaled numbers would not be exact (beyond some thousand people a side).
        """
        times = len(self.values) + 1
        _, unmatched = self._bounds
        if unmatched * times * times >= EXACT:
            return self
        values = np.where(self.values >= 0, self.values * np.int32(times), np.int32(-1))
        for pair in pairs.items():
            values[pair] += values[pair] >= 0
        return replace(self, values=values, extra=[[more * times for more in each] for each in self.extra])

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        """An upper bound of the value of one match, and the cost of staying unmatched."""
        extra = [0, *(more for each in self.extra for more in each)]
        most = int(self.values.max(initial=0)) + max(extra) + 1
        return most, (most - min(extra)) * len(self.values) + 1

    def costs(self) -> csr_array[np.float64]:
        """The sparse cost matrix: in each row the places in order, then the column for staying unmatched."""
        rows, columns = len(self.values), len(self.owner)
        extra = np.array([more for each in self.extra for more in each], np.int32)
        most, unmatched = self._bounds
        per_row = (self.values >= 0) @ np.array(self.places, np.int32) + 1
        starts = np.concatenate(([0], np.cumsum(per_row))).astype(np.int32)
        data, indices = np.empty(starts[-1]), np.empty(starts[-1], np.int32)
        for first in range(0, rows, _ROWS):
            values = self.values[first : first + _ROWS].take(self.owner, axis=1)
            edges = np.pad(values >= 0, ((0, 0), (0, 1)), constant_values=True)
            costs = np.pad(most - extra - values, ((0, 0), (0, 1)))
            here = slice(starts[first], starts[first + len(values)])
            data[here] = costs[edges]
            indices[here] = np.broadcast_to(np.arange(columns + 1, dtype=np.int32), edges.shape)[edges]
        data[starts[1:] - 1] = unmatched
        indices[starts[1:] - 1] = columns + np.arange(rows)
        return csr_array((data, indices, starts), shape=(rows, columns + rows))


def build_problem(
    scorer: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> AssignmentProblem:
    """The problem of matching these mentees (rows) and mentors (columns) of the pool."""
    shared_topics = count_shared_topics(mentees, mentors)
    scored = scores(scorer, mentees, mentors, shared_topics)
    possible = allowed(scorer.round, mentees, mentors, shared_topics) & (scored >= scorer.weights.at_least)
    waiting = np.array([POINT * scorer.priority(mentee) for mentee in mentees], np.int32)
    values = np.array([value_of(score) for score in range(BEST + 1)], np.int32)[scored]
    values += waiting[:, None]
    values[~possible] = -1
    return AssignmentProblem(
        values, waiting, [scorer.round.free_places(m) for m in mentors], [_extra(scorer, m) for m in mentors]
    )


def _extra(scorer: PairScorer, mentor: Application) -> list[int]:
    """A mentor's first partner adds the bonus for waiting; every further one subtracts a load."""
    free = scorer.round.free_places(mentor)
    taken = scorer.round.places(mentor) - free
    return [
        POINT * (-scorer.weights.load * number if number else scorer.priority(mentor))
        for number in range(taken, taken + free)
    ]


def find_mirrored_pairs(
    possible: NDArray[np.bool_], mentees: Sequence[Application], mentors: Sequence[Application]
) -> dict[Pair, Pair]:
    """Pairs of people who could mentor each other, both ways being `possible`: each pair by the pair in the other
    roles.
    """
    rows = {mentee.person: row for row, mentee in enumerate(mentees)}
    both = [(rows[mentor.person], column) for column, mentor in enumerate(mentors) if mentor.person in rows]
    return {
        (row, column): (other_row, other_column)
        for row, other_column in both
        for other_row, column in both
        if possible[row, column] and possible[other_row, other_column]
    }


_SCORES = {value_of(score): score for score in range(BEST + 1)}


class Alternatives:
    """The next best partner of each person in a solution of `problem`, given as `pairs`.

    Ignores whether that partner is free. The partners that a person gets in the solution, in either role, are left out.
    """

    def __init__(
        self,
        problem: AssignmentProblem,
        mentees: Sequence[Application],
        mentors: Sequence[Application],
        pairs: Iterable[Pair],
    ) -> None:
        self._problem = problem
        self._mentees = mentees
        self._mentors = mentors
        self._rows = {one.person: row for row, one in enumerate(mentees)}
        self._columns = {one.person: column for column, one in enumerate(mentors)}
        self._partners: dict[str, set[str]] = {}
        for row, column in pairs:
            one, other = mentees[row].person, mentors[column].person
            self._partners.setdefault(one, set()).add(other)
            self._partners.setdefault(other, set()).add(one)

    def mentor_for(self, row: int) -> Alternative | None:
        values = self._problem.values[row].copy()
        return self._best(values, int(self._problem.waiting[row]), self._mentees[row], self._mentors, self._columns)

    def mentee_for(self, column: int) -> Alternative | None:
        values = self._problem.values[:, column]
        values = np.where(values >= 0, values - self._problem.waiting, -1)
        return self._best(values, 0, self._mentors[column], self._mentees, self._rows)

    def _best(
        self,
        values: NDArray[np.int32],
        waiting: int,
        one: Application,
        others: Sequence[Application],
        places: dict[str, int],
    ) -> Alternative | None:
        values[[places[partner] for partner in self._partners[one.person] if partner in places]] = -1
        best = int(values.argmax())
        if values[best] < 0:
            return None
        return Alternative(others[best].id, others[best].person, _SCORES[int(values[best]) - waiting])
