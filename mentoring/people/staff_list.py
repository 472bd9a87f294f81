"""Rows of the organisation's staff list, problems in them, and reporting lines."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from mentoring.core.people import user_id


class StaffColumn(StrEnum):
    """A column of the list. The values are shown to people."""

    PERSON = "person"
    DEPARTMENT = "department"
    GRADE = "grade"
    MANAGER = "manager"
    STARTED_ON = "start date"


@dataclass(frozen=True)
class StaffListRow:
    """A row of the list. `number` is its line in the file, counted from 1.

    `cells` are the stripped texts of the columns that the list has; "" if empty.
    """

    number: int
    cells: Mapping[StaffColumn, str]


class RowProblem(StrEnum):
    """Why a row cannot be imported."""

    CELLS = "cells"
    NOT_UTF8 = "not-utf8"
    EMPTY = "empty"
    NO_HANDLE = "no-handle"
    NOBODY = "nobody"
    ERASED = "erased"
    TWICE = "twice"
    NOT_OFFERED = "not-offered"
    NOT_A_DATE = "not-a-date"
    NO_SUCH_DAY = "no-such-day"
    DAY_OR_MONTH_FIRST = "day-or-month-first"
    SHORT_YEAR = "short-year"
    DAY_NUMBER = "day-number"
    TIME_OF_DAY = "time-of-day"
    IN_THE_FUTURE = "in-the-future"
    OWN_MANAGER = "own-manager"
    CIRCLE = "circle"
    NOT_SAVED = "not-saved"


@dataclass(frozen=True)
class RowFinding:
    """A problem in line `number`: in `column`, or in the whole row (None).

    - `others`: the numbers of other lines that are involved.
    - `text`: the text of the cell, unless that column may hold an e-mail address; for NOT_SAVED, the reference in the
      log.
    - `offered`: the values that the programme offers for the column.
    - `cells`: the number of cells in the row, and the number expected.
    """

    number: int
    column: StaffColumn | None
    problem: RowProblem
    others: tuple[int, ...] = ()
    text: str = ""
    offered: tuple[str, ...] = ()
    cells: tuple[int, int] = (0, 0)


_ADDRESS = re.compile(r"(?:mailto:)?([^@<>\s]+@[^@<>\s]+)", re.IGNORECASE)
_NAMED_ADDRESS = re.compile(r"[^<>]*<(?P<address>[^<>]+)>")


def handle_of(text: str) -> str:
    """The handle in a cell: a Slack user id or a lower-case e-mail address; "" if there is neither.

    Accepts copied forms such as `<@U012AB3CD>`, `mailto:ada@example.org` and `Ada Adams <ada@example.org>`.
    """
    if "@" not in text or text.startswith(("@", "<@")):
        return user_id(text)
    named = _NAMED_ADDRESS.fullmatch(text)
    address = _ADDRESS.fullmatch(named["address"] if named else text)
    return address[1].casefold() if address else ""


def is_address(handle: str) -> bool:
    """Whether `handle` is an e-mail address and not a Slack user id."""
    return "@" in handle


def handles(rows: Iterable[StaffListRow]) -> frozenset[str]:
    """The handles of all people and managers in the list."""
    cells = (row.cells.get(column, "") for row in rows for column in (StaffColumn.PERSON, StaffColumn.MANAGER))
    return frozenset(filter(None, map(handle_of, cells)))


@dataclass(frozen=True)
class BrokenLine:
    """A reporting line that cannot be followed to its end. `others` are the lines of the file where it breaks."""

    problem: RowProblem
    others: tuple[int, ...] = ()


class ReportingLines:
    """The reporting lines in a list.

    `ids` maps handles to Slack user ids; people who are not in Slack are identified by their handle. `storable` are the
    people (Slack user ids) about whom a record may be saved, `erased` those who were erased.
    """

    def __init__(
        self,
        rows: Iterable[StaffListRow],
        ids: Mapping[str, str],
        *,
        storable: Collection[str],
        erased: Collection[str],
    ) -> None:
        self._ids = ids
        self._storable = storable
        self._erased = erased
        self._rows_of: dict[str, list[StaffListRow]] = {}
        for row in rows:
            if person := self.person_in(row, StaffColumn.PERSON):
                self._rows_of.setdefault(person, []).append(row)
        self._nearest: dict[str, str | BrokenLine] = {}

    def person_in(self, row: StaffListRow, column: StaffColumn) -> str:
        """The person named in that cell; "" if there is none."""
        handle = handle_of(row.cells.get(column, ""))
        return self._ids.get(handle, handle)

    def rows_of(self, person: str) -> Sequence[StaffListRow]:
        """The rows about this person."""
        return self._rows_of.get(person, ())

    @cached_property
    def managers(self) -> frozenset[str]:
        """Everybody who is named as a manager."""
        return frozenset(self.person_in(row, StaffColumn.MANAGER) for rows in self._rows_of.values() for row in rows)

    def nearest_storable(self, person: str) -> str | BrokenLine:
        """`person`, or the nearest person above them about whom a record may be saved; "" if there is nobody."""
        skipped: list[str] = []
        current: str | BrokenLine = person
        while isinstance(current, str) and current and current not in self._storable:
            if current in self._nearest:
                current = self._nearest[current]
                break
            skipped.append(current)
            current = self._manager_of(current, skipped)
        self._nearest.update((one, current) for one in skipped if self.rows_of(one))
        return current

    def cycle(self, person: str) -> tuple[int, ...]:
        """The line numbers of the cycle of managers that includes this person; empty if there is none."""
        return self._cycles.get(person, ())

    def _manager_of(self, person: str, skipped: Sequence[str]) -> str | BrokenLine:
        """The manager of `person`, who is the last of `skipped`."""
        rows = self.rows_of(person)
        numbers = tuple(row.number for row in rows)
        if not rows:
            before = tuple(row.number for one in skipped[-2:-1] for row in self.rows_of(one))
            return BrokenLine(RowProblem.ERASED if person in self._erased else RowProblem.NOBODY, before)
        if len(rows) > 1:
            return BrokenLine(RowProblem.TWICE, numbers)
        if cycle := self.cycle(person):
            return BrokenLine(RowProblem.CIRCLE, cycle)
        manager = self.person_in(rows[0], StaffColumn.MANAGER)
        if rows[0].cells.get(StaffColumn.MANAGER) and not manager:
            return BrokenLine(RowProblem.NO_HANDLE, numbers)
        return manager

    @cached_property
    def _cycles(self) -> dict[str, tuple[int, ...]]:
        """The line numbers of each cycle, by person. Everybody has one manager, so nobody is in two cycles."""
        manager_of = {
            person: self.person_in(rows[0], StaffColumn.MANAGER)
            for person, rows in self._rows_of.items()
            if len(rows) == 1
        }
        found: dict[str, tuple[int, ...]] = {}
        seen: set[str] = set()
        for start in manager_of:
            path: list[str] = []
            current = start
            while current in manager_of and current not in seen:
                seen.add(current)
                path.append(current)
                current = manager_of[current]
            if current in path:
                members = path[path.index(current) :]
                numbers = tuple(sorted(self._rows_of[one][0].number for one in members))
                found.update(dict.fromkeys(members, numbers))
        return found
