"""Plans: who hears that one is shared or has changed, and when its person is asked whether it still fits."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from tests.simulation.almanac import DAY, Almanac, day_of, months_on
from tests.simulation.expectations import ExpectationBook, SentMessage
from tests.simulation.pairs import Owe, Pair, Pairs

_A_WEEKEND = 4 * DAY
_SHARED, _CHANGED, _REVIEW = "plan-shared", "plan-changed", "plan-review"
_REVIEWED_AFTER = 3
"""Months."""


class Plans:
    """`owe` is as for `Pairs`, and `takes_part` says whether somebody has an application or a partnership that is
    running.
    """

    def __init__(
        self,
        book: ExpectationBook,
        pairs: Pairs,
        almanac: Almanac,
        zones: Mapping[str, str],
        calendar: Callable[[], datetime],
        owe: Owe,
        takes_part: Callable[[str], bool],
    ) -> None:
        self._book = book
        self._pairs = pairs
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self._takes_part = takes_part
        self._shared: dict[str, date] = {}
        """By partnership in which the mentor reads the plan, since which day of the mentee's."""
        self._told: set[tuple[str, str, date]] = set()
        """Kind, partnership and day of what a mentor was owed: once a day."""

    def changed(self, person: str) -> None:
        """Those who read it hear of it, once a day; its person is asked three months later."""
        self._pairs.close_what_is_due()
        today = self._today(person)
        for pair in self._pairs.of(person):
            if pair.mentee == person and self._shared.get(pair.id, today) != today:
                self._tell(_CHANGED, pair, today)
        self._look_again(person, today)
        if not self._takes_part(person):
            self.perhaps_not_asked(person)

    def shared(self, pair: Pair) -> None:
        today = self._today(pair.mentee)
        self._shared[pair.id] = today
        self._tell(_SHARED, pair, today)

    def unshared(self, pair: Pair) -> None:
        """Nobody hears of it, and nothing that the mentor has not read yet is said."""
        self._shared.pop(pair.id, None)
        self.over(pair)

    def deleted(self, person: str) -> None:
        for pair in [each for each in self._pairs.all.values() if each.mentee == person]:
            self.unshared(pair)
        self._book.call_off(_REVIEW, person, person)

    def reads(self, person: str, pair: str) -> bool:
        """Whether the mentee shares their plan with this person, the mentor of the partnership."""
        return pair in self._shared and self._pairs.all[pair].mentor == person

    def over(self, pair: Pair) -> None:
        for kind in (_SHARED, _CHANGED):
            self._book.call_off(kind, pair.mentor, pair.id)

    def perhaps_not_asked(self, person: str) -> None:
        """They take part no more, or are away: the question may come when they are back, or not."""
        self._book.may(_REVIEW, person, person)

    def back(self, person: str, since: datetime) -> None:
        """Their leave is over: a question that fell due in it is asked now, or one that could not be asked any more
        between this leave and another that had ended just before.
        """
        now = self._calendar()
        dues = [owed.own_due or owed.due for owed in self._book.of(_REVIEW, person, person) if not owed.said]
        if any(since - _A_WEEKEND <= due <= now for due in dues):
            self._owe(_REVIEW, person, person, now, by_itself=True).needed = False

    def due_of(self, said: SentMessage) -> datetime:
        """When the question that is about to be struck out was due; when it was sent if it is none."""
        dues = [
            min(owed.own_due or owed.due, said.sent)
            for owed in self._book.of(_REVIEW, said.reader, said.reader)
            if (owed.own_due or owed.due) - owed.tolerated <= said.latest
        ]
        return max(dues, default=said.sent)

    def saw(self, said: SentMessage, due: datetime) -> None:
        """The next question is three months after the day on which this one was `due`, or as much later as it was."""
        if said.kind == _REVIEW:
            self._look_again(said.reader, day_of(due, self._zones[said.reader]), is_sure=False)

    def _look_again(self, person: str, today: date, *, is_sure: bool = True) -> None:
        if is_sure:
            self._book.call_off(_REVIEW, person, person)
        due = self._almanac.morning(months_on(today, _REVIEWED_AFTER), self._zones[person])
        self._owe(_REVIEW, person, person, due, by_itself=True).needed = is_sure

    def _tell(self, kind: str, pair: Pair, today: date) -> None:
        """Of several that wait, the newest counts."""
        if (kind, pair.id, today) in self._told:
            for owed in self._book.of(kind, pair.mentor, pair.id):
                owed.needed = False  # what was told today is not told twice, also if it was called off meanwhile
            return
        self._told.add((kind, pair.id, today))
        self._book.call_off(kind, pair.mentor, pair.id)
        self._owe(kind, pair.mentor, pair.id, self._calendar(), self._pairs.closes(pair))

    def _today(self, person: str) -> date:
        return day_of(self._calendar(), self._zones[person])
