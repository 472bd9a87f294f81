"""Leave until a day: the messages that wait until then, and those at its start and its end."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from tests.simulation.absences import Absences
from tests.simulation.almanac import DAY, Almanac, day_of, midnight
from tests.simulation.expectations import ExpectationBook
from tests.simulation.pairs import Owe, Pair, Pairs

_BEGINS, _PARTNER, _OVER, _BACK = "on-leave", "partner-on-leave", "leave-over", "partner-back"


class Leaves:
    """`takes_part` says whether somebody has an application or a partnership that is running."""

    def __init__(
        self,
        book: ExpectationBook,
        pairs: Pairs,
        absences: Absences,
        almanac: Almanac,
        zones: Mapping[str, str],
        calendar: Callable[[], datetime],
        owe: Owe,
        takes_part: Callable[[str], bool],
    ) -> None:
        self._book = book
        self._pairs = pairs
        self._absences = absences
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self._takes_part = takes_part
        self._until: dict[str, date] = {}
        self._since: dict[str, datetime] = {}
        self.on_end: Callable[[str, datetime], None] = lambda person, since: None
        """Hears of each leave that ends, and since when it was."""

    def begin(self, person: str, until: date, *, by_owner: bool = False) -> None:
        """Until that day, which may be another than before. The person reads it, and so does each partner."""
        now = self._calendar()
        self._pairs.close_what_is_due()
        self._until[person] = until
        self._since.setdefault(person, now)
        self._absences.on_leave.add(person)
        for owed in self._book.open():
            if self._absences.is_held(owed):
                self._book.hold(owed)
        for kind in (_BEGINS, _OVER):
            self._book.call_off(kind, person, person)
        self._owe(_BEGINS, person, person, now, by_itself=by_owner)
        for pair in self._pairs.of(person):
            other = pair.other(person)
            self._book.call_off(_BACK, other, pair.id)
            self._book.may(_BACK, person, pair.id)  # of the other's return, if it is still so when they are back
            self._book.call_off(_PARTNER, other, pair.id)
            if other not in self._absences.away:
                self._owe(_PARTNER, other, pair.id, now, self._pairs.closes(pair))
            self._absences.over(pair)

    def end(self, person: str, *, by_owner: bool = False) -> None:
        """Early, by the person or an owner; or so they do when the day has come and the bot has not seen it yet."""
        if person in self._until:
            self._end(person)
        self._book.call_off(_OVER, person, person)
        self._owe(_OVER, person, person, self._calendar(), by_itself=by_owner)

    def pass_time(self) -> None:
        """Whose day has come is back."""
        now = self._calendar()
        for person, until in list(self._until.items()):
            if now >= midnight(until, self._zones[person]):
                self._end(person)
                if person in self._absences.away:
                    self._book.may(_OVER, person, person)  # if the bot did not know yet
                elif self._takes_part(person):
                    self._owe(_OVER, person, person, now, by_itself=True)

    def _end(self, person: str) -> None:
        now, since = self._calendar(), self._since.pop(person)
        del self._until[person]
        self._absences.on_leave.discard(person)
        self._pairs.close_what_is_due()
        for owed in list(self._book.open()):
            if owed.held_since is not None and not self._absences.is_held(owed):
                zone = self._zones[owed.reader.split("+")[0]]
                owed.needed = owed.needed and owed.due > since
                self._book.release(owed, now, self._almanac.morning(day_of(now, zone) + DAY, zone))
        self._book.may(_BEGINS, person, person)
        for pair in self._pairs.of(person):
            self._book.may(_PARTNER, pair.other(person), pair.id)
        for pair in self._absences.going(person):
            self._owe(_BACK, pair.other(person), pair.id, now, self._pairs.closes(pair), by_itself=True)
            self._told_again(pair, now)
        self.on_end(person, since)

    def _told_again(self, pair: Pair, now: datetime) -> None:
        """What an owner would have read of somebody's return, had it not been paused, may be said now."""
        for owner in self._absences.owners:
            self._absences.perhaps_told_now(owner, pair, now)
