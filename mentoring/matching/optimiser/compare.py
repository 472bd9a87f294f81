"""Explains why two people are not matched: the rule that they break, or what matching them costs others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentoring.applications.application import Application, Role
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import HOLDS_PLACE, Match, Reason
from mentoring.matching.optimiser.propose import shuffled_pool
from mentoring.matching.optimiser.score import PairScorer
from mentoring.matching.round import MatchingRound

MOST_CHANGES = 20


@dataclass(frozen=True)
class PartnerChange:
    """The partners of `person` (a Slack user id) in this `role`, `before` and `after`: sorted Slack user ids."""

    person: str
    role: Role
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class RoundPlan:
    """The number of new matches in a solution and the sum of their scores. Matches that are fixed are not counted."""

    matched: int
    total: int

    @property
    def average(self) -> float:
        return self.total / self.matched if self.matched else 0.0


@dataclass(frozen=True)
class PairingCost:
    """The best solution as things are (`before`) and with the two people matched (`after`).

    `changes` are the people whose partners differ: the two people first, then those who would be unmatched, then the
    others; at most MOST_CHANGES, and `more` counts the rest. Among equally good solutions, `after` has few changes.
    """

    before: RoundPlan
    after: RoundPlan
    changes: tuple[PartnerChange, ...]
    more: int = 0

    @property
    def fewer(self) -> int:
        """How many fewer people are matched. Negative if more are, which takes a pair below the threshold or one that
        needs an exemption.
        """
        return self.before.matched - self.after.matched


@dataclass(frozen=True)
class Comparison:
    """How two applicants of a round fit, and what matching them would change.

    `score` and `reasons` ignore hard rules; a pair below `at_least` is never proposed. `broken_rule` is the first hard
    rule that the pair breaks, free places included, and `role` is whom it is about (as in `CannotPair`).
    `exemptible_rules` are the broken rules that the owners can set aside. `existing_match` is their proposal or offer,
    if there is one. `cost` is None if no owner could pair them, or if they are already fixed.
    """

    mentee: Application
    mentor: Application
    score: int
    reasons: tuple[Reason, ...]
    at_least: int
    broken_rule: HardRule | None = None
    role: Role | None = None
    exemptible_rules: tuple[HardRule, ...] = ()
    existing_match: Match | None = None
    cost: PairingCost | None = None

    @property
    def is_below_threshold(self) -> bool:
        """Whether the score is too low for a proposal."""
        return self.score < self.at_least

    @property
    def is_best(self) -> bool:
        """Whether they would be proposed to each other if proposals were made now."""
        return (
            self.cost is not None and self.broken_rule is None and not self.is_below_threshold and not self.cost.changes
        )


def compare(round_: MatchingRound, mentee: Application, mentor: Application) -> Comparison:
    """Compare the best solution with the best one that matches these two. Undecided proposals are computed again.

    Takes some seconds for a thousand people a side.
    """
    existing = next((m for m in round_.matches.values() if _is_match_of(m, mentee, mentor)), None)
    round_ = round_.without_undecided_proposals()
    scorer = PairScorer(round_)
    reasons, score = scorer.score_pair(mentee, mentor)
    exemptible = round_.exemptible_rules(mentee, mentor)
    broken_rule, role = _broken_rule(round_, mentee, mentor, ())
    cannot_pair, _ = _broken_rule(round_, mentee, mentor, exemptible)
    cost = None if cannot_pair else _cost(scorer, mentee, mentor, score)
    return Comparison(
        mentee,
        mentor,
        score,
        reasons,
        scorer.weights.at_least,
        broken_rule,
        role,
        exemptible,
        existing_match=existing,
        cost=cost,
    )


def _is_match_of(match: Match, mentee: Application, mentor: Application) -> bool:
    two = match.mentee_application, match.mentor_application
    return match.state in HOLDS_PLACE and two == (mentee.id, mentor.id)


def _broken_rule(
    round_: MatchingRound, mentee: Application, mentor: Application, exempted: Sequence[HardRule]
) -> tuple[HardRule | None, Role | None]:
    if rule := round_.broken_rule(mentee, mentor, exempted=exempted):
        kept_out = (one.role for one in (mentee, mentor) if round_.cannot_take_part(one) is rule)
        return rule, next(kept_out, None)
    taken = next((one.role for one in (mentee, mentor) if not round_.free_places(one)), None)
    return (HardRule.NO_PLACE, taken) if taken else (None, None)


def _cost(scorer: PairScorer, mentee: Application, mentor: Application, score: int) -> PairingCost:
    from mentoring.matching.optimiser.assignment import solve
    from mentoring.matching.optimiser.cost_matrix import build_problem, find_mirrored_pairs

    mentees, mentors = shuffled_pool(scorer.round)
    problem = build_problem(scorer, mentees, mentors)
    before = solve(problem, find_mirrored_pairs(problem.possible, mentees, mentors)).pairs
    row, column = mentees.index(mentee), mentors.index(mentor)
    after = before
    if before.get(row) != column:
        rest = problem.without_pair((row, column), mirrored_cell(mentees, mentors, mentee, mentor)).preferring(before)
        after = {**solve(rest, find_mirrored_pairs(rest.possible, mentees, mentors)).pairs, row: column}

    def plan(pairs: Mapping[int, int]) -> RoundPlan:
        scores = (scorer.score_pair(mentees[one], mentors[other])[1] for one, other in pairs.items())
        return RoundPlan(len(pairs), sum(scores))

    changes = sorted(
        _changes(*(_partners(mentees, mentors, pairs) for pairs in (before, after))),
        key=lambda change: (
            (change.person, change.role) not in {(one.person, one.role) for one in (mentee, mentor)},
            bool(change.after),
            change.role,
            change.person,
        ),
    )
    return PairingCost(plan(before), plan(after), tuple(changes[:MOST_CHANGES]), max(0, len(changes) - MOST_CHANGES))


def mirrored_cell(
    mentees: Sequence[Application], mentors: Sequence[Application], mentee: Application, mentor: Application
) -> tuple[int, int] | None:
    """The row and column that pair the same two people in the other roles, if both applied for them."""
    row = next((row for row, one in enumerate(mentees) if one.person == mentor.person), None)
    column = next((column for column, one in enumerate(mentors) if one.person == mentee.person), None)
    return None if row is None or column is None else (row, column)


_Partners = Mapping[tuple[str, Role], tuple[str, ...]]


def _partners(mentees: Sequence[Application], mentors: Sequence[Application], pairs: Mapping[int, int]) -> _Partners:
    """The partners of each person, by person and role."""
    found: dict[tuple[str, Role], list[str]] = {}
    for row, column in pairs.items():
        one, other = mentees[row].person, mentors[column].person
        found.setdefault((one, Role.MENTEE), []).append(other)
        found.setdefault((other, Role.MENTOR), []).append(one)
    return {key: tuple(sorted(others)) for key, others in found.items()}


def _changes(before: _Partners, after: _Partners) -> Iterator[PartnerChange]:
    for key in before.keys() | after.keys():
        change = PartnerChange(*key, before.get(key, ()), after.get(key, ()))
        if change.before != change.after:
            yield change
