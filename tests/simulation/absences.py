"""What becomes of what is owed while somebody's account is closed, and when it is open again."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from tests.simulation.almanac import DAY, Almanac, day_of
from tests.simulation.expectations import ExpectationBook, ExpectedMessage
from tests.simulation.pairs import WHILE_BOTH_ARE_THERE, Owe, Pair, Pairs

GIVEN_UP = timedelta(days=30)
"""Of what others caused so long ago somebody who is back need not hear any more."""

_ALSO_WHILE_BOTH_ARE_THERE = (
    "introduced",
    "agreement-written",
    "end-proposed",
    "report-waits",
    "partnership-resumed",
    "owner-nudge",
    "help-offered",
    "standing-asked",
)


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
        self.on_leave: set[str] = set()
        self.owners: tuple[str, ...] = ()
        self._returned_to_nobody: set[str] = set()
        """Who is back, and all with whom they are in a partnership are away."""

    def left(self, person: str) -> None:
        """The bot has learnt it. Their partnerships are paused; the partner and the owners hear it once."""
        self.away[person] = self._calendar()
        self._pairs.close_what_is_due()
        running = self._pairs.of(person)
        for owed in self._book.open():
            if self.is_held(owed):
                self._book.hold(owed)
        self._returned_to_nobody.discard(person)
        self._book.call_off("welcome-back", person, person)
        for pair in running:
            other = pair.other(person)
            self._book.call_off("partner-back", other, pair.id)
            if other not in self.away:
                self._owe("partner-left", other, pair.id, self._calendar(), self._pairs.closes(pair))
        for owner in self.owners:
            self._book.call_off("owners-person-back", owner, person)
            for pair in running:
                self._may_or_not("owners-person-back", owner, pair.other(person), self.going(pair.other(person)))
            if running:
                until = max(self._pairs.closes(pair) for pair in running)
                self._owe("owners-person-left", owner, person, self._calendar(), until)

    def back(self, person: str) -> None:
        """What was paused goes on; what fell due meanwhile comes on the next working morning."""
        left, now = self.away.pop(person), self._calendar()
        self._pairs.close_what_is_due()
        for owed in list(self._book.open()):
            if owed.held_since is None:
                continue
            is_theirs = person in owed.reader.split("+")
            is_given_up = now - left > GIVEN_UP and owed.kind not in WHILE_BOTH_ARE_THERE
            if is_given_up and is_theirs:
                owed.needed = False  # for good, whatever it is held for besides
            if not self.is_held(owed):
                zone = self._zones[owed.reader.split("+")[0]]
                if is_given_up or owed.due <= left or owed.kind == "partnership-closed":
                    owed.needed = False
                self._book.release(owed, now, self._almanac.morning(day_of(now, zone) + DAY, zone))
        running, going = self._pairs.of(person), self.going(person)
        is_new = bool(running) or any(
            self._ended_since(pair, left) for pair in self._pairs.all.values() if person in pair.people
        )
        # Of an earlier return that was not told of, since they left again: they may be told now, of one of the two.
        if is_new or any(not owed.said for owed in self._book.of("welcome-back", person, person)):
            self._owe("welcome-back", person, person, now).needed = is_new
        for pair in running:
            self._book.call_off("partner-left", pair.other(person), pair.id)
        for pair in going:
            self._owe("partner-back", pair.other(person), pair.id, now, self._pairs.closes(pair))
        if running and not going:
            self._returned_to_nobody.add(person)
        for owner in self.owners:
            self._book.call_off("owners-person-left", owner, person)
            if going:
                self._owe("owners-person-back", owner, person, now, max(self._pairs.closes(pair) for pair in going))
            for pair in going:
                self.perhaps_told_now(owner, pair, now)
        self._returned_to_nobody -= {pair.other(person) for pair in going}

    def perhaps_told_now(self, owner: str, pair: Pair, now: datetime) -> None:
        """Who was back before, with nothing going on: only now does it, if that was not dropped meanwhile."""
        for each in pair.people:
            unsaid = [owed for owed in self._book.of("owners-person-back", owner, each) if not owed.said]
            is_open = any(owed.is_open for owed in unsaid)
            if (unsaid or each in self._returned_to_nobody) and not is_open:
                self._owe("owners-person-back", owner, each, now, self._pairs.closes(pair)).needed = False

    def take(self, owed: ExpectedMessage) -> None:
        """It is owed from now on, and held back where somebody is away."""
        if self.is_held(owed):
            self._book.hold(owed)

    def over(self, pair: Pair) -> None:
        """What the owners would read of its two has lost its point, where nothing else of theirs runs."""
        for owner in self.owners:
            for person in pair.people:
                self._may_or_not("owners-person-left", owner, person, self._pairs.of(person))
                self._may_or_not("owners-person-back", owner, person, self.going(person))

    def _may_or_not(self, kind: str, owner: str, person: str, what_is_left: Collection[Pair]) -> None:
        change = self._book.may if what_is_left else self._book.call_off
        change(kind, owner, person)

    def going(self, person: str) -> list[Pair]:
        """Theirs that run, with both there."""
        return [pair for pair in self._pairs.of(person) if not self.is_still(pair)]

    def is_still(self, pair: Pair) -> bool:
        """Whether one of the two has paused it, or is away."""
        return (pair.stands_still and pair.over is None) or any(
            each in self.away or each in self.on_leave for each in pair.people
        )

    def is_held(self, owed: ExpectedMessage) -> bool:
        if any(reader in self.away for reader in owed.reader.split("+")):
            return True
        pair = self._pairs.all.get(owed.about)
        if pair is None or not self.is_still(pair):
            return False
        if owed.kind == "partnership-closed":
            return pair.stands_still and owed.until is None and not owed.at_once
        return owed.kind in WHILE_BOTH_ARE_THERE or owed.kind in _ALSO_WHILE_BOTH_ARE_THERE

    @staticmethod
    def _ended_since(pair: Pair, left: datetime) -> bool:
        return pair.over is not None and pair.over >= left
