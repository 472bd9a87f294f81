"""Reading the organisation's list of its people from a CSV file, as spreadsheets and personnel systems write it."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.settings import SettingsWrong
from mentoring.staff_list import Column, Finding, Line, Problem

_HEADERS = {
    Column.PERSON: "person, email, e mail, mail, email address, e mail address, work email, work e mail, slack id, "
    "slack user id, slack member id, member id, slack, employee, employee email",
    Column.DEPARTMENT: "department, dept, department name, division, unit",
    Column.GRADE: "grade, job grade, grade name, level, job level, band",
    Column.MANAGER: "manager, manager email, manager e mail, manager email address, manager slack id, managers email, "
    "managers e mail, line manager, line manager email, supervisor, supervisor email, reports to",
    Column.STARTED_ON: "start date, started on, started, start, startdate, hire date, hired on, date of hire, "
    "joining date, join date, date joined, joined, employed since",
}
_COLUMN_OF = {name: column for column, names in _HEADERS.items() for name in names.split(", ")}
_SEPARATORS = (",", ";", "\t")
_SAID = re.compile(r"sep=(.)(?=\r?\n)", re.IGNORECASE)
"""What Excel reads a separator from; it stands before all else."""
_NOT_UTF8 = re.compile("[\udc80-\udcff]")

NO_COLUMNS = (
    "The first line of the file must name its columns: one of them “person”, “email” or “Slack id”, and besides at "
    "least one of “department”, “grade”, “manager” and “start date”."
)


@dataclass(frozen=True)
class StaffFile:
    """`lines` can be looked at; of others `findings` says what is wrong with them. `unused` are headers."""

    lines: tuple[Line, ...]
    findings: tuple[Finding, ...]
    unused: tuple[str, ...]


def read_file(path: Path) -> StaffFile:
    """Read it whole. Raises SettingsWrong where it cannot be used, with what to mend."""
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise SettingsWrong(f"The file cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise SettingsWrong("The file breaks off in the middle of a character. Save it anew, as “CSV UTF-8”.") from None
    said = _SAID.match(text)
    if said:
        text = text[said.end() :]
    rows = _rows(text, said[1] if said else _separator(text))
    _, header = next(rows, (0, []))
    columns = _columns(header)
    lines: list[Line] = []
    findings: list[Finding] = []
    for number, row in rows:
        cells = row[: len(header)] if not any(row[len(header) :]) else row
        if len(cells) != len(header):
            findings.append(Finding(number, None, Problem.CELLS, cells=(len(cells), len(header))))
            continue
        line = Line(number, {column: cells[place] for column, place in columns.items()})
        wrong = [Finding(number, column, Problem.NOT_UTF8) for column, cell in line.cells.items() if _is_garbled(cell)]
        findings += wrong
        if not wrong:
            lines.append(line)
    if not lines and not findings:
        raise SettingsWrong("The file names its columns, and nobody.")
    unused = (name for place, name in enumerate(header) if name and place not in columns.values())
    return StaffFile(tuple(lines), tuple(findings), tuple(map(_legible, unused)))


def _decoded(data: bytes) -> str:
    """Bytes that are not UTF-8 stay recognisable, so that the line can be named in which they are."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    return data.decode("utf-8-sig", "surrogateescape")


def _is_garbled(cell: str) -> bool:
    return _NOT_UTF8.search(cell) is not None


def _legible(cell: str) -> str:
    return _NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", cell)


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows in which something stands, each with the line on which it begins. Raises SettingsWrong."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = [" ".join(cell.split()) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            raise SettingsWrong(
                f"Line {number} of the file cannot be read: a quotation mark opens and does not close, or closes and "
                "something follows. Save the file anew as CSV, or mend that line."
            ) from None
        if any(row):
            yield number, row


def _separator(text: str) -> str:
    """The one by which the first row names most of our columns."""

    def named(separator: str) -> int:
        try:
            _, header = next(_rows(text, separator), (0, []))
        except SettingsWrong:
            return 0
        return sum(_plain(name) in _COLUMN_OF for name in header)

    return max(_SEPARATORS, key=named)


def _columns(header: list[str]) -> dict[Column, int]:
    """In which place of a row each column is. Raises SettingsWrong."""
    found: dict[Column, int] = {}
    for place, name in enumerate(header):
        column = _COLUMN_OF.get(_plain(name))
        if column is None:
            continue
        if column in found:
            raise SettingsWrong(
                f"Two columns say the {column}: “{header[found[column]]}” and “{name}”. Leave the one with e-mail "
                "addresses or Slack ids, where it is about people, and give the other another name."
            )
        found[column] = place
    if Column.PERSON not in found or len(found) == 1:
        raise SettingsWrong(NO_COLUMNS)
    return found


def _plain(name: str) -> str:
    """A header as `_HEADERS` has it."""
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold().replace("’", "").replace("'", "")).split())
