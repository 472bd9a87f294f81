"""What every match is worth beside the others, as the matrix of costs in which the best of all ways is looked for.

A row is a mentee, a column a place of a mentor; a pair that a rule forbids is an edge that is not there. Behind the
places each mentee has a column of their own for staying unmatched, dearer than all matches together: so as many people
as possible are matched first. Costs are whole numbers, and so exact while they add up to less than 2^53.
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
"""What a point of waiting or load is worth, where a score of a hundred is worth BEST squared."""

EXACT = 2**53
"""Whole numbers up to here are what they are as floating point numbers, too."""

Pair = tuple[int, int]
"""A mentee's row and a mentor's column."""

_ROWS = 256
"""So many rows are made at a time, to be sparing with memory."""


def worth_of(score: int) -> int:
    """What a pair of this score is worth: the last points count little, the first ones much. So two middling pairs are
    better than a good and a very poor one.
    """
    return BEST * BEST - (BEST - score) ** 2


@dataclass(frozen=True)
class Market:
    """`worth` by row and mentor, -1 where the two must not be matched; `first` what of it each row has for having
    waited; `places` how many partners each mentor can take; `extra` what it adds (or, below 0, takes off) that this
    mentor takes one more, by mentor and how many they take.
    """

    worth: NDArray[np.int32]
    first: NDArray[np.int32]
    places: Sequence[int]
    extra: Sequence[Sequence[int]]

    @cached_property
    def owner(self) -> NDArray[np.intp]:
        """The mentor of each place, in their order."""
        return np.repeat(np.arange(len(self.places)), self.places)

    def value(self, pairs: Mapping[int, int]) -> tuple[int, int]:
        """How many these are, and what they are worth, by the mentor of each row."""
        worth = sum(int(self.worth[pair]) for pair in pairs.items())
        taken = Counter(pairs.values())
        return len(pairs), worth + sum(sum(self.extra[mentor][:many]) for mentor, many in taken.items())

    def around(self, pair: Pair, other_way: Pair | None) -> "Market":
        """What is left when these two are together: the mentee's row is empty, the mentor has a place less, and the
        two are not paired the `other_way` round.
        """
        row, mentor = pair
        worth = self.worth.copy()
        worth[row] = -1
        if other_way:
            worth[other_way] = -1
        places, extra = list(self.places), list(self.extra)
        places[mentor] -= 1
        extra[mentor] = extra[mentor][1:]
        return replace(self, worth=worth, places=places, extra=extra)

    def keeping(self, pairs: Mapping[int, int]) -> "Market":
        """The same, where of ways that are worth the same the one is better that has more of these pairs: where the
        numbers stay exact, which they do up to some thousand a side.
        """
        times = len(self.worth) + 1
        _, unmatched = self._bounds
        if unmatched * times * times >= EXACT:
            return self
        worth = np.where(self.worth >= 0, self.worth * np.int32(times), np.int32(-1))
        for pair in pairs.items():
            worth[pair] += worth[pair] >= 0
        return replace(self, worth=worth, extra=[[more * times for more in each] for each in self.extra])

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        """More than any match is worth; and what staying unmatched costs, which is more than all matches together."""
        extra = [0, *(more for each in self.extra for more in each)]
        most = int(self.worth.max(initial=0)) + max(extra) + 1
        return most, (most - min(extra)) * len(self.worth) + 1

    def costs(self) -> csr_array[np.float64]:
        """All edges: in each row its places from left to right, and at the end staying unmatched."""
        rows, columns = len(self.worth), len(self.owner)
        extra = np.array([more for each in self.extra for more in each], np.int32)
        most, unmatched = self._bounds
        per_row = (self.worth >= 0) @ np.array(self.places, np.int32) + 1
        starts = np.concatenate(([0], np.cumsum(per_row))).astype(np.int32)
        data, indices = np.empty(starts[-1]), np.empty(starts[-1], np.int32)
        for first in range(0, rows, _ROWS):
            worth = self.worth[first : first + _ROWS].take(self.owner, axis=1)
            edges = np.pad(worth >= 0, ((0, 0), (0, 1)), constant_values=True)
            costs = np.pad(most - extra - worth, ((0, 0), (0, 1)))
            here = slice(starts[first], starts[first + len(worth)])
            data[here] = costs[edges]
            indices[here] = np.broadcast_to(np.arange(columns + 1, dtype=np.int32), edges.shape)[edges]
        data[starts[1:] - 1] = unmatched
        indices[starts[1:] - 1] = columns + np.arange(rows)
        return csr_array((data, indices, starts), shape=(rows, columns + rows))


def market_of(gauge: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]) -> Market:
    """What matching these mentees (rows) and mentors (columns) of the pool would be worth."""
    shared_topics = count_shared_topics(mentees, mentors)
    scored = scores(gauge, mentees, mentors, shared_topics)
    possible = allowed(gauge.round, mentees, mentors, shared_topics) & (scored >= gauge.weights.at_least)
    first = np.array([POINT * gauge.priority(mentee) for mentee in mentees], np.int32)
    worth = np.array([worth_of(score) for score in range(BEST + 1)], np.int32)[scored]
    worth += first[:, None]
    worth[~possible] = -1
    return Market(worth, first, [gauge.round.free_places(m) for m in mentors], [_extra(gauge, m) for m in mentors])


def _extra(gauge: PairScorer, mentor: Application) -> list[int]:
    """The first partner counts what the mentor has waited; one more while there is one is a load."""
    free = gauge.round.free_places(mentor)
    taken = mentor.places - free
    return [
        POINT * (-gauge.weights.load * number if number else gauge.priority(mentor))
        for number in range(taken, taken + free)
    ]


def twins_of(market: Market, mentees: Sequence[Application], mentors: Sequence[Application]) -> dict[Pair, Pair]:
    """Of two people who could mentor each other, each way and the other way round."""
    rows = {mentee.person: row for row, mentee in enumerate(mentees)}
    both = [(rows[mentor.person], column) for column, mentor in enumerate(mentors) if mentor.person in rows]
    return {
        (row, column): (other_row, other_column)
        for row, other_column in both
        for other_row, column in both
        if min(market.worth[row, column], market.worth[other_row, other_column]) >= 0
    }


_SCORES = {worth_of(score): score for score in range(BEST + 1)}


class Alternatives:
    """Of the pairs that were found in a market: with whom it would allow each of them to be matched instead, whether
    they are free or not. Whom somebody gets in any case, in either role, is no alternative.
    """

    def __init__(
        self, market: Market, mentees: Sequence[Application], mentors: Sequence[Application], pairs: Iterable[Pair]
    ) -> None:
        self._market = market
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
        worth = self._market.worth[row].copy()
        return self._best(worth, int(self._market.first[row]), self._mentees[row], self._mentors, self._columns)

    def mentee_for(self, column: int) -> Alternative | None:
        worth = self._market.worth[:, column]
        worth = np.where(worth >= 0, worth - self._market.first, -1)
        return self._best(worth, 0, self._mentors[column], self._mentees, self._rows)

    def _best(
        self,
        worth: NDArray[np.int32],
        first: int,
        one: Application,
        others: Sequence[Application],
        places: dict[str, int],
    ) -> Alternative | None:
        worth[[places[partner] for partner in self._partners[one.person] if partner in places]] = -1
        best = int(worth.argmax())
        if worth[best] < 0:
            return None
        return Alternative(others[best].id, others[best].person, _SCORES[int(worth[best]) - first])
