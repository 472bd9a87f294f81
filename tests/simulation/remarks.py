"""What people tell the programme: which owners are told, that its author hears once that it was read, and groups."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from tests.simulation.expectations import Broken, Complaint
from tests.simulation.pairs import Owe

_LEAST = 5


@dataclass(frozen=True)
class RemarkRow:
    """A remark as it is kept: with a name, or without one and perhaps in a group."""

    id: str
    person: str
    has_name: bool
    read_by: str = ""
    group: str = ""


class Remarks:
    """`stand` is told of every state in which they are kept."""

    def __init__(self, calendar: Callable[[], datetime], owe: Owe) -> None:
        self._calendar = calendar
        self._owe = owe
        self.owners: tuple[str, ...] = ()
        self._rows: dict[str, RemarkRow] = {}
        self._groups: set[str] = set()

    def stand(self, rows: Iterable[RemarkRow]) -> None:
        groups: dict[str, set[str]] = {}
        for row in rows:
            before = self._rows.get(row.id)
            if row.group:
                groups.setdefault(row.group, set()).add(row.person)
            if before == row:
                continue
            self._rows[row.id] = row
            now = self._calendar()
            if before is None:
                self._owe("remark-sent", row.person, row.id, now)
                for owner in self.owners if row.has_name else ():
                    self._owe("remark-made", owner, row.id, now)
            elif before.group:
                raise Broken(Complaint.UNASKED, f"a remark changed after it was in a group: {row}")
            if row.read_by:
                self._owe("remark-read", row.person, row.id, now)
        for group, people in groups.items():
            if group not in self._groups and len(people) < _LEAST:
                raise Broken(Complaint.UNASKED, f"a group of {len(people)} people")
            self._groups.add(group)
