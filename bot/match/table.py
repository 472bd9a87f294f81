"""The proposals as a table on a terminal, what a dry run would change, and who is unmatched and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.match.round_view import RoundView
from bot.progress import OnStep, describe_size
from mentoring.applications.application import Role
from mentoring.matching import review
from mentoring.matching.match import OPERATOR, Match, MatchState
from mentoring.matching.optimiser import propose
from mentoring.matching.review import ProposalDiff, difference
from mentoring.matching.unmatched import unmatched_by_reason
from messages.matching.unmatched import why
from messages.text import plural
from messages.voice import capital
from storage import Transaction


@dataclass(frozen=True)
class DryRun:
    """`said` of what stands undecided, by its id; `found` how much that is."""

    said: Mapping[str, str]
    found: ProposalDiff

    @property
    def added(self) -> frozenset[str]:
        """The ids that nothing has been kept under."""
        return frozenset(match.id for match in self.found.added)


def dry_run(before: RoundView, tell: OnStep) -> tuple[RoundView, DryRun]:
    """The round with new proposals, and what would change; nothing is saved. Raises CohortOver."""
    tell(describe_size(before.round))
    proposed = propose(before.round, Transaction.new_id)
    outcome = review.replace_proposals(before.round, proposed, by=OPERATOR)
    found = difference(before.round, proposed)
    scores = {match.id: match.score for match in found.renewed}
    said = {
        **{match.id: "new" for match in found.added},
        **{match.id: _kept(match, scores.get(match.id, match.score)) for match in found.kept},
    }
    return before.after(outcome), DryRun(said, found)


def _kept(match: Match, score: int) -> str:
    return "as before" if match.score == score else f"as before, with {match.score} so far"


MOST_NAMED = 30
"""Of those who are left out for the same reason."""
NOBODY = "There is nobody to match at the moment."


def print_round(console: Console, view: RoundView, changes: DryRun | None = None) -> None:
    if not view.shown:
        console.print(NOBODY)
    else:
        console.print(_table(view, changes))
        console.print(how_many(view), highlight=False)
    for line in _changed(view, changes) if changes else ():
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    for line in left_out(view):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _table(view: RoundView, changes: DryRun | None) -> Table:
    terms = view.round.programme.terms
    people = (capital(escape(term.one)) for term in (terms.mentee, terms.mentor))
    table = Table(*people, "Score", "Why", "Where it stands", *(["What changes"] if changes else []))
    for match in view.shown:
        reasons = "\n".join(filter(None, (view.why(match), _next_best(view, match))))
        cells = [*map(view.name, match.people), str(match.score), reasons, view.stands(match)]
        table.add_row(*map(escape, cells), *([changes.said.get(match.id, "")] if changes else []))
    return table


def _next_best(view: RoundView, match: Match) -> str:
    """Who would be next for either of the two."""
    nexts = zip(match.people, map(view.next_best, (match.other_mentor, match.other_mentee)), strict=True)
    said = [f"for {view.name(person)}: {other} ({score})" for person, (other, score) in nexts if other]
    return f"Next best {'; '.join(said)}." if said else ""


def _changed(view: RoundView, changes: DryRun) -> Iterator[str]:
    found = changes.found
    yield f"{len(found.added)} new, {len(found.gone)} gone, {len(found.kept)} as before. Nothing is changed yet."
    for match in found.gone:
        yield f"  Gone: {' and '.join(map(view.name, match.people))}, {match.score} of 100."


def how_many(view: RoundView) -> str:
    """How many proposals there are, and how good."""
    asked = sum(match.state is MatchState.OFFERED for match in view.shown)
    proposals = [match for match in view.shown if match.state is MatchState.PROPOSED]
    said = []
    if proposals:
        said.append(f"{plural(len(proposals), 'proposal', 'proposals')}, {_from_to(proposals)}.")
    if approved := sum(not match.still_needs(view.round.owners) for match in proposals):
        said.append(f"{plural(approved, 'is', 'are')} approved and can be released.")
    if asked:
        said.append(f"{plural(asked, 'match is', 'matches are')} out, and we wait for the answers.")
    return " ".join(said)


def _from_to(proposals: Iterable[Match]) -> str:
    scores = [match.score for match in proposals]
    least, most = min(scores), max(scores)
    return f"with {most} of 100" if least == most else f"from {least} to {most} of 100"


def left_out(view: RoundView) -> Iterator[str]:
    """Who could be matched and has nobody, by the reason, a line each."""
    voice = view.voice
    for role, one, many in ((Role.MENTEE, voice.mentee, voice.mentees), (Role.MENTOR, voice.mentor, voice.mentors)):
        found = unmatched_by_reason(view.round, role)
        if not found:
            continue
        yield ""
        whole = plural(sum(map(len, found.values())), one, many)
        yield f"{whole} {'with a free place' if role is Role.MENTOR else 'left out'}, longest waiting first:"
        for left, applications in found.items():
            names = [view.name(application.person) for application in applications]
            more = [f"and {len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else []
            yield f"  {why(left, role, voice)}: {', '.join([*names[:MOST_NAMED], *more])}."
