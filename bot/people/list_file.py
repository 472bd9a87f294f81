"""Reading a list of applications or of running partnerships from a file of a spreadsheet."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.csv_files import Row, is_garbled, legible, plain, squeezed, tidy
from bot.people.staff_file import is_staff_header
from bot.settings import InvalidSettings
from bot.table_files import shown_header
from mentoring.people.lists import ListColumn, ListFinding, ListKind, ListProblem, ListRow
from messages.spreadsheets import restore_formula

_PERSON = "person, email, e mail, mail, email address, e mail address, work email, slack id, slack user id, member id"
_APPLICATIONS = {
    ListColumn.PERSON: _PERSON,
    ListColumn.ROLE: "role, applies as, applied as, mentor or mentee, mentee or mentor, wants to be",
    ListColumn.TOPICS: "topics, topic, interests, areas, subjects",
    ListColumn.HOPES: "hopes, hope, goals, expectations, can offer, offers, motivation, about",
    ListColumn.MONTHS: "months, how many months, duration, length",
    ListColumn.WAYS: "ways to meet, ways, how to meet, way to meet, meeting mode, meets",
    ListColumn.LANGUAGES: "languages, language",
    ListColumn.DEPARTMENT: "department, dept, department name, division, unit",
    ListColumn.GRADE: "grade, job grade, grade name, level, job level, band",
    ListColumn.MANAGER: "manager, manager email, manager slack id, line manager, line manager email, supervisor, "
    "reports to",
    ListColumn.WISH: "wish, would like, preferred mentor, preferred mentee, preferred partner, preference",
    ListColumn.WORKS_SINCE: "works here since, start date, started on, started, hire date, date joined, joined",
    ListColumn.PLACES: "places, place, how many mentees, mentees at once, capacity",
}
_PARTNERSHIPS = {
    ListColumn.MENTEE: "mentee, mentee email, mentee slack id, mentee e mail",
    ListColumn.MENTOR: "mentor, mentor email, mentor slack id, mentor e mail",
    ListColumn.START: "start, start date, started, started on, introduced on, since, from",
    ListColumn.END: "end, end date, ends, ends on, agreed end, until, to",
    ListColumn.MONTHS: "months, how many months, duration, length",
    ListColumn.TOPICS: "topics, topic, subjects",
    ListColumn.MEETINGS: "meetings, meetings so far, number of meetings, met",
    ListColumn.LAST_MEETING: "last meeting, last met, last met on, last meeting on",
}


def _by_name(headers: dict[ListColumn, str]) -> dict[str, ListColumn]:
    return {name: column for column, names in headers.items() for name in names.split(", ")}


_COLUMN_OF = {ListKind.APPLICATIONS: _by_name(_APPLICATIONS), ListKind.PARTNERSHIPS: _by_name(_PARTNERSHIPS)}
_ONLY_IN_APPLICATIONS = {
    *(ListColumn.TOPICS, ListColumn.HOPES, ListColumn.MONTHS, ListColumn.WAYS, ListColumn.LANGUAGES, ListColumn.WISH),
    ListColumn.PLACES,
}
"""Besides a role, one of these tells a list of applications from one of staff, where a role is a job."""


@dataclass(frozen=True)
class ListFile:
    """The readable `rows`, the `findings` about the others, and the headers of `unused` columns."""

    kind: ListKind
    rows: tuple[ListRow, ...]
    findings: tuple[ListFinding, ...]
    unused: tuple[str, ...]


def is_header(name: str) -> bool:
    """Whether a column of any list has this name, as normalised by `plain`."""
    return is_staff_header(name) or any(name in columns for columns in _COLUMN_OF.values())


def kind_of(header: list[str]) -> ListKind | None:
    """The kind of list that has this header; None if it is the list of staff, or none that is known."""
    names = set(map(plain, header))
    found = {kind: {columns[name] for name in names & columns.keys()} for kind, columns in _COLUMN_OF.items()}
    if {ListColumn.MENTEE, ListColumn.MENTOR} <= found[ListKind.PARTNERSHIPS]:
        return ListKind.PARTNERSHIPS
    applications = found[ListKind.APPLICATIONS]
    is_list = {ListColumn.PERSON, ListColumn.ROLE} <= applications and bool(_ONLY_IN_APPLICATIONS & applications)
    return ListKind.APPLICATIONS if is_list else None


def read_list(kind: ListKind, table: Iterable[Row]) -> ListFile:
    """The list in `table`, whose first row is the header. Raises InvalidSettings if it cannot be used."""
    rows = iter(table)
    _, header = next(rows, (0, []))
    columns = _columns(kind, header)
    found: list[ListRow] = []
    findings: list[ListFinding] = []
    for number, row in rows:
        cells = row[: len(header)] if not any(map(squeezed, row[len(header) :])) else row
        if len(cells) != len(header):
            findings.append(ListFinding(number, None, ListProblem.CELLS, least=len(cells), most=len(header)))
            continue
        texts = {column: tidy(restore_formula(cells[place])) for column, place in columns.items()}
        wrong = [
            ListFinding(number, column, ListProblem.NOT_UTF8) for column, cell in texts.items() if is_garbled(cell)
        ]
        findings += wrong
        if not wrong:
            found.append(ListRow(number, texts))
    if not found and not findings:
        raise InvalidSettings("The file has no lines below the one that names its columns.")
    unused = (squeezed(name) for place, name in enumerate(header) if squeezed(name) and place not in columns.values())
    return ListFile(kind, tuple(found), tuple(findings), tuple(map(legible, unused)))


def _columns(kind: ListKind, header: list[str]) -> dict[ListColumn, int]:
    """The index of each column in a row. Raises InvalidSettings."""
    found: dict[ListColumn, int] = {}
    for place, name in enumerate(header):
        column = _COLUMN_OF[kind].get(plain(name))
        if column is None:
            continue
        if column in found:
            names = f"“{legible(squeezed(header[found[column]]))}” and “{legible(squeezed(name))}”"
            raise InvalidSettings(f"Two columns hold the {column}: {names}. Rename or delete one of them.")
        found[column] = place
    if kind is ListKind.PARTNERSHIPS and ListColumn.START not in found:
        raise InvalidSettings(
            "A list of partnerships needs the columns “mentee”, “mentor”, “start”, and “end” or “months”. "
            f"{shown_header(header)}"
        )
    return found
