"""Reading the organisation's list of its people from a CSV file, as spreadsheets and personnel systems write it."""

from dataclasses import dataclass
from pathlib import Path

from bot.csv_files import is_garbled, legible, plain, read_rows, squeezed
from bot.settings import SettingsWrong
from mentoring.people.staff_list import Column, Finding, Line, Problem

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
    found = read_rows(path, _COLUMN_OF.__contains__)
    rows = ((number, list(map(squeezed, cells))) for number, cells in found)
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
        wrong = [Finding(number, column, Problem.NOT_UTF8) for column, cell in line.cells.items() if is_garbled(cell)]
        findings += wrong
        if not wrong:
            lines.append(line)
    if not lines and not findings:
        raise SettingsWrong("The file names its columns, and nobody.")
    unused = (name for place, name in enumerate(header) if name and place not in columns.values())
    return StaffFile(tuple(lines), tuple(findings), tuple(map(legible, unused)))


def _columns(header: list[str]) -> dict[Column, int]:
    """In which place of a row each column is. Raises SettingsWrong."""
    found: dict[Column, int] = {}
    for place, name in enumerate(header):
        column = _COLUMN_OF.get(plain(name))
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
