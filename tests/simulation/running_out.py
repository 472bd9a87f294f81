"""Owners hear of offers that lack an answer on the working day before they run out: of all of a day in one message."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from tests.simulation.almanac import Almanac, day_of, midnight
from tests.simulation.expectations import ExpectationBook, ExpectedMessage
from tests.simulation.pairs import Owe

KIND = "offers-running-out"


class RunningOut:
    def __init__(
        self,
        book: ExpectationBook,
        almanac: Almanac,
        zones: Mapping[str, str],
        calendar: Callable[[], datetime],
        owe: Owe,
    ) -> None:
        self._book = book
        self._almanac = almanac
        self._zones = zones
        self._calendar = calendar
        self._owe = owe
        self._listed: dict[tuple[str, date], set[str]] = {}
        """By owner and the day on which they hear of them."""
        self._owed: dict[tuple[str, date], ExpectedMessage] = {}

    def offered(self, match: str, owners: list[str], lapses: datetime) -> None:
        for owner in owners:
            zone = self._zones[owner]
            last = day_of(lapses, zone)
            day = self._almanac.last_working_before(last)
            if day <= day_of(self._calendar(), zone):
                continue
            together = self._listed.setdefault((owner, day), set())
            if not together:
                until = midnight(last, zone)
                self._owed[owner, day] = self._owe(KIND, owner, "", self._almanac.morning(day, zone), until)
            together.add(match)

    def over(self, match: str) -> None:
        """It is answered by both, or will not be."""
        for key, together in self._listed.items():
            if match in together:
                together.discard(match)
                owed = self._owed[key]
                if not together and owed.is_open:
                    owed.off_since, owed.crosses = self._book.now(), True
