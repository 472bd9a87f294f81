"""Who has nobody when the owners have released all there was: a kind word for each, once."""

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, timedelta

from tests.simulation.almanac import day_of
from tests.simulation.expectations import ExpectationBook, ExpectedMessage
from tests.simulation.pairs import Owe, Pairs

_KIND = "unmatched"
_WAITS = "still-waiting"
_LEAST_SILENCE = timedelta(days=28)
_MOST_TIMES = 24
_A_DAY = timedelta(days=1)
"""Days are counted by the calendar of UTC."""


class Unmatched:
    """`applied` has, by person, their application and the day on which it was sent, as long as it stands."""

    def __init__(
        self, book: ExpectationBook, pairs: Pairs, zones: Mapping[str, str], calendar: Callable[[], datetime], owe: Owe
    ) -> None:
        self._book = book
        self._pairs = pairs
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self.apply_by = date.max
        self.applied: dict[str, tuple[str, date]] = {}
        self._told: set[tuple[str, bool]] = set()
        """Applications, and whether more could be sent then: who is told so is told once more when they cannot."""

    def sent(self, person: str, application: str) -> None:
        """For the first time, or again after it was withdrawn: of a word that was on its way then it is open whether it
        is still said.
        """
        self.applied[person] = application, day_of(self._calendar(), self._zones[person])
        self._pairs.apply_again(person)
        for times in range(1, _MOST_TIMES + 1):
            due = self._calendar() + times * _LEAST_SILENCE - _A_DAY
            self._owe(_WAITS, person, application, due).needed = False
        if any(not owed.said for owed in self._book.of(_KIND, person, application)):
            self._owe(_KIND, person, application, self._calendar()).needed = False

    def withdrew(self, person: str) -> None:
        application, _ = self.applied.pop(person)
        self._book.call_off(_KIND, person, application)
        self._book.call_off(_WAITS, person, application)

    def released(self, asked: Collection[str], away: Collection[str], overtaken: Collection[str]) -> None:
        """Nothing is left to decide. `asked` are asked about a match; whose match has just been `overtaken` may be told
        now, or the next time.
        """
        are_open = self._calendar().astimezone(UTC).date() <= self.apply_by
        for person, (application, sent_on) in self.applied.items():
            has_somebody = person in asked or self._pairs.holds(person)
            if has_somebody or person in away or sent_on > self.apply_by or (application, are_open) in self._told:
                continue
            owed = self._owe(_KIND, person, application, self._calendar())
            if person in overtaken:
                owed.needed = False
            else:
                self._told.add((application, are_open))

    def found(self, person: str) -> None:
        """They are asked about a match: until that is over, it is not said."""
        for owed in self._waiting(person):
            self._book.hold(owed)

    def lost(self, person: str) -> None:
        """That is over, and what was on its way before may still be said."""
        for owed in self._waiting(person):
            owed.needed = False
            owed.held_since = None

    def introduced(self, person: str) -> None:
        for owed in self._waiting(person):
            self._book.call_off(owed.kind, person, owed.about)

    def _waiting(self, person: str) -> list[ExpectedMessage]:
        application, _ = self.applied.get(person, ("", None))
        return [owed for owed in self._book.of(_KIND, person, application) if owed.is_open]
