"""Doing what the committee decided in its spreadsheet, as the operator."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bot.clocks import real_now
from bot.match.round_view import BUSY, CLOSED, Sight, plain, sight_of
from bot.match.spreadsheet import Sheet, read_sheet
from bot.settings import SettingsWrong
from mentoring.core.errors import MentoringError
from mentoring.matching.decision_list import Line, Ruled, Ruling, rule_on, two_in
from mentoring.matching.errors import ReasonWanted
from mentoring.matching.match import OPERATOR
from messages.errors import sentence
from messages.text import join, plural
from storage import Storage, Transaction, decided_anew

_TRIES = 3
_DONE = {
    Ruling.APPROVE: "approved",
    Ruling.REFUSE: "refused, and not proposed again in this round",
    Ruling.KEEP: "kept while the rest is solved again",
    Ruling.NEVER: "not matched until an owner allows it again",
    Ruling.PAIR: "put together and approved",
}


def rule_by_sheet(storage: Storage, workspace: str, path: Path, *, dry_run: bool) -> tuple[list[str], bool]:
    """What became (or would become) of each line, and whether all of them are right. Raises SettingsWrong."""
    for _ in range(_TRIES):
        with storage.read(workspace) as tx:
            sight = sight_of(tx)
        if sight.round.cohort.closed_on:
            raise SettingsWrong(CLOSED)
        sheet = read_sheet(path, sight)
        ruled = rule_on(sight.round, sheet.lines, by=OPERATOR, now=real_now(), new_id=Transaction.new_id)
        if dry_run or decided_anew(partial(_keep, storage, workspace, sight, ruled)):
            return list(_said(sight, sheet, ruled, dry_run=dry_run)), not (sheet.wrong or ruled.refused)
    raise SettingsWrong(BUSY)


def _keep(storage: Storage, workspace: str, seen: Sight, ruled: Ruled) -> bool:
    """False where what it was decided on has changed meanwhile."""
    with storage.begin(workspace) as tx:
        if sight_of(tx).round.version != seen.round.version:
            return False
        tx.keep(ruled.outcome)
    return True


def _said(sight: Sight, sheet: Sheet, ruled: Ruled, *, dry_run: bool) -> Iterator[str]:
    """A line for each that decides something, and how many there are of each kind."""
    lines = {line.number: line for line in sheet.lines}
    refused = {number: _refused(sight, lines[number], error) for number, error in ruled.refused.items()}
    wrong = {**sheet.wrong, **refused}
    said = {
        **wrong,
        **{number: _done(sight, lines[number], two, ruled) for number, two in ruled.done.items()},
        **{number: f"{_two(sight, two)}: as before." for number, two in ruled.already.items()},
    }
    for number in sorted(said):
        yield f"Line {number}: {said[number]}"
    counts = (
        f"{plural(len(ruled.done), 'decision', 'decisions')} {'would be ' if dry_run else ''}taken",
        f"{len(ruled.already)} as before",
        f"{len(wrong)} wrong",
        f"{plural(sheet.empty, 'line', 'lines')} without one",
    )
    yield f"{', '.join(counts)}.{' Nothing is changed.' if dry_run else ''}"


def _done(sight: Sight, line: Line, two: tuple[str, str], ruled: Ruled) -> str:
    replaced = [_two(sight, match.people) for match in ruled.replaced.get(line.number, ())]
    instead = f", in the place of {join(replaced, 'and of')}" if replaced else ""
    return f"{_two(sight, two)}: {_DONE[line.ruling]}{instead}."


def _refused(sight: Sight, line: Line, error: MentoringError) -> str:
    names = [sight.name(person) for person in two_in(sight.round, line) if person]
    said = plain(sentence(error, sight.round.programme), sight.name)
    if isinstance(error, ReasonWanted):
        said = f"{said} The place for it is the column “reason”."
    return ": ".join(filter(None, (" and ".join(names), said)))


def _two(sight: Sight, two: tuple[str, str]) -> str:
    return " and ".join(map(sight.name, two))
