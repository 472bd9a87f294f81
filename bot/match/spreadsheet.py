"""A round as a spreadsheet in which owners decide: written, and read back."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from bot.csv_files import Row, is_garbled, legible, plain, read_rows, restore_formula, squeezed, write_rows
from bot.match.round_view import RoundView, ambiguity_message, find_people
from bot.settings import InvalidSettings
from mentoring.applications.application import Application, Role
from mentoring.core.people import user_id
from mentoring.matching.decision_list import ListedDecision, RowAction
from mentoring.matching.match import Match, MatchState
from mentoring.matching.unmatched import unmatched_by_reason
from messages.matching.history import rule
from messages.matching.unmatched import why
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
    """What each column is called in this programme."""
    return {column: column.format(mentee=voice.mentee, mentor=voice.mentor) for column in SheetColumn}


def column_of(voice: Voice) -> dict[str, SheetColumn]:
    """By what a column may be called (`plain`): in the programme's words, or in ours."""
    found: dict[str, SheetColumn] = {}
    for speaking in (voice, Voice(marked=False)):
        for column, name in headers(speaking).items():
            found.setdefault(plain(name), column)
    return found


def write(path: str, sheet: bytes) -> None:
    """Raises InvalidSettings. Only who runs this may read the file."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sheet)
    except OSError as error:
        raise InvalidSettings(f"{Path(path).name} cannot be written: {error.strerror}.") from None


def write_to_stdout(sheet: bytes) -> None:
    click.echo(sheet, nl=False)


def sheet_of(view: RoundView, unkept: Iterable[str] = ()) -> bytes:
    """Proposals, the best first, then who has nobody; `unkept` are ids of proposals that will have another one."""
    names = headers(view.voice)
    unkept = frozenset(unkept)
    rows: list[_Row] = [*(_proposal(view, match, unkept) for match in view.shown), *_left_out(view)]
    return write_rows([list(names.values()), *([row.get(column, "") for column in names] for row in rows)])


_Row = dict[SheetColumn, str]


def _proposal(view: RoundView, match: Match, unkept: frozenset[str]) -> _Row:
    mentor, mentor_score = view.next_best(match.other_mentor)
    mentee, mentee_score = view.next_best(match.other_mentee)
    exemption = view.exemptions.get(match.id)
    return {
        SheetColumn.MATCH: "" if match.id in unkept else shown_id(match.id),
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
        SheetColumn.STATE: view.stands(match),
        SheetColumn.APPROVALS: ""
        if match.state is not MatchState.PROPOSED
        else join(list(map(view.name, match.approvals))),
        SheetColumn.EXCEPTION: capital(join([rule(bar, view.voice) for bar in match.excepted])),
        SheetColumn.EXCEPTION_REASON: exemption.reason if exemption else "",
    }


def shown_id(match_id: str) -> str:
    """No spreadsheet takes it for a number and rounds it."""
    return f"#{match_id}"


def _left_out(view: RoundView) -> Iterator[_Row]:
    """A partner may be written into their line."""
    for role in (Role.MENTEE, Role.MENTOR):
        for left, applications in unmatched_by_reason(view.round, role).items():
            for application in applications:
                yield _nobody(view, application, f"{why(left, role, view.voice)}.")


def _nobody(view: RoundView, application: Application, said: str) -> _Row:
    name = view.name(application.person)
    if application.role is Role.MENTEE:
        who = {SheetColumn.MENTEE: name, SheetColumn.MENTEE_ID: application.person}
        state = f"no {view.voice.mentor}"
    else:
        who = {SheetColumn.MENTOR: name, SheetColumn.MENTOR_ID: application.person}
        state = plural(view.round.free_places(application), "free place", "free places")
    return {**who, SheetColumn.WHY: said, SheetColumn.STATE: state}


_RULINGS = {
    RowAction.APPROVE: "approve, approved",
    RowAction.REFUSE: "refuse, refused",
    RowAction.KEEP: "keep, kept, pin",
    RowAction.NEVER: "never, forbid",
    RowAction.PAIR: "pair, paired",
}
_RULING_OF = {word: ruling for ruling, words in _RULINGS.items() for word in words.split(", ")}
_NOT_UTF8 = "is not in UTF-8. Save the file again as “CSV UTF-8”."
_WHO = ((SheetColumn.MENTEE_ID, SheetColumn.MENTEE), (SheetColumn.MENTOR_ID, SheetColumn.MENTOR))
_Cells = Mapping[SheetColumn, str]


@dataclass(frozen=True)
class DecisionSheet:
    """`lines` decide something; `wrong` says of others, by their number, what to mend; `empty` counts those without a
    decision.
    """

    lines: tuple[ListedDecision, ...]
    wrong: Mapping[int, str]
    empty: int


class _Wrong(Exception):
    """`args[0]` is a sentence about the line."""


def read_sheet(path: Path, view: RoundView) -> DecisionSheet:
    """Raises InvalidSettings where it cannot be used at all."""
    known = column_of(view.voice)
    rows = read_rows(path, known.__contains__)
    _, header = next(rows, (0, []))
    columns = _columns(header, known)
    lines: list[ListedDecision] = []
    wrong: dict[int, str] = {}
    empty = 0
    for number, cells in rows:
        try:
            line = _line(view, number, _by_column((number, cells), len(header), columns))
        except _Wrong as error:
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
            raise InvalidSettings(f"Two columns of the file are called “{squeezed(name)}”. Please leave one of them.")
        if column is not None:
            found[column] = place
    who = all(found.keys() & set(either) for either in _WHO)
    if SheetColumn.DECISION not in found or not (who or SheetColumn.MATCH in found):
        raise InvalidSettings(
            "The first line of the file must name its columns, as `mentor-bot match --csv` writes them: “decision”, "
            "and “match id” or the two people."
        )
    return found


def _by_column(row: Row, width: int, columns: Mapping[SheetColumn, int]) -> dict[SheetColumn, str]:
    """A line may be shorter than the first one: some spreadsheets leave out what is empty at its end."""
    _, cells = row
    if any(map(str.strip, cells[width:])):
        raise _Wrong(
            f"There are {len(cells)} cells, and {width} columns. Put what has a comma in it between quotation marks."
        )
    padded = [*cells, *[""] * width]
    return {column: restore_formula(padded[place]).strip() for column, place in columns.items()}


def _line(view: RoundView, number: int, cells: _Cells) -> ListedDecision | None:
    """What the line decides; None where it decides nothing."""
    said = squeezed(cells[SheetColumn.DECISION])
    match_id = squeezed(cells.get(SheetColumn.MATCH, "")).removeprefix("#")
    if not said:
        _check_unchanged(view, match_id, cells)
        return None
    ruling = _RULING_OF.get(said.casefold())
    if ruling is None:
        raise _Wrong(
            f"“{legible(said)}” is no decision. Write approve, refuse, keep, never or pair, or leave the cell empty."
        )
    mentee, mentor = (_person(view, cells, *columns) for columns in _WHO)
    reason = cells.get(SheetColumn.REASON, "")
    if is_garbled(reason):
        raise _Wrong(f"The reason {_NOT_UTF8}")
    return ListedDecision(number, ruling, match_id, mentee, mentor, reason)


def _check_unchanged(view: RoundView, match_id: str, cells: _Cells) -> None:
    """Somebody else in the place of who was proposed is no decision yet."""
    match = view.round.matches.get(match_id)
    if match is None:
        return
    for (column, _), person in zip(_WHO, match.people, strict=True):
        if cells.get(column) and user_id(cells[column]) != person:
            raise _Wrong("Somebody else stands here than was proposed. To bring these two together, decide “pair”.")


def _person(view: RoundView, cells: _Cells, id_column: SheetColumn, name_column: SheetColumn) -> str:
    """The Slack user id, "" where nobody is named."""
    id_text, name = cells.get(id_column, ""), cells.get(name_column, "")
    id_ = user_id(id_text)
    if id_text and not id_:
        raise _Wrong(f"“{legible(squeezed(id_text))}” is no Slack user id: it looks like U012AB3CD.")
    by_name = [] if is_garbled(name) else find_people(view, name)
    if not id_:
        if is_garbled(name):
            raise _Wrong(f"The name {_NOT_UTF8}")
        if name and len(by_name) != 1:
            raise _Wrong(ambiguity_message(view, name, by_name))
        return next(iter(by_name), "")
    if by_name and id_ not in by_name:
        raise _Wrong(f"The id {id_} is of {view.name(id_)}, and the name is {squeezed(name)}. Please change both.")
    return id_
