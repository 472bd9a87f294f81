"""Why not these two? The rule that keeps them apart, or how well they would go together and what that costs others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mentoring.applications.application import Application, Role
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import STANDING, Match, Reason
from mentoring.matching.optimiser.propose import drawn
from mentoring.matching.optimiser.score import PairScorer
from mentoring.matching.round import MatchingRound

MOST_CHANGES = 20


@dataclass(frozen=True)
class PartnerChange:
    """With whom somebody (a Slack user id) would be `before` and `after` in this `role`, in order; with nobody where it
    is empty.
    """

    person: str
    role: Role
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class RoundPlan:
    """How many are matched when the rest is solved, these two among them or not, and the sum of their scores. What is
    fixed is not counted.
    """

    matched: int
    total: int

    @property
    def average(self) -> float:
        return self.total / self.matched if self.matched else 0.0


@dataclass(frozen=True)
class PairingCost:
    """What putting the two together does to the rest: solved anew `before`, and `after` with the two fixed.

    `changes` are who would be with somebody else: the two themselves first, then whoever would lose somebody and have
    nobody, then the others; `more` how many there are besides. Of ways that are as good, the one with the fewest
    changes is told.
    """

    before: RoundPlan
    after: RoundPlan
    changes: tuple[PartnerChange, ...]
    more: int = 0

    @property
    def fewer(self) -> int:
        """So many fewer are matched; below 0 where it is more, which only a pair below the threshold, or one that
        needs an exception, can bring about.
        """
        return self.before.matched - self.after.matched


@dataclass(frozen=True)
class Comparison:
    """`mentee` and `mentor` are applications of the round.

    `bar` is the weightiest rule that keeps them apart, places included, and `role` whose place is missing or who is
    away, where that is the bar (as in `CannotPair`). `exceptions` are the rules from which the committee could make an
    exception for them. `stands` is their match, proposed or sent to the two, if there is one. `score` and `reasons` are
    what they would have, whatever keeps them apart; below `at_least` they are never proposed. `cost` is None where no
    owner could put them together, or where they are fixed already.
    """

    mentee: Application
    mentor: Application
    score: int
    reasons: tuple[Reason, ...]
    at_least: int
    broken_rule: HardRule | None = None
    role: Role | None = None
    exemptible_rules: tuple[HardRule, ...] = ()
    stands: Match | None = None
    cost: PairingCost | None = None

    @property
    def is_below(self) -> bool:
        """Whether people stay rather unmatched than matched like this."""
        return self.score < self.at_least

    @property
    def is_best(self) -> bool:
        """Whether they would be proposed to each other if proposals were made now."""
        return self.cost is not None and self.broken_rule is None and not self.is_below and not self.cost.changes


def compare(round_: MatchingRound, mentee: Application, mentor: Application) -> Comparison:
    """What speaks for and against these two. What nobody has decided on is solved anew around what is fixed, once as
    it is and once with these two together; for a thousand a side that takes some seconds.
    """
    stands = next((m for m in round_.matches.values() if _is_of(m, mentee, mentor)), None)
    round_ = round_.without_undecided()
    gauge = PairScorer(round_)
    reasons, score = gauge.weigh(mentee, mentor)
    exceptions = round_.exemptible_rules(mentee, mentor)
    bar, role = _bar(round_, mentee, mentor, ())
    hopeless, _ = _bar(round_, mentee, mentor, exceptions)
    cost = None if hopeless else _cost(gauge, mentee, mentor, score)
    return Comparison(
        mentee, mentor, score, reasons, gauge.weights.at_least, bar, role, exceptions, stands=stands, cost=cost
    )


def _is_of(match: Match, mentee: Application, mentor: Application) -> bool:
    two = match.mentee_application, match.mentor_application
    return match.state in STANDING and two == (mentee.id, mentor.id)


def _bar(
    round_: MatchingRound, mentee: Application, mentor: Application, excepting: Sequence[HardRule]
) -> tuple[HardRule | None, Role | None]:
    if bar := round_.broken_rule(mentee, mentor, excepting=excepting):
        away = (one.role for one in (mentee, mentor) if round_.is_absent(one))
        return bar, next(away, None) if bar is HardRule.AWAY else None
    taken = next((one.role for one in (mentee, mentor) if not round_.free_places(one)), None)
    return (HardRule.NO_PLACE, taken) if taken else (None, None)


def _cost(gauge: PairScorer, mentee: Application, mentor: Application, score: int) -> PairingCost:
    from mentoring.matching.optimiser.assignment import solve
    from mentoring.matching.optimiser.cost_matrix import market_of, twins_of

    mentees, mentors = drawn(gauge.round)
    market = market_of(gauge, mentees, mentors)
    before = solve(market, twins_of(market, mentees, mentors)).pairs
    row, column = mentees.index(mentee), mentors.index(mentor)
    after = before
    if before.get(row) != column:
        rest = market.around((row, column), other_way(mentees, mentors, mentee, mentor)).keeping(before)
        after = {**solve(rest, twins_of(rest, mentees, mentors)).pairs, row: column}

    def plan(pairs: Mapping[int, int]) -> RoundPlan:
        scores = (gauge.weigh(mentees[one], mentors[other])[1] for one, other in pairs.items())
        return RoundPlan(len(pairs), sum(scores))

    changes = sorted(
        _changes(*(_together(mentees, mentors, pairs) for pairs in (before, after))),
        key=lambda change: (
            (change.person, change.role) not in {(one.person, one.role) for one in (mentee, mentor)},
            bool(change.after),
            change.role,
            change.person,
        ),
    )
    return PairingCost(plan(before), plan(after), tuple(changes[:MOST_CHANGES]), max(0, len(changes) - MOST_CHANGES))


def other_way(
    mentees: Sequence[Application], mentors: Sequence[Application], mentee: Application, mentor: Application
) -> tuple[int, int] | None:
    """Where the same two stand the other way round."""
    row = next((row for row, one in enumerate(mentees) if one.person == mentor.person), None)
    column = next((column for column, one in enumerate(mentors) if one.person == mentee.person), None)
    return None if row is None or column is None else (row, column)


_Together = Mapping[tuple[str, Role], tuple[str, ...]]


def _together(mentees: Sequence[Application], mentors: Sequence[Application], pairs: Mapping[int, int]) -> _Together:
    """Whom each has, by person and role."""
    found: dict[tuple[str, Role], list[str]] = {}
    for row, column in pairs.items():
        one, other = mentees[row].person, mentors[column].person
        found.setdefault((one, Role.MENTEE), []).append(other)
        found.setdefault((other, Role.MENTOR), []).append(one)
    return {who: tuple(sorted(others)) for who, others in found.items()}


def _changes(before: _Together, after: _Together) -> Iterator[PartnerChange]:
    for who in before.keys() | after.keys():
        change = PartnerChange(*who, before.get(who, ()), after.get(who, ()))
        if change.before != change.after:
            yield change
