"""A round as a spreadsheet, for a committee to decide in."""

import os
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import click

from bot.csv_file import plain, write_rows
from bot.match.sight import Sight
from bot.settings import SettingsWrong
from mentoring.applications.application import Application, Role
from mentoring.matching.match import Match, MatchState
from mentoring.matching.unmatched import why_left_out
from messages.matching.history import rule
from messages.matching.unmatched import why
from messages.text import join, plural
from messages.voice import Voice, capital


class Column(StrEnum):
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


def headers(voice: Voice) -> dict[Column, str]:
    """What each column is called in this programme."""
    return {column: column.format(mentee=voice.mentee, mentor=voice.mentor) for column in Column}


def column_of(voice: Voice) -> dict[str, Column]:
    """By what a column may be called (`plain`): in the programme's words, or in ours."""
    found: dict[str, Column] = {}
    for speaking in (voice, Voice(marked=False)):
        for column, name in headers(speaking).items():
            found.setdefault(plain(name), column)
    return found


def write(path: str, sheet: bytes) -> None:
    """Raises SettingsWrong. Only who runs this may read the file."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sheet)
    except OSError as error:
        raise SettingsWrong(f"{Path(path).name} cannot be written: {error.strerror}.") from None


def write_to_stdout(sheet: bytes) -> None:
    click.echo(sheet, nl=False)


def sheet_of(sight: Sight, unkept: Iterable[str] = ()) -> bytes:
    """Proposals, the best first, then who has nobody; `unkept` are ids of proposals that will have another one."""
    names = headers(sight.voice)
    unkept = frozenset(unkept)
    rows: list[_Row] = [*(_proposal(sight, match, unkept) for match in sight.shown), *_left_out(sight)]
    return write_rows([list(names.values()), *([row.get(column, "") for column in names] for row in rows)])


_Row = dict[Column, str]


def _proposal(sight: Sight, match: Match, unkept: frozenset[str]) -> _Row:
    mentor, mentor_score = sight.next_best(match.other_mentor)
    mentee, mentee_score = sight.next_best(match.other_mentee)
    exemption = sight.exemptions.get(match.id)
    return {
        Column.MATCH: "" if match.id in unkept else shown_id(match.id),
        Column.MENTEE: sight.name(match.mentee),
        Column.MENTEE_ID: match.mentee,
        Column.MENTOR: sight.name(match.mentor),
        Column.MENTOR_ID: match.mentor,
        Column.SCORE: str(match.score),
        Column.WHY: sight.why(match),
        Column.OTHER_MENTOR: mentor,
        Column.OTHER_MENTOR_SCORE: mentor_score,
        Column.OTHER_MENTEE: mentee,
        Column.OTHER_MENTEE_SCORE: mentee_score,
        Column.STATE: sight.stands(match),
        Column.APPROVALS: ""
        if match.state is not MatchState.PROPOSED
        else join(list(map(sight.name, match.approvals))),
        Column.EXCEPTION: capital(join([rule(bar, sight.voice) for bar in match.excepted])),
        Column.EXCEPTION_REASON: exemption.reason if exemption else "",
    }


def shown_id(match_id: str) -> str:
    """No spreadsheet takes it for a number and rounds it."""
    return f"#{match_id}"


def _left_out(sight: Sight) -> Iterator[_Row]:
    """A partner may be written into their line."""
    for role in (Role.MENTEE, Role.MENTOR):
        for left, applications in why_left_out(sight.round, role).items():
            for application in applications:
                yield _nobody(sight, application, f"{why(left, role, sight.voice)}.")


def _nobody(sight: Sight, application: Application, said: str) -> _Row:
    name = sight.name(application.person)
    if application.role is Role.MENTEE:
        who = {Column.MENTEE: name, Column.MENTEE_ID: application.person}
        state = f"no {sight.voice.mentor}"
    else:
        who = {Column.MENTOR: name, Column.MENTOR_ID: application.person}
        state = plural(sight.round.free_places(application), "free place", "free places")
    return {**who, Column.WHY: said, Column.STATE: state}
