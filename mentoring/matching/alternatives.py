"""Who would have been next for each of two who are matched."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mentoring.application import Application
from mentoring.match import Alternative
from mentoring.matching.market import Market, Pair, worth_of
from mentoring.matching.score import BEST

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
