"""What becomes of what is owed while somebody's account is closed, and when it is open again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from tests.simulation.almanac import DAY, Almanac, day_of
from tests.simulation.expectations import ExpectationBook, ExpectedMessage
from tests.simulation.pairs import WHILE_BOTH_ARE_THERE, Owe, Pair, Pairs

GIVEN_UP = timedelta(days=30)
"""Of what others caused so long ago somebody who is back need not hear any more."""


class Absences:
    """`owners` are told too."""

    def __init__(
        self,
        book: ExpectationBook,
        pairs: Pairs,
        almanac: Almanac,
        zones: Mapping[str, str],
        calendar: Callable[[], datetime],
        owe: Owe,
    ) -> None:
        self._book = book
        self._pairs = pairs
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self.away: dict[str, datetime] = {}
        self.owners: tuple[str, ...] = ()

    def left(self, person: str) -> None:
        """The bot has learnt it. Their partnerships are paused; the partner and the owners hear it once."""
        self.away[person] = self._calendar()
        self._pairs.close_what_is_due()
        running = self._pairs.of(person)
        for owed in self._book.open():
            if self._is_held(owed):
                self._book.hold(owed)
        for pair in running:
            self._book.may("partner-back", pair.other(person), pair.id)
            for owner in self.owners:
                for each in pair.people:
                    self._book.may("owners-person-back", owner, each)
            if pair.other(person) not in self.away:
                self._owe("partner-left", pair.other(person), pair.id, self._calendar(), self._pairs.closes(pair))
        if running:
            until = max(self._pairs.closes(pair) for pair in running)
            for owner in self.owners:
                self._owe("owners-person-left", owner, person, self._calendar(), until)

    def back(self, person: str) -> None:
        """What was paused goes on; what fell due meanwhile comes on the next working morning."""
        left, now = self.away.pop(person), self._calendar()
        self._pairs.close_what_is_due()
        for owed in list(self._book.open()):
            if owed.held_since is not None and not self._is_held(owed):
                zone = self._zones[owed.reader.split("+")[0]]
                is_given_up = now - left > GIVEN_UP and owed.kind not in WHILE_BOTH_ARE_THERE
                if is_given_up or owed.due <= left or owed.kind == "partnership-closed":
                    owed.needed = False
                self._book.release(owed, now, self._almanac.morning(day_of(now, zone) + DAY, zone))
        running = self._pairs.of(person)
        going = [pair for pair in running if pair.other(person) not in self.away]
        if running or any(self._ended_since(pair, left) for pair in self._pairs.all.values() if person in pair.people):
            self._owe("welcome-back", person, person, now)
        for pair in running:
            self._book.may("partner-left", pair.other(person), pair.id)
        for pair in going:
            self._owe("partner-back", pair.other(person), pair.id, now, self._pairs.closes(pair))
        for owner in self.owners:
            self._book.may("owners-person-left", owner, person)
            if going:
                self._owe("owners-person-back", owner, person, now, max(self._pairs.closes(pair) for pair in going))

    def take(self, owed: ExpectedMessage) -> None:
        """It is owed from now on, and held back where somebody is away."""
        if self._is_held(owed):
            self._book.hold(owed)

    def over(self, pair: Pair) -> None:
        """What the owners would read of its two may have lost its point."""
        for owner in self.owners:
            for person in pair.people:
                for kind in ("owners-person-left", "owners-person-back"):
                    self._book.may(kind, owner, person)

    def _is_held(self, owed: ExpectedMessage) -> bool:
        if any(reader in self.away for reader in owed.reader.split("+")):
            return True
        pair = self._pairs.all.get(owed.about)
        is_paused = pair is not None and any(person in self.away for person in pair.people)
        return is_paused and (owed.kind in WHILE_BOTH_ARE_THERE or owed.kind == "introduced")

    @staticmethod
    def _ended_since(pair: Pair, left: datetime) -> bool:
        return pair.over is not None and pair.over >= left
