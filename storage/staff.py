"""The organisation's own list of its people."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from mentoring.staff import StaffRecord, StaffRecords
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
            records = self.of(level)
            found.update(records)
            level = {record.manager for record in records.values()} - asked - {""}
        return found

    def of(self, people: Iterable[str]) -> dict[str, StaffRecord]:
        """The records of these people (Slack user ids), by person."""
        asked = select(*_COLUMNS).where(StaffRow.workspace == self._workspace, StaffRow.person.in_(sorted(people)))
        return {row.person: _record(row) for row in self._session.execute(asked)}

    def keep(self, record: StaffRecord) -> bool:
        """Whatever was there of this person."""
        self._put(StaffRow, **vars(record))
        return True

    def keep_all(self, staff: StaffRecords) -> bool:
        """Whatever was there of these people."""
        if staff.records:
            self._put_all(StaffRow, [vars(record) for record in staff.records])
        return True


_COLUMNS = (StaffRow.person, StaffRow.department, StaffRow.grade, StaffRow.manager, StaffRow.started_on)


def _record(row: Any) -> StaffRecord:
    return StaffRecord(row.person, row.department, row.grade, row.manager, row.started_on)
