"""Reading the organisation's list of people from a file of a spreadsheet or a personnel system."""

from dataclasses import dataclass
from pathlib import Path

from bot.csv_files import is_garbled, legible, plain, squeezed
from bot.settings import InvalidSettings
from bot.table_files import read_table, shown_header
from mentoring.people.staff_list import RowFinding, RowProblem, StaffColumn, StaffListRow

_HEADERS = {
    StaffColumn.PERSON: "person, email, e mail, mail, email address, e mail address, work email, work e mail, "
    "slack id, slack user id, slack member id, member id, slack, employee, employee email",
    StaffColumn.DEPARTMENT: "department, dept, department name, division, unit",
    StaffColumn.GRADE: "grade, job grade, grade name, level, job level, band",
    StaffColumn.MANAGER: "manager, manager email, manager e mail, manager email address, manager slack id, "
    "managers email, managers e mail, line manager, line manager email, supervisor, supervisor email, reports to",
    StaffColumn.STARTED_ON: "start date, started on, started, start, startdate, hire date, hired on, date of hire, "
    "joining date, join date, date joined, joined, employed since",
}
_COLUMN_OF = {name: column for column, names in _HEADERS.items() for name in names.split(", ")}

NO_COLUMNS = (
    "The first line of the file must name its columns: “person”, “email” or “Slack id”, and at least one of "
    "“department”, “grade”, “manager” and “start date”."
)


@dataclass(frozen=True)
class StaffFile:
    """The readable `lines`, the `findings` about the others, and the headers of `unused` columns."""

    lines: tuple[StaffListRow, ...]
    findings: tuple[RowFinding, ...]
    unused: tuple[str, ...]


def is_staff_header(name: str) -> bool:
    """Whether a column of the list has this name, as normalised by `plain`."""
    return name in _COLUMN_OF


def read_file(path: Path) -> StaffFile:
    """Read the whole file. Raises InvalidSettings if it cannot be used."""
    found = read_table(path, is_staff_header)
    rows = ((number, list(map(squeezed, cells))) for number, cells in found)
    _, header = next(rows, (0, []))
    columns = _columns(header)
    lines: list[StaffListRow] = []
    findings: list[RowFinding] = []
    for number, row in rows:
        cells = row[: len(header)] if not any(row[len(header) :]) else row
        if len(cells) != len(header):
            findings.append(RowFinding(number, None, RowProblem.CELLS, cells=(len(cells), len(header))))
            continue
        line = StaffListRow(number, {column: cells[place] for column, place in columns.items()})
        wrong = [
            RowFinding(number, column, RowProblem.NOT_UTF8) for column, cell in line.cells.items() if is_garbled(cell)
        ]
        findings += wrong
        if not wrong:
            lines.append(line)
    if not lines and not findings:
        raise InvalidSettings("The file has no people below the line that names its columns.")
    unused = (name for place, name in enumerate(header) if name and place not in columns.values())
    return StaffFile(tuple(lines), tuple(findings), tuple(map(legible, unused)))


def _columns(header: list[str]) -> dict[StaffColumn, int]:
    """The index of each column in a row. Raises InvalidSettings."""
    found: dict[StaffColumn, int] = {}
    for place, name in enumerate(header):
        column = _COLUMN_OF.get(plain(name))
        if column is None:
            continue
        if column in found:
            names = f"“{legible(header[found[column]])}” and “{legible(name)}”"
            raise InvalidSettings(
                f"Two columns hold the {column}: {names}. Rename or delete one of them. For people, keep the column "
                "with e-mail addresses or Slack ids."
            )
        found[column] = place
    if StaffColumn.PERSON not in found or len(found) == 1:
        raise InvalidSettings(f"{NO_COLUMNS} {shown_header(header)}")
    return found
