"""Checks the rows of the organisation's staff list, and turns them into staff records."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from mentoring.core.clean_text import normalised
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import AccountStatus, Person, StaffRecord, StaffRecords
from mentoring.core.plausible import earliest_start
from mentoring.core.programmes import Programme
from mentoring.core.written_dates import DateProblem, read_date
from mentoring.people.staff_list import BrokenLine, ReportingLines, RowFinding, RowProblem, StaffColumn, StaffListRow


@dataclass(frozen=True)
class StaffUpdate:
    """A valid row about `person` (a Slack user id). `values` are by field of `StaffRecord`, for columns of the list."""

    person: str
    values: Mapping[str, Any]

    @property
    def people(self) -> frozenset[str]:
        """The person and, if given, the manager."""
        return frozenset({self.person, self.values.get("manager", "")}) - {""}


class RecordChange(StrEnum):
    """What a row changes in the stored records."""

    NEW = "new"
    CHANGED = "changed"
    NONE = "none"


def record_staff(
    updates: Iterable[StaffUpdate], before: Mapping[str, StaffRecord]
) -> tuple[Outcome, dict[str, RecordChange]]:
    """Apply `updates` to the stored records `before` (by person). Fields that the list does not have stay unchanged.

    Where a row says nothing, what the person's profile says stays.

    Returns the records to save, and the change for each person, by Slack user id.
    """
    changed: list[StaffRecord] = []
    changes: dict[str, RecordChange] = {}
    for update in updates:
        stored = before.get(update.person)
        record = _updated(stored or StaffRecord(update.person), update.values)
        changes[update.person] = (
            RecordChange.NONE if record == stored else RecordChange.CHANGED if stored else RecordChange.NEW
        )
        if record != stored:
            changed.append(record)
    return (Outcome((StaffRecords(tuple(changed)),)) if changed else NOTHING), changes


def _updated(record: StaffRecord, values: Mapping[str, Any]) -> StaffRecord:
    said = {name: value for name, value in values.items() if value or name not in record.from_profile}
    from_profile = tuple(name for name in record.from_profile if name not in said)
    return replace(record, **said, from_profile=from_profile)


_NOT_HERE = frozenset({AccountStatus.UNKNOWN, AccountStatus.STRANGER})
_FIELDS = {
    StaffColumn.DEPARTMENT: "department",
    StaffColumn.GRADE: "grade",
    StaffColumn.MANAGER: "manager",
    StaffColumn.STARTED_ON: "started_on",
}


@dataclass(frozen=True)
class StaffListCheck:
    """The result of checking a list: valid rows as `updates`, and `findings` for the others.

    `intermediates` are the line numbers of managers who are not in Slack or were erased: nothing is saved about them,
    but reporting lines lead through them. `non_members` are the line numbers of valid rows about people who are not
    members of the workspace.
    """

    updates: tuple[StaffUpdate, ...] = ()
    findings: tuple[RowFinding, ...] = ()
    intermediates: tuple[int, ...] = ()
    non_members: Mapping[AccountStatus, tuple[int, ...]] = field(default_factory=dict)


def check_staff(
    rows: Sequence[StaffListRow],
    *,
    people: Mapping[str, Person],
    erased: Collection[str],
    programme: Programme,
    today: date,
) -> StaffListCheck:
    """Check each row. Departments and grades must be in the programme's lists, whose spelling is used.

    - `people`: by handle, as Slack describes them.
    - `erased`: the Slack user ids of erased people.
    - `today`: the latest date that has begun in any time zone; start dates after it, or implausibly long before it,
      are refused.
    """
    in_slack = {handle: one for handle, one in people.items() if one.account_status not in _NOT_HERE}
    storable = {one.id: one for one in in_slack.values() if one.id not in erased}
    ids = {handle: one.id for handle, one in in_slack.items()}
    lines = ReportingLines(rows, ids, storable=storable, erased=erased)
    checker = _RowChecker(lines, storable, erased, programme, today)
    updates: list[StaffUpdate] = []
    findings: list[RowFinding] = []
    intermediates: list[int] = []
    non_members: dict[AccountStatus, list[int]] = {}
    for row in rows:
        values, problems, is_intermediate = checker.check(row)
        findings += problems
        if problems:
            continue
        if is_intermediate:
            intermediates.append(row.number)
            continue
        person = lines.person_in(row, StaffColumn.PERSON)
        updates.append(StaffUpdate(person, values))
        if storable[person].account_status is not AccountStatus.MEMBER:
            non_members.setdefault(storable[person].account_status, []).append(row.number)
    return StaffListCheck(
        tuple(updates),
        tuple(findings),
        tuple(intermediates),
        {status: tuple(numbers) for status, numbers in non_members.items()},
    )


@dataclass
class _RowChecker:
    lines: ReportingLines
    storable: Mapping[str, Person]
    erased: Collection[str]
    programme: Programme
    today: date

    def __post_init__(self) -> None:
        lists = {StaffColumn.DEPARTMENT: self.programme.departments, StaffColumn.GRADE: self.programme.grades}
        self._offered = {column: {normalised(one): one for one in offered} for column, offered in lists.items()}

    def check(self, row: StaffListRow) -> tuple[dict[str, Any], list[RowFinding], bool]:
        """The values of the row by field, its problems, and whether it is about an intermediate manager."""
        person = self.lines.person_in(row, StaffColumn.PERSON)
        if self._is_intermediate(person):
            manager = self._manager(row, person)
            return {}, [manager] if isinstance(manager, RowFinding) else [], True
        problems = list(self._person_problems(row, person))
        values: dict[str, Any] = {}
        for column, name in _FIELDS.items():
            if column not in row.cells:
                continue
            value = self._value(row, person, column)
            if isinstance(value, RowFinding):
                problems.append(value)
            else:
                values[name] = value
        return values, problems, False

    def _is_intermediate(self, person: str) -> bool:
        return (
            bool(person)
            and person not in self.storable
            and person in self.lines.managers
            and len(self.lines.rows_of(person)) == 1
        )

    def _person_problems(self, row: StaffListRow, person: str) -> Iterator[RowFinding]:
        others = tuple(other.number for other in self.lines.rows_of(person) if other is not row)
        if not row.cells[StaffColumn.PERSON]:
            yield RowFinding(row.number, StaffColumn.PERSON, RowProblem.EMPTY)
        elif not person:
            yield RowFinding(row.number, StaffColumn.PERSON, RowProblem.NO_HANDLE)
        elif person in self.erased:
            yield RowFinding(row.number, StaffColumn.PERSON, RowProblem.ERASED)
        elif person not in self.storable:
            yield RowFinding(row.number, StaffColumn.PERSON, RowProblem.NOBODY)
        if person and others:
            yield RowFinding(row.number, StaffColumn.PERSON, RowProblem.TWICE, others)

    def _value(self, row: StaffListRow, person: str, column: StaffColumn) -> str | date | RowFinding | None:
        match column:
            case StaffColumn.MANAGER:
                return self._manager(row, person)
            case StaffColumn.STARTED_ON:
                return self._date(row)
            case _:
                return self._choice(row, column)

    def _choice(self, row: StaffListRow, column: StaffColumn) -> str | RowFinding:
        text = row.cells[column]
        if not text:
            return ""
        found = self._offered[column].get(normalised(text))
        if found is None:
            offered = tuple(self._offered[column].values())
            return RowFinding(row.number, column, RowProblem.NOT_OFFERED, text=text, offered=offered)
        return found

    def _date(self, row: StaffListRow) -> date | RowFinding | None:
        text = row.cells[StaffColumn.STARTED_ON]
        if not text:
            return None
        day = read_date(text)
        if isinstance(day, DateProblem):
            return RowFinding(row.number, StaffColumn.STARTED_ON, RowProblem(day))
        if day > self.today:
            return RowFinding(row.number, StaffColumn.STARTED_ON, RowProblem.IN_THE_FUTURE)
        if day < earliest_start(self.today):
            return RowFinding(row.number, StaffColumn.STARTED_ON, RowProblem.TOO_LONG_AGO)
        return day

    def _manager(self, row: StaffListRow, person: str) -> str | RowFinding:
        manager = self.lines.person_in(row, StaffColumn.MANAGER)
        if not manager:
            text = row.cells.get(StaffColumn.MANAGER, "")
            return RowFinding(row.number, StaffColumn.MANAGER, RowProblem.NO_HANDLE) if text else ""
        if manager == person:
            return RowFinding(row.number, StaffColumn.MANAGER, RowProblem.OWN_MANAGER)
        if cycle := self.lines.cycle(person):
            return RowFinding(row.number, StaffColumn.MANAGER, RowProblem.CIRCLE, cycle)
        nearest = self.lines.nearest_storable(manager)
        if isinstance(nearest, BrokenLine):
            return RowFinding(row.number, StaffColumn.MANAGER, nearest.problem, nearest.others)
        return nearest
