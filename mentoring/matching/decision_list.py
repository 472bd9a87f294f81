"""Applies the decisions of a spreadsheet, row by row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from mentoring.applications.application import Role
from mentoring.core.errors import InvalidForm, MentoringError, Missing
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.matching.decisions import approve, exclusion_of, forbid, pin, refuse
from mentoring.matching.errors import CannotPair, Contradicted, HeldByOtherOwner, NotApplied, NotPending, WrongPair
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import FAILED, HOLDS_PLACE, Match, MatchState
from mentoring.matching.pairing import applications_of_pair, pair
from mentoring.matching.round import MatchingRound


class RowAction(StrEnum):
    """The decision of a row. Rows are applied in this order, so that places are freed before they are used."""

    REFUSE = "refuse"
    NEVER = "never"
    PAIR = "pair"
    APPROVE = "approve"
    KEEP = "keep"


PAIRING_ACTIONS = frozenset({RowAction.APPROVE, RowAction.KEEP, RowAction.PAIR})
"""Actions that put the two people together; the others keep them apart."""


@dataclass(frozen=True)
class ListedDecision:
    """One row of the list; `number` counts from 1.

    `match_id`, `mentee` and `mentor` (Slack user ids) identify the two people; each may be "". For PAIR, `match_id` is
    the proposal that the new pair replaces.
    """

    number: int
    action: RowAction
    match_id: str = ""
    mentee: str = ""
    mentor: str = ""
    reason: str = ""


@dataclass(frozen=True)
class DecisionListResult:
    """The combined outcome, and by row number: the (mentee, mentor) of rows that were `done` or were done `already`,
    the errors of rows that were `refused`, and the proposals that were `replaced`.
    """

    outcome: Outcome = NOTHING
    done: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    already: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    refused: Mapping[int, MentoringError] = field(default_factory=dict)
    replaced: Mapping[int, tuple[Match, ...]] = field(default_factory=dict)


def proposal_of(round_: MatchingRound, row: ListedDecision) -> Match | None:
    """The proposal with the row's `match_id`, or else another match of the same two people, an open one first."""
    named = round_.matches.get(row.match_id)
    if named and named.state is MatchState.PROPOSED:
        return named
    matches = [m for m in round_.matches.values() if m.people == pair_in(round_, row)]
    current = [m for m in matches if m.state in HOLDS_PLACE]
    return next(iter(current or ([named] if named else matches)), None)


def contradictions(round_: MatchingRound, rows: Iterable[ListedDecision]) -> Iterator[tuple[int, MentoringError]]:
    """The rows that contradict another row about the same two people, with the error."""
    about: dict[frozenset[str], list[tuple[ListedDecision, bool]]] = {}
    for row in rows:
        two = pair_in(round_, row)
        if all(two):
            about.setdefault(frozenset(two), []).append((row, row.action in PAIRING_ACTIONS))
        named = round_.matches.get(row.match_id)
        if row.action is RowAction.PAIR and named and named.people != two:
            about.setdefault(frozenset(named.people), []).append((row, False))
    for wanted in about.values():
        if len({together for _, together in wanted}) > 1:
            for row, _ in wanted:
                yield row.number, Contradicted(tuple(one.number for one, _ in wanted))


def pair_in(round_: MatchingRound, row: ListedDecision) -> tuple[str, str]:
    """The mentee and mentor of a row, each "" if unknown."""
    named = round_.matches.get(row.match_id)
    mentee, mentor = named.people if named else ("", "")
    return row.mentee or mentee, row.mentor or mentor


def apply_decision_list(
    round_: MatchingRound, rows: Sequence[ListedDecision], *, by: str, now: datetime, new_id: Callable[[], str]
) -> DecisionListResult:
    """Apply each row, or refuse it without any effect. Refused rows do not influence others.

    A new pair replaces the proposal of its row. Proposals that the list approves or pins are never displaced.
    Applying the same list again changes nothing.
    """
    refused: dict[int, MentoringError] = dict(contradictions(round_, rows))
    wanted = (proposal_of(round_, row) for row in rows if row.action in PAIRING_ACTIONS)
    protected = frozenset(match.id for match in wanted if match)
    while True:
        run = _ListRun(round_, by, now, new_id, protected)
        errors = run.apply([row for row in rows if row.number not in refused])
        if not errors:
            return replace(run.result, refused=dict(sorted(refused.items())))
        refused |= errors


@dataclass
class _ListRun:
    """One attempt to apply rows, in a round that changes with each of them."""

    round: MatchingRound
    by: str
    now: datetime
    new_id: Callable[[], str]
    protected: frozenset[str]
    result: DecisionListResult = field(default_factory=DecisionListResult)

    def apply(self, rows: Sequence[ListedDecision]) -> dict[int, MentoringError]:
        """Apply the rows and return the errors by row number. The result is valid only if there are none."""
        errors: dict[int, MentoringError] = {}
        by_action = {action: [row for row in rows if row.action is action] for action in RowAction}
        steps = [(self._apply_row, action) for action in RowAction]
        steps.insert(steps.index((self._apply_row, RowAction.PAIR)), (self._remove_replaced, RowAction.PAIR))
        for step, action in steps:
            for row in by_action[action]:
                if row.number in errors:
                    continue
                try:
                    step(row)
                except MentoringError as error:
                    errors[row.number] = error
        return errors

    def _remove_replaced(self, row: ListedDecision) -> None:
        """Remove the proposal that the new pair replaces."""
        named = self.round.matches.get(row.match_id)
        if named is None or named.people == pair_in(self.round, row):
            return
        if named.state is MatchState.OFFERED:
            raise NotPending(named.state)
        if named.state is not MatchState.PROPOSED or row.number in self.result.replaced:
            return
        if others := named.held_by_others(self.by):
            raise HeldByOtherOwner(min(others))
        self._record(row, Outcome((named.changed(state=MatchState.OVERTAKEN),)))

    def _apply_row(self, row: ListedDecision) -> None:
        outcome = self._decide(row)
        self._record(row, outcome)
        two = {row.number: pair_in(self.round, row)}
        if outcome == NOTHING:
            self.result = replace(self.result, already={**self.result.already, **two})
        else:
            self.result = replace(self.result, done={**self.result.done, **two})

    def _decide(self, row: ListedDecision) -> Outcome:
        mentee, mentor = pair_in(self.round, row)
        if not mentee or not mentor:
            raise _missing(row, mentee, mentor)
        if row.action is RowAction.PAIR:
            return self._pair(mentee, mentor, row.reason)
        if row.action is RowAction.NEVER:
            if exclusion_of(self.round, mentee, mentor):
                return NOTHING
            self._check_known(mentee, mentor)
            return forbid(self.round, mentee, mentor, by=self.by, now=self.now)
        match = proposal_of(self.round, row)
        if match is None:
            raise NotPending
        if match.people != (mentee, mentor):
            raise WrongPair
        match row.action:
            case RowAction.APPROVE:
                return self._approve(match)
            case RowAction.REFUSE if match.state is MatchState.REFUSED:
                return NOTHING
            case RowAction.REFUSE:
                return refuse(match, by=self.by, approvers=self.round.approvers, now=self.now)
            case _ if match.state in _RELEASED and match.pinned_by:
                return NOTHING
            case _:
                return pin(match, by=self.by, approvers=self.round.approvers, now=self.now)

    def _check_known(self, mentee: str, mentor: str) -> None:
        named = ((FieldName.MENTEE, mentee), (FieldName.MENTOR, mentor))
        unknown = tuple(NotApplied(name) for name, one in named if one not in self.round.people)
        if unknown:
            raise InvalidForm(unknown)

    def _approve(self, match: Match) -> Outcome:
        """Approve it; nothing changes if it has been released with this approval since."""
        if match.state in _RELEASED and self.by in match.approvals:
            return NOTHING
        return approve(self.round, match, by=self.by, now=self.now)

    def _pair(self, mentee: str, mentor: str, reason: str) -> Outcome:
        """Pair the two, or approve their proposal if there is one."""
        one, other = applications_of_pair(self.round, mentee, mentor)
        for match in self.round.matches.values():
            if (match.mentee_application, match.mentor_application) != (one.id, other.id):
                continue
            if match.state is MatchState.PROPOSED or (match.state in _RELEASED and match.paired_by == self.by):
                return self._approve(match)
        outcome = pair(self.round, one.id, other.id, by=self.by, now=self.now, new_id=self.new_id(), reason=reason)
        for match in _overtaken(outcome):
            if match.id in self.protected:
                raise CannotPair(HardRule.NO_PLACE, Role.MENTEE if match.mentee == mentee else Role.MENTOR)
        return outcome

    def _record(self, row: ListedDecision, outcome: Outcome) -> None:
        """Add the outcome to the result and apply it to the round."""
        self.round = self.round.with_outcome(outcome)
        replaced = self.result.replaced
        if row.action is RowAction.PAIR and (gone := _overtaken(outcome)):
            replaced = {**replaced, row.number: (*replaced.get(row.number, ()), *gone)}
        self.result = replace(self.result, outcome=self.result.outcome + outcome, replaced=replaced)


_RELEASED = FAILED | {MatchState.OFFERED, MatchState.ACCEPTED}


def _overtaken(outcome: Outcome) -> tuple[Match, ...]:
    changes = (change for change in outcome.changes if isinstance(change, Match))
    return tuple(match for match in changes if match.state is MatchState.OVERTAKEN)


def _missing(row: ListedDecision, mentee: str, mentor: str) -> MentoringError:
    """The error of a row that does not identify two people."""
    if row.match_id and not mentee and not mentor:
        return NotPending()
    missing = [Missing(name) for name, one in ((FieldName.MENTEE, mentee), (FieldName.MENTOR, mentor)) if not one]
    return missing[0] if len(missing) == 1 else InvalidForm(tuple(missing))
