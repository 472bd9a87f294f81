"""What two people who meet at a regular time are promised: to hear of the offer, and one file for all its meetings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tests.simulation.expectations import ExpectationBook
from tests.simulation.pairs import Owe, Pair, Pairs

_OFFER, FILE = "regular-time", "regular-file"


@dataclass(frozen=True)
class RegularRow:
    """A regular time as it is kept."""

    id: str
    pair: str
    state: str
    offered_by: str
    ended_by: str
    version: int


class RegularTimes:
    """`stand` is told of every state in which they are kept."""

    def __init__(self, book: ExpectationBook, pairs: Pairs, calendar: Callable[[], datetime], owe: Owe) -> None:
        self._book = book
        self._pairs = pairs
        self._calendar = calendar
        self._owe = owe
        self._rows: dict[str, RegularRow] = {}
        self._filed: set[tuple[str, str, datetime, bool]] = set()
        """The regular time, the person, when its meetings changed or they asked for the file, and whether they did:
        several changes of one moment are one file.
        """

    def stand(self, rows: Iterable[RegularRow]) -> None:
        for row in rows:
            before = self._rows.get(row.id)
            pair = self._pairs.all.get(row.pair)
            if pair is None or (before and before.version >= row.version):
                continue
            self._rows[row.id] = row
            if row.state == "offered":
                self._tell(pair, pair.other(row.offered_by))
            elif row.state == "declined" and row.ended_by == pair.other(row.offered_by):
                self._tell(pair, row.offered_by)
            elif row.state == "declined":  # taken back, or over with the partnership
                self._book.call_off(_OFFER, pair.other(row.offered_by), pair.id)
            elif row.state == "agreed":
                for person in pair.people:
                    self._book.may(_OFFER, person, pair.id)
                    self.filed(pair, person, row.id, needed=True)
            elif row.state == "ended" and row.ended_by:  # no file if none of its meetings lay ahead
                for person in pair.people:
                    self.filed(pair, person, row.id)

    def offered_by(self, regular: str) -> str:
        """Who offered the regular time."""
        return self._rows[regular].offered_by if regular in self._rows else ""

    def filed(self, pair: Pair, person: str, regular: str, *, needed: bool = False, is_asked_for: bool = False) -> None:
        """Several of its meetings have changed, or the person asked for the file: it comes, or has come already."""
        now = self._calendar()
        change = regular, person, now, is_asked_for
        if change not in self._filed:
            self._filed.add(change)
            if is_asked_for:  # one that was still to come is not sent besides
                coming = [owed for owed in self._book.of(FILE, person, pair.id) if owed.is_open and owed.needed]
                self._book.may(FILE, person, pair.id)
                needed = bool(coming)
            self._owe(FILE, person, pair.id, now).needed = needed

    def _tell(self, pair: Pair, person: str) -> None:
        """An offer that is replaced before it is read is read once."""
        self._book.may(_OFFER, person, pair.id)
        self._owe(_OFFER, person, pair.id, self._calendar())
