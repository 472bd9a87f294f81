"""Who has nobody when the owners have released all there was: a kind word for each, and three in a round at most."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, date, datetime, time, timedelta

from tests.simulation.almanac import day_of
from tests.simulation.expectations import Broken, Complaint, ExpectationBook, ExpectedMessage, SentMessage
from tests.simulation.pairs import Owe, Pairs

_KIND = "unmatched"
_WAITS = "still-waiting"
_MOST_IN_A_ROUND = 3
_NO_NEWS = timedelta(days=7)
"""After a release, the next one says nothing for so long."""
_LEAST_SILENCE = timedelta(days=28)
_SILENCE = timedelta(days=49)
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
        self.apply_by = self.starts = date.max
        self.applied: dict[str, tuple[str, date]] = {}
        self._told: dict[str, list[date]] = {}
        """By application, the days on which a release has certainly told its author."""
        self._heard: Counter[str] = Counter()

    def saw(self, said: SentMessage) -> None:
        """Raises Broken for the fourth of a round. There is one round in a year."""
        if said.kind in (_KIND, _WAITS):
            self._heard[said.reader] += 1
            if self._heard[said.reader] > _MOST_IN_A_ROUND:
                raise Broken(Complaint.TOO_OFTEN, f"{said}, for the {self._heard[said.reader]}th time in a round")

    def sent(self, person: str, application: str) -> None:
        """For the first time, or again after it was withdrawn: of a word that was on its way then it is open whether it
        is still said.
        """
        self.applied[person] = application, day_of(self._calendar(), self._zones[person])
        self._pairs.apply_again(person)
        moments = [self._calendar() + times * _LEAST_SILENCE - _A_DAY for times in range(1, _MOST_TIMES + 1)]
        if self.applied[person][1] <= self.apply_by:  # and when the round starts
            moments.append(datetime.combine(self.starts, time(), UTC) - _A_DAY)
        for due in moments:
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
        today = self._calendar().astimezone(UTC).date()
        for person, (application, sent_on) in self.applied.items():
            has_somebody = person in asked or self._pairs.holds(person)
            is_news = self._is_news(application, today)
            unsaid = any(not owed.said for owed in self._book.of(_KIND, person, application))
            if has_somebody or person in away or sent_on > self.apply_by or not (is_news or unsaid):
                continue
            owed = self._owe(_KIND, person, application, self._calendar())
            told = self._told.setdefault(application, [])
            by_itself = min(self.starts, self.apply_by + _LEAST_SILENCE, sent_on + _SILENCE) - _A_DAY
            if not is_news:  # what the bot decided on before was dropped, perhaps, and told them nothing
                owed.needed = False
            elif person in overtaken or today >= by_itself or len(told) >= _MOST_IN_A_ROUND:
                owed.needed = False  # the bot may have told them by itself a moment ago, or three times
            else:
                told.append(today)

    def _is_news(self, application: str, today: date) -> bool:
        last = max(self._told.get(application, ()), default=date.min)
        return last <= self.apply_by < today or last <= today - _NO_NEWS

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
