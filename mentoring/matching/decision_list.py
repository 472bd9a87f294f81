"""Decisions taken in a spreadsheet, applied row by row."""

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
from mentoring.matching.match import STANDING, Match, MatchState
from mentoring.matching.pairing import applications_of_pair, pair
from mentoring.matching.round import MatchingRound


class RowAction(StrEnum):
    """What a line decides, in the order in which lines are gone by: what frees places first."""

    REFUSE = "refuse"
    NEVER = "never"
    PAIR = "pair"
    APPROVE = "approve"
    KEEP = "keep"


TOGETHER = frozenset({RowAction.APPROVE, RowAction.KEEP, RowAction.PAIR})
"""What wants the two together; the others want them apart."""


@dataclass(frozen=True)
class ListedDecision:
    """`number` counts the lines of the list from 1. `match_id`, `mentee` and `mentor` (Slack user ids) say what it is
    about, each "" where it is not said; of PAIR `match_id` is the proposal in place of which the two are put.
    """

    number: int
    ruling: RowAction
    match_id: str = ""
    mentee: str = ""
    mentor: str = ""
    reason: str = ""


@dataclass(frozen=True)
class DecisionListResult:
    """By the number of their line: those (mentee, mentor) for whom it is `done` or was so `already`, why it was
    `refused`, and the proposals that were `replaced`.
    """

    outcome: Outcome = NOTHING
    done: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    already: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    refused: Mapping[int, MentoringError] = field(default_factory=dict)
    replaced: Mapping[int, tuple[Match, ...]] = field(default_factory=dict)


def proposal_of(round_: MatchingRound, line: ListedDecision) -> Match | None:
    """The proposal that the line names; where it names none or that has gone, what has become of the same two since."""
    named = round_.matches.get(line.match_id)
    if named and named.state is MatchState.PROPOSED:
        return named
    theirs = [m for m in round_.matches.values() if m.people == pair_in(round_, line)]
    standing = [m for m in theirs if m.state in STANDING]
    return next(iter(standing or ([named] if named else theirs)), None)


def contradictions(round_: MatchingRound, lines: Iterable[ListedDecision]) -> Iterator[tuple[int, MentoringError]]:
    """The lines of which one wants two together and another wants them apart."""
    about: dict[frozenset[str], list[tuple[ListedDecision, bool]]] = {}
    for line in lines:
        two = pair_in(round_, line)
        if all(two):
            about.setdefault(frozenset(two), []).append((line, line.ruling in TOGETHER))
        named = round_.matches.get(line.match_id)
        if line.ruling is RowAction.PAIR and named and named.people != two:
            about.setdefault(frozenset(named.people), []).append((line, False))
    for wanted in about.values():
        if len({together for _, together in wanted}) > 1:
            for line, _ in wanted:
                yield line.number, Contradicted(tuple(one.number for one, _ in wanted))


def pair_in(round_: MatchingRound, line: ListedDecision) -> tuple[str, str]:
    """Whom a line is about: mentee and mentor, as far as that is said."""
    named = round_.matches.get(line.match_id)
    mentee, mentor = named.people if named else ("", "")
    return line.mentee or mentee, line.mentor or mentor


def apply_decision_list(
    round_: MatchingRound, lines: Sequence[ListedDecision], *, by: str, now: datetime, new_id: Callable[[], str]
) -> DecisionListResult:
    """Each line is done, or refused and changes nothing; a line is not judged by what a refused one would have done.

    To put two together is to take the place of the proposal of the same line; what the list wants together gives way
    to nothing else. The same list again changes nothing.
    """
    refused: dict[int, MentoringError] = dict(contradictions(round_, lines))
    wanted = (proposal_of(round_, line) for line in lines if line.ruling in TOGETHER)
    stays = frozenset(match.id for match in wanted if match)
    while True:
        ruling = _Ruling(round_, by, now, new_id, stays)
        wrong = ruling.go_by([line for line in lines if line.number not in refused])
        if not wrong:
            return replace(ruling.ruled, refused=dict(sorted(refused.items())))
        refused |= wrong


@dataclass
class _Ruling:
    """Going by the lines, one after the other, in a round that changes with each."""

    round: MatchingRound
    by: str
    now: datetime
    new_id: Callable[[], str]
    stays: frozenset[str]
    ruled: DecisionListResult = field(default_factory=DecisionListResult)

    def go_by(self, lines: Sequence[ListedDecision]) -> dict[int, MentoringError]:
        """Which lines cannot be done, and why; what has been decided is of no use where there is one."""
        wrong: dict[int, MentoringError] = {}
        by_ruling = {ruling: [line for line in lines if line.ruling is ruling] for ruling in RowAction}
        steps = [(self._do, ruling) for ruling in RowAction]
        steps.insert(steps.index((self._do, RowAction.PAIR)), (self._make_way, RowAction.PAIR))
        for step, ruling in steps:
            for line in by_ruling[ruling]:
                if line.number in wrong:
                    continue
                try:
                    step(line)
                except MentoringError as error:
                    wrong[line.number] = error
        return wrong

    def _make_way(self, line: ListedDecision) -> None:
        """Remove the proposal in whose place the two are put."""
        named = self.round.matches.get(line.match_id)
        if named is None or named.people == pair_in(self.round, line):
            return
        if named.state is MatchState.OFFERED:
            raise NotPending(named.state)
        if named.state is not MatchState.PROPOSED or line.number in self.ruled.replaced:
            return
        if others := named.held_by_others(self.by):
            raise HeldByOtherOwner(min(others))
        self._keep(line, Outcome((named.changed(state=MatchState.OVERTAKEN),)))

    def _do(self, line: ListedDecision) -> None:
        outcome = self._decide(line)
        self._keep(line, outcome)
        two = {line.number: pair_in(self.round, line)}
        if outcome == NOTHING:
            self.ruled = replace(self.ruled, already={**self.ruled.already, **two})
        else:
            self.ruled = replace(self.ruled, done={**self.ruled.done, **two})

    def _decide(self, line: ListedDecision) -> Outcome:
        mentee, mentor = pair_in(self.round, line)
        if not mentee or not mentor:
            raise _missing(line, mentee, mentor)
        if line.ruling is RowAction.PAIR:
            return self._pair(mentee, mentor, line.reason)
        if line.ruling is RowAction.NEVER:
            if exclusion_of(self.round, mentee, mentor):
                return NOTHING
            self._check_known(mentee, mentor)
            return forbid(self.round, mentee, mentor, by=self.by, now=self.now)
        match = proposal_of(self.round, line)
        if match is None:
            raise NotPending
        if match.people != (mentee, mentor):
            raise WrongPair
        match line.ruling:
            case RowAction.APPROVE:
                return self._approve(match)
            case RowAction.REFUSE if match.state is MatchState.REFUSED:
                return NOTHING
            case RowAction.REFUSE:
                return refuse(match, by=self.by, owners=self.round.owners, now=self.now)
            case _ if match.state in _RELEASED and match.pinned_by:
                return NOTHING
            case _:
                return pin(match, by=self.by, owners=self.round.owners, now=self.now)

    def _check_known(self, mentee: str, mentor: str) -> None:
        named = ((FieldName.MENTEE, mentee), (FieldName.MENTOR, mentor))
        unknown = tuple(NotApplied(name) for name, one in named if one not in self.round.people)
        if unknown:
            raise InvalidForm(unknown)

    def _approve(self, match: Match) -> Outcome:
        """What was released since with this approval stays approved."""
        if match.state in _RELEASED and self.by in match.approvals:
            return NOTHING
        return approve(match, by=self.by, owners=self.round.owners, now=self.now)

    def _pair(self, mentee: str, mentor: str, reason: str) -> Outcome:
        """To put two together who are proposed to each other is to approve."""
        one, other = applications_of_pair(self.round, mentee, mentor)
        for match in self.round.matches.values():
            if (match.mentee_application, match.mentor_application) != (one.id, other.id):
                continue
            if match.state is MatchState.PROPOSED or (match.state in _RELEASED and match.paired_by == self.by):
                return self._approve(match)
        outcome = pair(self.round, one.id, other.id, by=self.by, now=self.now, new_id=self.new_id(), reason=reason)
        for match in _overtaken(outcome):
            if match.id in self.stays:
                raise CannotPair(HardRule.NO_PLACE, Role.MENTEE if match.mentee == mentee else Role.MENTOR)
        return outcome

    def _keep(self, line: ListedDecision, outcome: Outcome) -> None:
        """The round as it is once this is kept."""
        self.round = self.round.after(outcome)
        replaced = self.ruled.replaced
        if line.ruling is RowAction.PAIR and (gone := _overtaken(outcome)):
            replaced = {**replaced, line.number: (*replaced.get(line.number, ()), *gone)}
        self.ruled = replace(self.ruled, outcome=self.ruled.outcome + outcome, replaced=replaced)


_RELEASED = frozenset({MatchState.OFFERED, MatchState.ACCEPTED, MatchState.DECLINED, MatchState.LAPSED})


def _overtaken(outcome: Outcome) -> tuple[Match, ...]:
    changes = (change for change in outcome.changes if isinstance(change, Match))
    return tuple(match for match in changes if match.state is MatchState.OVERTAKEN)


def _missing(line: ListedDecision, mentee: str, mentor: str) -> MentoringError:
    """Nobody is named, or one of two."""
    if line.match_id and not mentee and not mentor:
        return NotPending()
    missing = [Missing(name) for name, one in ((FieldName.MENTEE, mentee), (FieldName.MENTOR, mentor)) if not one]
    return missing[0] if len(missing) == 1 else InvalidForm(tuple(missing))
