"""Help in confidence: who is asked at once, who is asked after two working days, and who is told of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tests.simulation.almanac import DAY, Almanac, day_of
from tests.simulation.expectations import Broken, Complaint, ExpectationBook
from tests.simulation.pairs import Owe

_ASKED, _SENT, _PASSED_ON = "case-opened", "case-sent", "case-passed-on"
_WORKING_DAYS = 2


@dataclass(frozen=True)
class CaseRow:
    """A case as it is kept."""

    id: str
    person: str
    contact: str
    second: str
    state: str


class Cases:
    """`stand` is told of every state in which they are kept. `owners` says who could be asked next."""

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
        self.owners: tuple[str, ...] = ()
        self._rows: dict[str, CaseRow] = {}

    def stand(self, rows: Iterable[CaseRow], counted: int) -> None:
        """`counted` is the sum of the counts of all years."""
        rows = list(rows)
        if counted != len(rows):
            raise Broken(Complaint.UNASKED, f"{counted} cases are counted, and there are {len(rows)}")
        for row in rows:
            before = self._rows.get(row.id)
            if before == row:
                continue
            self._rows[row.id] = row
            if before is None:
                self._asked(row)
            if row.state != "open":
                self._book.call_off(_PASSED_ON, row.person, row.id)
                for owner in self.owners:
                    self._book.call_off(_ASKED, owner, row.id)

    def _asked(self, row: CaseRow) -> None:
        """One person at once; after two working days of theirs the other owners, of whom one is asked."""
        now = self._calendar()
        self._owe(_SENT, row.person, row.id, now)
        self._owe(_ASKED, row.contact, row.id, now)
        zone = self._zones[row.contact]
        due = now
        for _ in range(_WORKING_DAYS + 1):
            due = self._almanac.morning(day_of(due, zone) + DAY, zone)
        others = [owner for owner in self.owners if owner != row.contact]
        self._owe(_PASSED_ON, row.person, row.id, due, by_itself=True)
        for owner in others or [row.contact]:
            asked = self._owe(_ASKED, owner, row.id, due, by_itself=True)
            asked.needed = len(others) == 1
