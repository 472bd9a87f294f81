"""A round as a spreadsheet for the owners' decisions: writing and reading it."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from bot.csv_files import Row, is_garbled, legible, plain, squeezed, tidy
from bot.match.round_view import RoundView, ambiguity_message, find_people
from bot.settings import InvalidSettings
from bot.table_files import read_table, shown_header
from mentoring.applications.application import Application, Role
from mentoring.core.people import user_id
from mentoring.matching.decision_list import ListedDecision, RowAction
from mentoring.matching.match import Match, MatchState
from mentoring.matching.unmatched import unmatched_by_reason
from messages.matching.history import rule_text
from messages.matching.unmatched import why
from messages.spreadsheets import restore_formula, write_rows
from messages.text import join, plural
from messages.voice import Voice, capital


class SheetColumn(StrEnum):
    """`{mentee}` and `{mentor}` are the programme's words."""

    MATCH = "match id"
    MENTEE = "{mentee}"
    MENTEE_ID = "{mentee} id"
    MENTOR = "{mentor}"
    MENTOR_ID = "{mentor} id"
    SCORE = "score"
    WHY = "why"
    OTHER_MENTOR = "next best {mentor}"
    OTHER_MENTOR_SCORE = "next best {mentor} score"
    OTHER_MENTEE = "next best {mentee}"
    OTHER_MENTEE_SCORE = "next best {mentee} score"
    STATE = "state"
    APPROVALS = "approved by"
    EXCEPTION = "exception"
    EXCEPTION_REASON = "why the exception"
    DECISION = "decision"
    REASON = "reason"


def headers(voice: Voice) -> dict[SheetColumn, str]:
    """The headers in this programme's words."""
    return {column: column.format(mentee=voice.mentee, mentor=voice.mentor) for column in SheetColumn}


def column_of(voice: Voice) -> dict[str, SheetColumn]:
    """Columns by normalised header (`plain`), in the programme's words and in ours."""
    found: dict[str, SheetColumn] = {}
    for words in (voice, Voice(marked=False)):
        for column, name in headers(words).items():
            found.setdefault(plain(name), column)
    return found


def write(path: str, sheet: bytes) -> None:
    """Write a new file that only its owner may read. Raises InvalidSettings."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sheet)
    except OSError as error:
        raise InvalidSettings(f"{Path(path).name} cannot be written: {error.strerror}.") from None


def write_to_stdout(sheet: bytes) -> None:
    click.echo(sheet, nl=False)


def sheet_of(view: RoundView, unsaved: Iterable[str] = ()) -> bytes:
    """The proposals, best first, then the unmatched people. `unsaved` are ids of proposals that are not saved."""
    names = headers(view.voice)
    unsaved = frozenset(unsaved)
    rows: list[_Row] = [*(_proposal(view, match, unsaved) for match in view.current), *_unmatched(view)]
    return write_rows([list(names.values()), *([row.get(column, "") for column in names] for row in rows)])


_Row = dict[SheetColumn, str]


def _proposal(view: RoundView, match: Match, unsaved: frozenset[str]) -> _Row:
    mentor, mentor_score = view.next_best(match.other_mentor)
    mentee, mentee_score = view.next_best(match.other_mentee)
    exemption = view.exemptions.get(match.id)
    return {
        SheetColumn.MATCH: "" if match.id in unsaved else shown_id(match.id),
        SheetColumn.MENTEE: view.name(match.mentee),
        SheetColumn.MENTEE_ID: match.mentee,
        SheetColumn.MENTOR: view.name(match.mentor),
        SheetColumn.MENTOR_ID: match.mentor,
        SheetColumn.SCORE: str(match.score),
        SheetColumn.WHY: view.why(match),
        SheetColumn.OTHER_MENTOR: mentor,
        SheetColumn.OTHER_MENTOR_SCORE: mentor_score,
        SheetColumn.OTHER_MENTEE: mentee,
        SheetColumn.OTHER_MENTEE_SCORE: mentee_score,
        SheetColumn.STATE: view.status_of(match),
        SheetColumn.APPROVALS: ""
        if match.state is not MatchState.PROPOSED
        else join(list(map(view.name, match.approvals))),
        SheetColumn.EXCEPTION: capital(join([rule_text(broken, view.voice) for broken in match.exempted])),
        SheetColumn.EXCEPTION_REASON: exemption.reason if exemption else "",
    }


def shown_id(match_id: str) -> str:
    """The id in a form that no spreadsheet takes for a number and rounds."""
    return f"#{match_id}"


def _unmatched(view: RoundView) -> Iterator[_Row]:
    """Lines in which a partner can be filled in."""
    for role in (Role.MENTEE, Role.MENTOR):
        for reason, applications in unmatched_by_reason(view.round, role).items():
            for application in applications:
                yield _without_match(view, application, f"{why(reason, role, view.voice)}.")


def _without_match(view: RoundView, application: Application, reason: str) -> _Row:
    name = view.name(application.person)
    if application.role is Role.MENTEE:
        person = {SheetColumn.MENTEE: name, SheetColumn.MENTEE_ID: application.person}
        state = f"no {view.voice.mentor}"
    else:
        person = {SheetColumn.MENTOR: name, SheetColumn.MENTOR_ID: application.person}
        state = plural(view.round.free_places(application), "free place", "free places")
    return {**person, SheetColumn.WHY: reason, SheetColumn.STATE: state}


_ACTION_WORDS = {
    RowAction.APPROVE: "approve, approved",
    RowAction.REFUSE: "reject, rejected, refuse, refused",
    RowAction.KEEP: "keep, kept, pin",
    RowAction.NEVER: "never, forbid",
    RowAction.PAIR: "pair, paired",
}
_ACTION_OF = {word: action for action, words in _ACTION_WORDS.items() for word in words.split(", ")}
_NOT_UTF8 = "is not in UTF-8. Save the file again as “CSV UTF-8”."
_PERSON_COLUMNS = ((SheetColumn.MENTEE_ID, SheetColumn.MENTEE), (SheetColumn.MENTOR_ID, SheetColumn.MENTOR))
_Cells = Mapping[SheetColumn, str]


@dataclass(frozen=True)
class DecisionSheet:
    """`lines` hold decisions; `wrong` says, by line number, what to correct; `empty` counts lines without one."""

    lines: tuple[ListedDecision, ...]
    wrong: Mapping[int, str]
    empty: int


class _InvalidLine(Exception):
    """`args[0]` is a message about the line."""


def read_sheet(path: Path, view: RoundView) -> DecisionSheet:
    """Read the decisions. Raises InvalidSettings if the file cannot be used at all."""
    known = column_of(view.voice)
    rows = read_table(path, known.__contains__)
    _, header = next(rows, (0, []))
    columns = _columns(header, known)
    lines: list[ListedDecision] = []
    wrong: dict[int, str] = {}
    empty = 0
    for number, cells in rows:
        try:
            line = _line(view, number, _by_column((number, cells), len(header), columns))
        except _InvalidLine as error:
            wrong[number] = str(error)
            continue
        if line:
            lines.append(line)
        else:
            empty += 1
    return DecisionSheet(tuple(lines), wrong, empty)


def _columns(header: list[str], known: Mapping[str, SheetColumn]) -> dict[SheetColumn, int]:
    found: dict[SheetColumn, int] = {}
    for place, name in enumerate(header):
        column = known.get(plain(name))
        if column is not None and column in found:
            raise InvalidSettings(
                f"Two columns of the file are called “{squeezed(name)}”. Delete or rename one of them."
            )
        if column is not None:
            found[column] = place
    has_people = all(found.keys() & set(either) for either in _PERSON_COLUMNS)
    if SheetColumn.DECISION not in found or not (has_people or SheetColumn.MATCH in found):
        raise InvalidSettings(
            "The first line of the file must name its columns, as `mentor-bot match --csv` writes them: “decision”, "
            f"and either “match id” or the two people. {shown_header(header)}"
        )
    return found


def _by_column(row: Row, width: int, columns: Mapping[SheetColumn, int]) -> dict[SheetColumn, str]:
    """A line may be shorter than the header: some spreadsheets omit empty cells at its end."""
    _, cells = row
    if any(map(tidy, cells[width:])):
        raise _InvalidLine(
            f"This line has {plural(len(cells), 'cell', 'cells')}, but there are {plural(width, 'column', 'columns')}. "
            "Put quotation marks around a cell that contains the separator."
        )
    padded = [*cells, *[""] * width]
    return {column: tidy(restore_formula(padded[place])) for column, place in columns.items()}


def _line(view: RoundView, number: int, cells: _Cells) -> ListedDecision | None:
    """The decision of the line, or None."""
    word = squeezed(cells[SheetColumn.DECISION])
    match_id = squeezed(cells.get(SheetColumn.MATCH, "")).removeprefix("#")
    if not word:
        _check_unchanged(view, match_id, cells)
        return None
    action = _ACTION_OF.get(word.casefold())
    if action is None:
        raise _InvalidLine(
            f"“{legible(word)}” is not a decision. Write approve, reject, keep, never or pair, or leave the cell empty."
        )
    mentee, mentor = (_person(view, cells, *columns) for columns in _PERSON_COLUMNS)
    reason = cells.get(SheetColumn.REASON, "")
    if is_garbled(reason):
        raise _InvalidLine(f"The reason {_NOT_UTF8}")
    return ListedDecision(number, action, match_id, mentee, mentor, reason)


def _check_unchanged(view: RoundView, match_id: str, cells: _Cells) -> None:
    """Another partner without the decision “pair” is an error."""
    match = view.round.matches.get(match_id)
    if match is None:
        return
    for (column, _), person in zip(_PERSON_COLUMNS, match.people, strict=True):
        if cells.get(column) and user_id(cells[column]) != person:
            raise _InvalidLine("These two were not proposed to each other. To pair them, write “pair” as the decision.")


def _person(view: RoundView, cells: _Cells, id_column: SheetColumn, name_column: SheetColumn) -> str:
    """The Slack user id, or "" if no one is named."""
    id_text, name = cells.get(id_column, ""), cells.get(name_column, "")
    id_ = user_id(id_text)
    if id_text and not id_:
        raise _InvalidLine(f"“{legible(squeezed(id_text))}” is not a Slack member id such as U012AB3CD.")
    by_name = [] if is_garbled(name) else find_people(view, name)
    if not id_:
        if is_garbled(name):
            raise _InvalidLine(f"The name {_NOT_UTF8}")
        if name and len(by_name) != 1:
            raise _InvalidLine(ambiguity_message(view, name, by_name))
        return next(iter(by_name), "")
    if by_name and id_ not in by_name:
        raise _InvalidLine(
            f"The id {id_} belongs to {view.name(id_)}, but the name is {squeezed(name)}. Change one of them."
        )
    return id_
