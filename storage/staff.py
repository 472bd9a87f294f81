"""The organisation's own list of its people."""

from collections.abc import Iterable

from mentoring.core.people import StaffRecord, StaffRecords
from storage.shelf import Shelf
from storage.tables import StaffRow


class Staff(Shelf):
    def get(self, person: str) -> StaffRecord | None:
        row = self._kept(StaffRow, person)
        return _record(row) if row else None

    def upwards(self, people: Iterable[str]) -> dict[str, StaffRecord]:
        """The records of these people (Slack user ids) and of everybody above them, by person; one question for each
        level.
        """
        found: dict[str, StaffRecord] = {}
        asked: set[str] = set()
        level = set(people) - {""}
        while level:
            asked |= level
            records = self.of(sorted(level))
            found.update(records)
            level = {record.manager for record in records.values()} - asked - {""}
        return found

    def of(self, people: Iterable[str]) -> dict[str, StaffRecord]:
        """The records of these people (Slack user ids), by person; one question for all of them."""
        return {person: _record(row) for person, row in self._each(StaffRow, people).items()}

    def keep(self, record: StaffRecord) -> bool:
        """Whatever was there of this person."""
        self._put(StaffRow, **vars(record))
        return True

    def keep_all(self, staff: StaffRecords) -> bool:
        """Whatever was there of these people."""
        self._put_all(StaffRow, map(vars, staff.records))
        return True


def _record(row: StaffRow) -> StaffRecord:
    return StaffRecord(row.person, row.department, row.grade, row.manager, row.started_on)
