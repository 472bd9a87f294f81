"""Doing what the committee decided in its spreadsheet, as the operator."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bot.clocks import real_now
from bot.match.round_view import RoundView, as_plain_text, load_round_view
from bot.match.spreadsheet import DecisionSheet, read_sheet
from mentoring.core.errors import ChangedMeanwhile, CohortOver, MentoringError
from mentoring.matching.decision_list import DecisionListResult, ListedDecision, RowAction, apply_decision_list, pair_in
from mentoring.matching.errors import ReasonRequired
from mentoring.matching.match import OPERATOR
from messages.errors import sentence_for
from messages.text import join, plural
from storage import Storage, Transaction, retry_on_conflict

_TRIES = 3
_DONE = {
    RowAction.APPROVE: "approved",
    RowAction.REFUSE: "refused, and not proposed again in this round",
    RowAction.KEEP: "kept while the rest is solved again",
    RowAction.NEVER: "not matched until an owner allows it again",
    RowAction.PAIR: "put together and approved",
}


def apply_decisions(storage: Storage, workspace: str, path: Path, *, dry_run: bool) -> tuple[list[str], bool]:
    """What became (or would become) of each line, and whether all of them are right.

    Raises InvalidSettings for a file that cannot be used, NoProgramme, CohortOver, and ChangedMeanwhile if the round
    changed at every try.
    """
    for _ in range(_TRIES):
        with storage.read(workspace) as tx:
            sight = load_round_view(tx)
        if sight.round.cohort.closed_on:
            raise CohortOver
        sheet = read_sheet(path, sight)
        ruled = apply_decision_list(sight.round, sheet.lines, by=OPERATOR, now=real_now(), new_id=Transaction.new_id)
        if dry_run or retry_on_conflict(partial(_keep, storage, workspace, sight, ruled)):
            return list(_said(sight, sheet, ruled, dry_run=dry_run)), not (sheet.wrong or ruled.refused)
    raise ChangedMeanwhile(None)


def _keep(storage: Storage, workspace: str, seen: RoundView, ruled: DecisionListResult) -> bool:
    """False where what it was decided on has changed meanwhile."""
    with storage.begin(workspace) as tx:
        if load_round_view(tx).round.version != seen.round.version:
            return False
        tx.save(ruled.outcome)
    return True


def _said(view: RoundView, sheet: DecisionSheet, ruled: DecisionListResult, *, dry_run: bool) -> Iterator[str]:
    """A line for each that decides something, and how many there are of each kind."""
    lines = {line.number: line for line in sheet.lines}
    refused = {number: _refused(view, lines[number], error) for number, error in ruled.refused.items()}
    wrong = {**sheet.wrong, **refused}
    said = {
        **wrong,
        **{number: _done(view, lines[number], two, ruled) for number, two in ruled.done.items()},
        **{number: f"{_two(view, two)}: as before." for number, two in ruled.already.items()},
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


def _done(view: RoundView, line: ListedDecision, two: tuple[str, str], ruled: DecisionListResult) -> str:
    replaced = [_two(view, match.people) for match in ruled.replaced.get(line.number, ())]
    instead = f", in the place of {join(replaced, 'and of')}" if replaced else ""
    return f"{_two(view, two)}: {_DONE[line.ruling]}{instead}."


def _refused(view: RoundView, line: ListedDecision, error: MentoringError) -> str:
    names = [view.name(person) for person in pair_in(view.round, line) if person]
    said = as_plain_text(sentence_for(error, view.round.programme), view.name)
    if isinstance(error, ReasonRequired):
        said = f"{said} The place for it is the column “reason”."
    return ": ".join(filter(None, (" and ".join(names), said)))


def _two(view: RoundView, two: tuple[str, str]) -> str:
    return " and ".join(map(view.name, two))
