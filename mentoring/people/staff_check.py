"""Which lines of the organisation's list can be taken, and what is wrong with the others."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import AccountStatus, Person, StaffRecord, StaffRecords
from mentoring.core.programmes import Programme
from mentoring.people.staff_list import BrokenLine, ReportingLines, RowFinding, RowProblem, StaffColumn, StaffListRow


@dataclass(frozen=True)
class StaffUpdate:
    """What a right line says of `person` (a Slack user id): `values` by field of their record, only those of the
    columns that the list has.
    """

    person: str
    values: Mapping[str, Any]

    @property
    def people(self) -> frozenset[str]:
        """Whom it names."""
        return frozenset({self.person, self.values.get("manager", "")}) - {""}


class RecordChange(StrEnum):
    """What a line does to a record."""

    NEW = "new"
    CHANGED = "changed"
    NONE = "none"


def record_staff(
    entries: Iterable[StaffUpdate], before: Mapping[str, StaffRecord]
) -> tuple[Outcome, dict[str, RecordChange]]:
    """Keep what the list says, and leave the rest as it was `before`, by person. Also what that changes for each."""
    changed: list[StaffRecord] = []
    changes: dict[str, RecordChange] = {}
    for entry in entries:
        known = before.get(entry.person)
        record = replace(known or StaffRecord(entry.person), **entry.values)
        changes[entry.person] = (
            RecordChange.NONE if record == known else RecordChange.CHANGED if known else RecordChange.NEW
        )
        if record != known:
            changed.append(record)
    return (Outcome((StaffRecords(tuple(changed)),)) if changed else NOTHING), changes


_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
"""An ISO date, with the midnight that spreadsheets add."""
_ELSEWHERE = frozenset({AccountStatus.UNKNOWN, AccountStatus.STRANGER})
_FIELDS = {
    StaffColumn.DEPARTMENT: "department",
    StaffColumn.GRADE: "grade",
    StaffColumn.MANAGER: "manager",
    StaffColumn.STARTED_ON: "started_on",
}


@dataclass(frozen=True)
class StaffListCheck:
    """`steps` are the lines of people of whom nothing is kept, and who stand between others; `standings` the right
    lines of people who are no members of the workspace.
    """

    entries: tuple[StaffUpdate, ...] = ()
    findings: tuple[RowFinding, ...] = ()
    steps: tuple[int, ...] = ()
    standings: Mapping[AccountStatus, tuple[int, ...]] = field(default_factory=dict)


def check_staff(
    lines: Sequence[StaffListRow],
    *,
    people: Mapping[str, Person],
    erased: Collection[str],
    programme: Programme,
    today: date,
) -> StaffListCheck:
    """Each line is right, wrong, or a step between others. `people` are by handle, as Slack knows them; `erased` are
    the Slack user ids of those who were; `today` is the last day that has begun anywhere.

    A list that names departments and grades is held against those of the programme, whose spelling is kept.
    """
    here = {handle: one for handle, one in people.items() if one.account_status not in _ELSEWHERE}
    kept = {one.id: one for one in here.values() if one.id not in erased}
    names = {handle: one.id for handle, one in here.items()}
    checking = _Checking(ReportingLines(lines, names, kept=kept, erased=erased), kept, erased, programme, today)
    entries: list[StaffUpdate] = []
    findings: list[RowFinding] = []
    steps: list[int] = []
    standings: dict[AccountStatus, list[int]] = {}
    for line in lines:
        values, wrong, is_step = checking.look_at(line)
        findings += wrong
        if wrong:
            continue
        if is_step:
            steps.append(line.number)
            continue
        person = checking.managers.named(line, StaffColumn.PERSON)
        entries.append(StaffUpdate(person, values))
        if kept[person].account_status is not AccountStatus.MEMBER:
            standings.setdefault(kept[person].account_status, []).append(line.number)
    return StaffListCheck(
        tuple(entries), tuple(findings), tuple(steps), {one: tuple(numbers) for one, numbers in standings.items()}
    )


@dataclass
class _Checking:
    managers: ReportingLines
    kept: Mapping[str, Person]
    erased: Collection[str]
    programme: Programme
    today: date

    def __post_init__(self) -> None:
        lists = {StaffColumn.DEPARTMENT: self.programme.departments, StaffColumn.GRADE: self.programme.grades}
        self._offered = {column: {squeezed(one): one for one in offered} for column, offered in lists.items()}

    def look_at(self, line: StaffListRow) -> tuple[dict[str, Any], list[RowFinding], bool]:
        """What the line says, what is wrong with it, and whether it is no more than a step between others."""
        person = self.managers.named(line, StaffColumn.PERSON)
        if self._is_step(person):
            above = self._manager(line, person)
            return {}, [above] if isinstance(above, RowFinding) else [], True
        wrong = list(self._wrong_person(line, person))
        values: dict[str, Any] = {}
        for column, name in _FIELDS.items():
            if column not in line.cells:
                continue
            read = self._read(line, person, column)
            if isinstance(read, RowFinding):
                wrong.append(read)
            else:
                values[name] = read
        return values, wrong, False

    def _is_step(self, person: str) -> bool:
        return (
            bool(person)
            and person not in self.kept
            and person in self.managers.leading
            and len(self.managers.lines_of(person)) == 1
        )

    def _wrong_person(self, line: StaffListRow, person: str) -> Iterator[RowFinding]:
        others = tuple(other.number for other in self.managers.lines_of(person) if other is not line)
        if not line.cells[StaffColumn.PERSON]:
            yield RowFinding(line.number, StaffColumn.PERSON, RowProblem.EMPTY)
        elif not person:
            yield RowFinding(line.number, StaffColumn.PERSON, RowProblem.NO_HANDLE)
        elif person in self.erased:
            yield RowFinding(line.number, StaffColumn.PERSON, RowProblem.ERASED)
        elif person not in self.kept:
            yield RowFinding(line.number, StaffColumn.PERSON, RowProblem.NOBODY)
        if person and others:
            yield RowFinding(line.number, StaffColumn.PERSON, RowProblem.TWICE, others)

    def _read(self, line: StaffListRow, person: str, column: StaffColumn) -> str | date | RowFinding | None:
        match column:
            case StaffColumn.MANAGER:
                return self._manager(line, person)
            case StaffColumn.STARTED_ON:
                return self._date(line)
            case _:
                return self._choice(line, column)

    def _choice(self, line: StaffListRow, column: StaffColumn) -> str | RowFinding:
        text = line.cells[column]
        if not text:
            return ""
        found = self._offered[column].get(squeezed(text))
        if found is None:
            offered = tuple(self._offered[column].values())
            return RowFinding(line.number, column, RowProblem.NOT_OFFERED, text=text, offered=offered)
        return found

    def _date(self, line: StaffListRow) -> date | RowFinding | None:
        text = line.cells[StaffColumn.STARTED_ON]
        if not text:
            return None
        match = _DATE.fullmatch(text)
        try:
            day = date.fromisoformat(match[1]) if match else None
        except ValueError:
            day = None
        if day is None:
            return RowFinding(line.number, StaffColumn.STARTED_ON, RowProblem.NOT_A_DATE)
        return day if day <= self.today else RowFinding(line.number, StaffColumn.STARTED_ON, RowProblem.IN_THE_FUTURE)

    def _manager(self, line: StaffListRow, person: str) -> str | RowFinding:
        manager = self.managers.named(line, StaffColumn.MANAGER)
        if not manager:
            said = line.cells.get(StaffColumn.MANAGER, "")
            return RowFinding(line.number, StaffColumn.MANAGER, RowProblem.NO_HANDLE) if said else ""
        if manager == person:
            return RowFinding(line.number, StaffColumn.MANAGER, RowProblem.OWN_MANAGER)
        if circle := self.managers.circle(person):
            return RowFinding(line.number, StaffColumn.MANAGER, RowProblem.CIRCLE, circle)
        above = self.managers.right_above(manager)
        if isinstance(above, BrokenLine):
            return RowFinding(line.number, StaffColumn.MANAGER, above.problem, above.others)
        return above


def squeezed(text: str) -> str:
    """For comparing what two people mean: without regard to capitals, blanks, and how an accent is put together."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
