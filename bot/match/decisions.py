"""Applying the owners' decisions from a spreadsheet, as the app admin."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bot.clocks import real_now
from bot.match.round_view import RoundView, as_plain_text, load_round_view
from bot.match.spreadsheet import DecisionSheet, read_sheet
from mentoring.core.errors import ChangedMeanwhile, CohortOver, MentoringError
from mentoring.core.owners import OPERATOR
from mentoring.matching.decision_list import DecisionListResult, ListedDecision, RowAction, apply_decision_list, pair_in
from mentoring.matching.errors import ReasonRequired
from messages.errors import sentence_for
from messages.text import join, plural
from storage import Storage, Transaction, retry_on_conflict

_TRIES = 3
_DONE = {
    RowAction.APPROVE: "approved",
    RowAction.REFUSE: "rejected, and not proposed again in this round",
    RowAction.KEEP: "kept when matches are proposed again",
    RowAction.NEVER: "not matched in any round, until an owner allows it again",
    RowAction.PAIR: "paired and approved",
}


def apply_decisions(
    storage: Storage, workspace: str, programme_id: str, path: Path, *, dry_run: bool
) -> tuple[list[str], bool]:
    """Apply the decisions. Returns the result (or, in a dry run, the expected result) of each line as a sentence, and
    whether all lines are correct.

    Raises InvalidSettings for a file that cannot be used, NoProgramme, CohortOver, and ChangedMeanwhile if the round
    changed at every try.
    """
    for _ in range(_TRIES):
        with storage.read(workspace) as tx:
            view = load_round_view(tx, programme_id)
        if view.round.cohort.closed_on:
            raise CohortOver
        sheet = read_sheet(path, view)
        result = apply_decision_list(view.round, sheet.lines, by=OPERATOR, now=real_now(), new_id=Transaction.new_id)
        if dry_run or retry_on_conflict(partial(_save, storage, workspace, view, result)):
            return list(_report(view, sheet, result, dry_run=dry_run)), not (sheet.wrong or result.refused)
    raise ChangedMeanwhile(None)


def _save(storage: Storage, workspace: str, seen: RoundView, result: DecisionListResult) -> bool:
    """False if the round has changed since it was read."""
    with storage.begin(workspace) as tx:
        if load_round_view(tx, seen.round.programme.id).round.version != seen.round.version:
            return False
        tx.save(result.outcome)
    return True


def _report(view: RoundView, sheet: DecisionSheet, result: DecisionListResult, *, dry_run: bool) -> Iterator[str]:
    """A sentence for each line with a decision, and the counts."""
    lines = {line.number: line for line in sheet.lines}
    refused = {number: _refusal(view, lines[number], error) for number, error in result.refused.items()}
    wrong = {**sheet.wrong, **refused}
    sentences = {
        **wrong,
        **{number: _done(view, lines[number], two, result) for number, two in result.done.items()},
        **{number: f"{_names(view, two)}: unchanged." for number, two in result.already.items()},
    }
    for number in sorted(sentences):
        yield f"Line {number}: {sentences[number]}"
    counts = (
        f"{plural(len(result.done), 'decision', 'decisions')} {'would be ' if dry_run else ''}saved",
        f"{len(result.already)} unchanged",
        plural(len(wrong), "line with an error", "lines with errors"),
        plural(sheet.empty, "line without a decision", "lines without a decision"),
    )
    yield f"{', '.join(counts)}.{' This was a dry run: nothing was saved.' if dry_run else ''}"


def _done(view: RoundView, line: ListedDecision, two: tuple[str, str], result: DecisionListResult) -> str:
    replaced = [_names(view, match.people) for match in result.replaced.get(line.number, ())]
    instead = f". This replaces the proposal of {join(replaced, 'and that of')}" if replaced else ""
    return f"{_names(view, two)}: {_DONE[line.action]}{instead}."


def _refusal(view: RoundView, line: ListedDecision, error: MentoringError) -> str:
    names = [view.name(person) for person in pair_in(view.round, line) if person]
    sentence = as_plain_text(sentence_for(error, view.round.programme), view.name)
    if isinstance(error, ReasonRequired):
        sentence = f"{sentence} Write it in the column “reason”."
    return ": ".join(filter(None, (" and ".join(names), sentence)))


def _names(view: RoundView, two: tuple[str, str]) -> str:
    return " and ".join(map(view.name, two))
