"""What two people who agreed on things to do are promised: one reminder of what is due, if nothing else lists it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tests.simulation.almanac import Almanac, day_of
from tests.simulation.expectations import ExpectationBook, ExpectedMessage, SentMessage
from tests.simulation.pairs import WEEK, Owe, Pair, Pairs

_REMINDER = "items-due"
_FORGOTTEN = 12 * WEEK
"""What has been due for longer causes no reminder, if a leave, say, held that back."""
_LISTS = (_REMINDER, "first-meeting-nudge", "second-meeting-nudge", "monthly-nudge")


@dataclass(frozen=True)
class ItemRow:
    """An action item as it is kept. `owner` is "mentee", "mentor" or "both"."""

    id: str
    pair: str
    owner: str
    due: date | None
    state: str
    version: int

    def is_of(self, pair: Pair, person: str) -> bool:
        return self.owner == "both" or person == (pair.mentee if self.owner == "mentee" else pair.mentor)


class Items:
    """`stand` is told of every state in which they are kept, and `plans` says whether two have ever agreed on a time:
    then the agenda may have listed what is due.
    """

    def __init__(
        self,
        book: ExpectationBook,
        pairs: Pairs,
        almanac: Almanac,
        zones: Mapping[str, str],
        calendar: Callable[[], datetime],
        owe: Owe,
        plans: Callable[[str], bool],
    ) -> None:
        self._book = book
        self._pairs = pairs
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self._plans = plans
        self._rows: dict[str, ItemRow] = {}
        self._listed: dict[tuple[str, str], date] = {}
        """By reader and partnership, the last day on which a message listed what was due."""
        self._days: dict[ExpectedMessage, date] = {}
        """Of each reminder, the day on which what it lists is due."""

    def stand(self, rows: Iterable[ItemRow]) -> None:
        changed = set()
        for row in rows:
            before = self._rows.get(row.id)
            if before is None or row.version > before.version:
                self._rows[row.id] = row
                changed.add(row.pair)
        for id in sorted(changed):
            if pair := self._pairs.all.get(id):
                for person in pair.people:
                    self._look(pair, person)
        self._forget()
        for id in sorted({row.pair for row in self._rows.values()}):
            if (pair := self._pairs.all.get(id)) and self._plans(id):  # also those that are owed since before that
                for person in pair.people:
                    self._book.may(_REMINDER, person, id)

    def _forget(self) -> None:
        for owed, day in self._days.items():
            if owed.is_open and owed.needed and day_of(self._calendar(), self._zones[owed.reader]) >= day + _FORGOTTEN:
                owed.needed = False

    def saw(self, said: SentMessage) -> None:
        """What is due is listed: nobody is reminded of it any more, unless that is on its way."""
        pair = self._pairs.all.get(said.about)
        if pair is None or said.kind not in _LISTS:
            return
        zone = self._zones[said.reader]
        day = max(day_of(said.sent, zone), day_of(said.posted, zone))
        self._listed[said.reader, pair.id] = max(day, self._listed.get((said.reader, pair.id), date.min))
        self._look(pair, said.reader, by_itself=True)

    def _look(self, pair: Pair, person: str, *, by_itself: bool = False) -> None:
        """One reminder for each day that is still to come, of which the first is sure."""
        now = self._calendar()
        was_due = False
        for owed in self._book.of(_REMINDER, person, pair.id):
            if owed.is_open and by_itself and owed.due - owed.tolerated <= now:
                owed.needed = False  # it was decided before, perhaps
            elif owed.is_open:
                was_due |= owed.due <= now
                owed.off_since, owed.crosses = self._book.now(), not by_itself
        if pair.over is not None:
            return
        listed = self._listed.get((person, pair.id), date.min)
        rows = [row for row in self._rows.values() if row.pair == pair.id and row.state == "open"]
        days = sorted({row.due for row in rows if row.due and row.due >= listed and row.is_of(pair, person)})
        sure = next((day for day in days if day > listed), None)  # that of the day itself may be listed again
        for day in days:
            due = self._almanac.morning(self._almanac.next_working(day + WEEK), self._zones[person])
            owed = self._owe(_REMINDER, person, pair.id, due, self._pairs.closes(pair), by_itself=True)
            self._days[owed] = day
            owed.needed = day == sure and due > now and not was_due and not self._plans(pair.id)
