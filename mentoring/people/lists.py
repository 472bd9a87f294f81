"""Lists of applications and of running partnerships from a spreadsheet: columns, rows and problems."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mentoring.core.clean_text import clean_line, normalised
from mentoring.core.lengths import Length
from mentoring.core.people import AccountStatus, Person
from mentoring.core.written_dates import DateProblem, read_date
from mentoring.people.staff_list import handle_of


class ListKind(StrEnum):
    """What the rows of a list are about."""

    APPLICATIONS = "applications"
    PARTNERSHIPS = "partnerships"


class ListColumn(StrEnum):
    """A column of a list. The values are shown to people."""

    PERSON = "person"
    ROLE = "role"
    TOPICS = "topics"
    HOPES = "hopes"
    MONTHS = "months"
    WAYS = "ways to meet"
    LANGUAGES = "languages"
    DEPARTMENT = "department"
    GRADE = "grade"
    MANAGER = "manager"
    WISH = "wish"
    WORKS_SINCE = "works here since"
    PLACES = "places"
    MENTEE = "mentee"
    MENTOR = "mentor"
    START = "start"
    END = "end"
    MEETINGS = "meetings"
    LAST_MEETING = "last meeting"


NAMES_PEOPLE = (ListColumn.PERSON, ListColumn.MANAGER, ListColumn.WISH, ListColumn.MENTEE, ListColumn.MENTOR)


class ListProblem(StrEnum):
    """Why a row cannot be taken."""

    CELLS = "cells"
    NOT_UTF8 = "not-utf8"
    EMPTY = "empty"
    NO_HANDLE = "no-handle"
    NOBODY = "nobody"
    ERASED = "erased"
    TWICE = "twice"
    NOT_A_ROLE = "not-a-role"
    NOT_A_WAY = "not-a-way"
    NOT_A_NUMBER = "not-a-number"
    NOT_A_LENGTH = "not-a-length"
    NOT_OFFERED = "not-offered"
    TOO_LONG = "too-long"
    OUT_OF_RANGE = "out-of-range"
    NOT_A_DATE = "not-a-date"
    NO_SUCH_DAY = "no-such-day"
    DAY_OR_MONTH_FIRST = "day-or-month-first"
    SHORT_YEAR = "short-year"
    DAY_NUMBER = "day-number"
    TIME_OF_DAY = "time-of-day"
    IN_THE_FUTURE = "in-the-future"
    TOO_LONG_AGO = "too-long-ago"
    TOO_SHORT_SERVICE = "too-short-service"
    NOT_ADMITTED = "not-admitted"
    DEACTIVATED = "deactivated"
    CANNOT_BE_NAMED = "cannot-be-named"
    ONESELF = "oneself"
    IS_THE_MANAGER = "is-the-manager"
    OUTSIDE = "outside"
    LINE_OF_MANAGEMENT = "line-of-management"
    EXCLUDED = "excluded"
    NOT_AVAILABLE = "not-available"
    NO_PLACE = "no-place"
    ALREADY_TOGETHER = "already-together"
    NO_END = "no-end"
    TWO_ENDS = "two-ends"
    OVER = "over"
    BEFORE_START = "before-start"
    NO_LAST_MEETING = "no-last-meeting"
    NO_MEETINGS = "no-meetings"
    OTHER_RULE = "other-rule"


@dataclass(frozen=True)
class ListRow:
    """A row. `number` is its line in the file, from 1. `cells` are the texts of the columns that the list has."""

    number: int
    cells: Mapping[ListColumn, str]

    def line(self, column: ListColumn) -> str:
        """The cell on a single line; "" if it is empty or the list has no such column."""
        return clean_line(self.cells.get(column, ""))


@dataclass(frozen=True)
class ListFinding:
    """A problem in line `number`: in `column`, or in the whole row (None).

    - `others`: the numbers of other lines that are involved.
    - `text`: the part of the cell that is wrong; never of a column that names people.
    - `offered`: what the programme offers for the column; the codes of lengths.
    - `least`, `most`: the range of a number, the length of a text, or cells that there are and should be.
    - `day`: the date that the problem is about.
    """

    number: int
    column: ListColumn | None
    problem: ListProblem
    others: tuple[int, ...] = ()
    text: str = ""
    offered: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    day: date | None = None


def handles_in(rows: Iterable[ListRow]) -> frozenset[str]:
    """The Slack user ids and e-mail addresses of everybody whom the rows name."""
    cells = (row.line(column) for row in rows for column in NAMES_PEOPLE)
    return frozenset(filter(None, map(handle_of, cells)))


_SEPARATORS = re.compile(r"\s*[;\n|]\s*")
_LENGTH = re.compile(r"([0-9]{1,3})\s*(months?|weeks?|)")
_COMMAS = re.compile(r"\s*,\s*")


class CellReader:
    """Reads the cells of one row, and collects what is wrong in `findings`.

    `people` are the people whom Slack knows, by handle; `erased` are the Slack user ids of erased people.
    """

    def __init__(self, row: ListRow, people: Mapping[str, Person], erased: frozenset[str]) -> None:
        self.row = row
        self.findings: list[ListFinding] = []
        self._people = people
        self._erased = erased

    def wrong(self, column: ListColumn | None, problem: ListProblem, **facts: object) -> None:
        self.findings.append(ListFinding(self.row.number, column, problem, **facts))  # type: ignore[arg-type]

    def person(self, column: ListColumn, *, required: bool = False) -> Person | None:
        """The person whom the cell names; None if it is empty or wrong."""
        text = self.row.line(column)
        if not text:
            if required:
                self.wrong(column, ListProblem.EMPTY)
            return None
        handle = handle_of(text)
        found = self._people.get(handle)
        if not handle:
            self.wrong(column, ListProblem.NO_HANDLE)
        elif (found.id if found else handle) in self._erased:
            self.wrong(column, ListProblem.ERASED)
        elif found is None or found.account_status is AccountStatus.UNKNOWN:
            self.wrong(column, ListProblem.NOBODY)
        else:
            return found
        return None

    def day(self, column: ListColumn, *, earliest: date, latest: date) -> date | None:
        """The date in the cell; None if it is empty or wrong."""
        text = self.row.line(column)
        if not text:
            return None
        day = read_date(text)
        if isinstance(day, DateProblem):
            self.wrong(column, ListProblem(day))
        elif day > latest:
            self.wrong(column, ListProblem.IN_THE_FUTURE)
        elif day < earliest:
            self.wrong(column, ListProblem.TOO_LONG_AGO, day=earliest)
        else:
            return day
        return None

    def number(self, column: ListColumn, *, least: int, most: int, unit: str = "") -> int | None:
        """The whole number in the cell, with its unit or without; None if it is empty or wrong."""
        text = self.row.line(column).casefold()
        if not text:
            return None
        bare = text.removesuffix(f"{unit}s").removesuffix(unit).strip() if unit else text
        if not (bare.isascii() and bare.isdecimal() and len(bare) < len("10000")):
            self.wrong(column, ListProblem.NOT_A_NUMBER, least=least, most=most)
        elif not least <= int(bare) <= most:
            self.wrong(column, ListProblem.OUT_OF_RANGE, least=least, most=most)
        else:
            return int(bare)
        return None

    def length(self, column: ListColumn) -> Length | None:
        """The length in the cell, as "6 weeks", "9 months" or "9", which are months; None if it is empty or wrong."""
        text = self.row.line(column).casefold()
        if not text:
            return None
        found = _LENGTH.fullmatch(text)
        if not found:
            self.wrong(column, ListProblem.NOT_A_LENGTH)
            return None
        number = int(found[1])
        return Length(weeks=number) if found[2].startswith("week") else Length(months=number)

    def choice(self, column: ListColumn, offered: Sequence[str]) -> str:
        """The one of `offered` that the cell names; "" if it is empty or wrong."""
        text = self.row.line(column)
        if not text:
            return ""
        by_name = {normalised(one): one for one in offered}
        if normalised(text) not in by_name:
            self.wrong(column, ListProblem.NOT_OFFERED, text=text, offered=tuple(offered))
            return ""
        return by_name[normalised(text)]

    def choices(self, column: ListColumn, offered: Sequence[str]) -> tuple[str, ...]:
        """Those of `offered` that the cell names, in that order, separated by semicolons, lines, “|” or commas."""
        by_name = {normalised(one): one for one in offered}
        found: set[str] = set()
        for part in parts(self.row.cells.get(column, ""), by_name):
            if normalised(part) in by_name:
                found.add(by_name[normalised(part)])
            else:
                self.wrong(column, ListProblem.NOT_OFFERED, text=part, offered=tuple(offered))
        return tuple(one for one in offered if one in found)


def parts(text: str, known: Iterable[str]) -> list[str]:
    """The parts of a cell that holds several. A comma separates two only where the whole is not one of the `known`."""
    names, found = set(known), []
    for part in filter(None, map(str.strip, _SEPARATORS.split(text))):
        found += [part] if normalised(part) in names else list(filter(None, _COMMAS.split(part)))
    return found
