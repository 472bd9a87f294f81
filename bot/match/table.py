"""The proposals as a table on a terminal, the changes of a dry run, and the unmatched people with the reasons."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.match.round_view import RoundView
from bot.progress import OnStep, describe_size
from mentoring.applications.application import Role
from mentoring.core.owners import OPERATOR
from mentoring.matching import review
from mentoring.matching.match import Match, MatchState
from mentoring.matching.optimiser import propose
from mentoring.matching.review import ProposalDiff, difference
from mentoring.matching.unmatched import unmatched_by_reason
from messages.matching.unmatched import why
from messages.text import plural
from messages.voice import capital
from storage import Transaction


@dataclass(frozen=True)
class DryRun:
    """`changes` says for each undecided proposal, by id, what changes; `diff` holds all changes."""

    changes: Mapping[str, str]
    diff: ProposalDiff

    @property
    def added(self) -> frozenset[str]:
        """The ids of new proposals, which are not saved."""
        return frozenset(match.id for match in self.diff.added)


def dry_run(before: RoundView, on_step: OnStep) -> tuple[RoundView, DryRun]:
    """The round with new proposals, and what would change; nothing is saved. Raises CohortOver."""
    on_step(describe_size(before.round))
    proposed = propose(before.round, Transaction.new_id)
    outcome = review.replace_proposals(before.round, proposed, by=OPERATOR)
    diff = difference(before.round, proposed)
    scores = {match.id: match.score for match in diff.renewed}
    changes = {
        **{match.id: "new" for match in diff.added},
        **{match.id: _unchanged(match, scores.get(match.id, match.score)) for match in diff.kept},
    }
    return before.with_outcome(outcome), DryRun(changes, diff)


def _unchanged(match: Match, score: int) -> str:
    return "unchanged" if match.score == score else f"unchanged, score was {match.score}"


MOST_NAMED = 30
"""People named for each reason."""
NOTHING_TO_SHOW = "There are no proposals, and no matches wait for answers."


def print_round(console: Console, view: RoundView, changes: DryRun | None = None) -> None:
    if not view.current:
        console.print(NOTHING_TO_SHOW)
    else:
        console.print(_table(view, changes))
        console.print(summarise(view), highlight=False)
    for line in _changes(view, changes) if changes else ():
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    for line in unmatched(view):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _table(view: RoundView, changes: DryRun | None) -> Table:
    terms = view.round.programme.terms
    people = (capital(escape(term.one)) for term in (terms.mentee, terms.mentor))
    table = Table(*people, "Score", "Reasons", "Status", *(["Change"] if changes else []))
    for match in view.current:
        reasons = "\n".join(filter(None, (view.why(match), _next_best(view, match))))
        cells = [*map(view.name, match.people), str(match.score), reasons, view.status_of(match)]
        table.add_row(*map(escape, cells), *([changes.changes.get(match.id, "")] if changes else []))
    return table


def _next_best(view: RoundView, match: Match) -> str:
    """The next best partner for each of the two."""
    nexts = zip(match.people, map(view.next_best, (match.other_mentor, match.other_mentee)), strict=True)
    parts = [f"for {view.name(person)}: {other} ({score})" for person, (other, score) in nexts if other]
    return f"Next best {', '.join(parts)}." if parts else ""


def _changes(view: RoundView, changes: DryRun) -> Iterator[str]:
    diff = changes.diff
    counts = f"{len(diff.added)} new, {len(diff.gone)} removed, {len(diff.kept)} unchanged."
    yield f"{counts} This was a dry run: nothing was saved."
    for match in diff.gone:
        yield f"  Removed: {' and '.join(map(view.name, match.people))}, {match.score} of 100."


def summarise(view: RoundView) -> str:
    """The number of proposals, their scores, and how many are approved or wait for answers."""
    waiting = sum(match.awaits_answer for match in view.current)
    agreed = sum(match.awaits_start for match in view.current)
    proposals = [match for match in view.current if match.state is MatchState.PROPOSED]
    parts = []
    if proposals:
        parts.append(f"{plural(len(proposals), 'proposal', 'proposals')}, {_scores(proposals)}.")
    if approved := sum(not view.round.still_needs(match) for match in proposals):
        parts.append(f"{plural(approved, 'is', 'are')} approved and ready to send.")
    if agreed:
        parts.append(f"{plural(agreed, 'match waits', 'matches wait')} for the start of the round.")
    if waiting:
        parts.append(f"{plural(waiting, 'match is', 'matches are')} waiting for answers.")
    return " ".join(parts)


def _scores(proposals: Iterable[Match]) -> str:
    scores = [match.score for match in proposals]
    least, most = min(scores), max(scores)
    return f"score {most} of 100" if least == most else f"scores from {least} to {most} of 100"


def unmatched(view: RoundView) -> Iterator[str]:
    """The available people without a match, by reason, as lines."""
    voice = view.voice
    for role, words in ((Role.MENTEE, voice.mentees), (Role.MENTOR, voice.mentors)):
        found = unmatched_by_reason(view.round, role)
        if not found:
            continue
        yield ""
        count = sum(map(len, found.values()))
        group = f"{capital(words)} {'with free places' if role is Role.MENTOR else 'without a match'}"
        yield f"{group}, longest wait first: {count:,}"
        for reason, applications in found.items():
            names = [view.name(application.person) for application in applications]
            more = [f"and {len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else []
            yield f"  {why(reason, role, voice)}: {', '.join([*names[:MOST_NAMED], *more])}."
