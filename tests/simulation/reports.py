"""Progress reports: who is asked to finish one or to share it, and who reads it in the end."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from tests.simulation.expectations import ExpectationBook
from tests.simulation.pairs import Owe, Pairs

_WAITS, _SHARED = "report-waits", "report-shared"
Shared = tuple[str, int, str]
"""A partnership, which of its reports, and the person with whom it is shared."""


class Reports:
    """`owe` is as for `Pairs`."""

    def __init__(self, book: ExpectationBook, pairs: Pairs, calendar: Callable[[], datetime], owe: Owe) -> None:
        self._book = book
        self._pairs = pairs
        self._calendar = calendar
        self._owe = owe
        self._finished: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
        self._agreed: defaultdict[Shared, set[str]] = defaultdict(set)
        self._told: set[tuple[str, int, str, str]] = set()
        """Partnership, number, who was asked, and about whom: once for each."""

    def written(self, pair: str, number: int) -> None:
        """Both finish it again, so nobody is asked any more."""
        self._finished[pair, number].clear()
        self._no_longer_asked(pair)

    def finished(self, pair: str, number: int, by: str) -> None:
        both = self._finished[pair, number]
        both.add(by)
        if len(both) == 2:
            self._no_longer_asked(pair)
        else:
            self._ask(pair, number, by, "")

    def agreed(self, shared: Shared, by: str) -> None:
        """Once both have, the reader gets it, in their hours."""
        pair, number, reader = shared
        both = self._agreed[shared]
        both.add(by)
        if len(both) < 2:
            self._ask(pair, number, by, reader)
            return
        self._no_longer_asked(pair)
        self._owe(_SHARED, reader, pair, self._calendar(), by_itself=True)

    def took_back(self, shared: Shared) -> None:
        pair, _, reader = shared
        if len(self._agreed.pop(shared, set())) == 2:
            self._book.call_off(_SHARED, reader, pair)
        self._no_longer_asked(pair)

    def _ask(self, pair: str, number: int, by: str, reader: str) -> None:
        """The other of the two, once; of several that wait for them, the newest is enough."""
        of = self._pairs.all[pair]
        other = of.other(by)
        for owed in self._book.of(_WAITS, other, pair):
            owed.needed = False
        asked = (pair, number, other, reader)
        if asked not in self._told:
            self._told.add(asked)
            self._owe(_WAITS, other, pair, self._calendar(), self._pairs.closes(of))
            return
        for unsaid in [owed for owed in self._book.of(_WAITS, other, pair) if not owed.said]:
            # It waits, because somebody is away, and is said if the report waits for them by then.
            again = self._owe(_WAITS, other, pair, self._calendar(), self._pairs.closes(of))
            again.needed, again.name = False, unsaid.name

    def _no_longer_asked(self, pair: str) -> None:
        """What waits for one of the two about another report of theirs may be said or not."""
        of = self._pairs.all[pair]
        for person in of.people:
            self._book.may(_WAITS, person, pair) if self._is_asked(pair, person) else self._book.call_off(
                _WAITS, person, pair
            )

    def _is_asked(self, pair: str, person: str) -> bool:
        waits = [both for (of, *_), both in self._finished.items() if of == pair]
        waits += [both for (of, *_), both in self._agreed.items() if of == pair]
        return any(both and person not in both for both in waits)
