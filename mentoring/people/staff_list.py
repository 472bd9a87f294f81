"""Rows of the organisation's list, the problems in them, and its reporting lines."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from mentoring.core.people import user_id


class StaffColumn(StrEnum):
    """What a column of the list says of a person. People read these words."""

    PERSON = "person"
    DEPARTMENT = "department"
    GRADE = "grade"
    MANAGER = "manager"
    STARTED_ON = "start date"


@dataclass(frozen=True)
class StaffListRow:
    """`number` counts the lines of the file from 1; `cells` are those of the columns that the list has, without blanks
    around them, and "" where nothing stands.
    """

    number: int
    cells: Mapping[StaffColumn, str]


class RowProblem(StrEnum):
    """Why a line cannot be taken."""

    CELLS = "cells"
    NOT_UTF8 = "not-utf8"
    EMPTY = "empty"
    NO_HANDLE = "no-handle"
    NOBODY = "nobody"
    ERASED = "erased"
    TWICE = "twice"
    NOT_OFFERED = "not-offered"
    NOT_A_DATE = "not-a-date"
    IN_THE_FUTURE = "in-the-future"
    OWN_MANAGER = "own-manager"
    CIRCLE = "circle"


@dataclass(frozen=True)
class RowFinding:
    """One thing that is wrong in line `number`, in `column` or (None) in the whole of it.

    `others` are the lines that it has to do with; `text` is what stands in the cell where that is no address; `offered`
    what the programme has instead; `cells` how many the line has and how many it should have.
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
    """How a cell names a person: a Slack user id, or an e-mail address in small letters; "" where it does neither.

    Both may come as they are copied: `<@U012AB3CD>`, `mailto:ada@example.org`, `Ada Adams <ada@example.org>`.
    """
    if "@" not in text or text.startswith(("@", "<@")):
        return user_id(text)
    named = _NAMED_ADDRESS.fullmatch(text)
    address = _ADDRESS.fullmatch(named["address"] if named else text)
    return address[1].casefold() if address else ""


def is_address(handle: str) -> bool:
    """Whether it is an e-mail address rather than a Slack user id."""
    return "@" in handle


def handles(lines: Iterable[StaffListRow]) -> frozenset[str]:
    """Whom the list names, in its lines and as managers."""
    cells = (line.cells.get(column, "") for line in lines for column in (StaffColumn.PERSON, StaffColumn.MANAGER))
    return frozenset(filter(None, map(handle_of, cells)))


@dataclass(frozen=True)
class BrokenLine:
    """The way up cannot be followed. `others` are the lines at which it ends; none where there is no line."""

    problem: RowProblem
    others: tuple[int, ...] = ()


class ReportingLines:
    """`names` says by handle what somebody is called here: their Slack user id where Slack knows them. `kept` are those
    of whom we may keep something, `erased` those who were erased.
    """

    def __init__(
        self, lines: Iterable[StaffListRow], names: Mapping[str, str], *, kept: Collection[str], erased: Collection[str]
    ) -> None:
        self._names = names
        self._kept = kept
        self._erased = erased
        self._lines_of: dict[str, list[StaffListRow]] = {}
        for line in lines:
            if person := self.named(line, StaffColumn.PERSON):
                self._lines_of.setdefault(person, []).append(line)
        self._found: dict[str, str | BrokenLine] = {}

    def named(self, line: StaffListRow, column: StaffColumn) -> str:
        """Whom that cell names; "" where it names nobody."""
        handle = handle_of(line.cells.get(column, ""))
        return self._names.get(handle, handle)

    def lines_of(self, person: str) -> Sequence[StaffListRow]:
        """The lines about them."""
        return self._lines_of.get(person, ())

    @cached_property
    def leading(self) -> frozenset[str]:
        """Everybody who is named as a manager."""
        return frozenset(self.named(line, StaffColumn.MANAGER) for lines in self._lines_of.values() for line in lines)

    def right_above(self, person: str) -> str | BrokenLine:
        """Whoever is next from `person` on, them included, of whom we may keep something; up along the lines of
        those of whom we may not. "" where there is nobody.
        """
        below: list[str] = []
        at: str | BrokenLine = person
        while isinstance(at, str) and at and at not in self._kept:
            if at in self._found:
                at = self._found[at]
                break
            below.append(at)
            at = self._step(at, below)
        self._found.update((one, at) for one in below if self.lines_of(one))
        return at

    def circle(self, person: str) -> tuple[int, ...]:
        """The lines through which their managers come back to them; none where they do not."""
        return self._circles.get(person, ())

    def _step(self, at: str, below: Sequence[str]) -> str | BrokenLine:
        """Who stands above somebody of whom we may not keep anything, who is the last of `below`."""
        lines = self.lines_of(at)
        numbers = tuple(line.number for line in lines)
        if not lines:
            before = tuple(line.number for one in below[-2:-1] for line in self.lines_of(one))
            return BrokenLine(RowProblem.ERASED if at in self._erased else RowProblem.NOBODY, before)
        if len(lines) > 1:
            return BrokenLine(RowProblem.TWICE, numbers)
        if circle := self.circle(at):
            return BrokenLine(RowProblem.CIRCLE, circle)
        above = self.named(lines[0], StaffColumn.MANAGER)
        if lines[0].cells.get(StaffColumn.MANAGER) and not above:
            return BrokenLine(RowProblem.NO_HANDLE, numbers)
        return above

    @cached_property
    def _circles(self) -> dict[str, tuple[int, ...]]:
        """By person, the lines of the circle in which they stand. Nobody stands in two, for each has one manager."""
        above = {
            person: self.named(lines[0], StaffColumn.MANAGER)
            for person, lines in self._lines_of.items()
            if len(lines) == 1
        }
        found: dict[str, tuple[int, ...]] = {}
        seen: set[str] = set()
        for start in above:
            way: list[str] = []
            at = start
            while at in above and at not in seen:
                seen.add(at)
                way.append(at)
                at = above[at]
            if at in way:
                around = way[way.index(at) :]
                lines = tuple(sorted(self._lines_of[one][0].number for one in around))
                found.update(dict.fromkeys(around, lines))
        return found
