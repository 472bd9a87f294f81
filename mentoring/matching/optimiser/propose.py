"""Proposals for a round's pool, and the match of two whom an owner chose."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from mentoring.applications.application import Application, Role
from mentoring.core.owners import OPERATOR
from mentoring.matching.match import Alternative, Match
from mentoring.matching.optimiser.score import PairScorer
from mentoring.matching.round import MatchingRound


def propose(round_: MatchingRound, new_id: Callable[[], str]) -> tuple[Match, ...]:
    """Proposals for the pool, best first; the undecided ones are replaced by them.

    Who applied first makes no difference, and the same round gives the same answer. Each has its alternatives: of the
    pool, that is of everybody who has a place besides what is fixed, the one who suits the mentee or the mentor best
    after whom they get; no hard rule keeps the two apart, the score is not below the threshold, and whether they get
    somebody else is not asked.
    """
    round_ = round_.without_undecided()
    gauge = PairScorer(round_)
    found = [_match(gauge, *two, new_id()) for two in _best(gauge, *drawn(round_))]
    return tuple(sorted(found, key=lambda match: (-match.score, match.mentee, match.mentor)))


def by_hand(round_: MatchingRound, mentee: Application, mentor: Application, *, by: str, new_id: str) -> Match:
    """The match of two whom an owner or the OPERATOR chose, asked for the hard rules before. To choose is to approve,
    where `by` may. Its alternatives are those that it would have been proposed with.
    """
    gauge = PairScorer(round_.without_undecided())
    mentees, mentors = drawn(gauge.round)
    other_mentor = _next(gauge, ((mentee, other, other) for other in mentors if other != mentor))
    other_mentee = _next(gauge, ((other, mentor, other) for other in mentees if other != mentee))
    match = replace(_match(gauge, mentee, mentor, other_mentor, other_mentee, new_id), paired_by=by)
    return replace(match, approvals=(by,)) if by in (OPERATOR, *match.may_approve(round_.owners)) else match


def _next(gauge: PairScorer, twos: Iterable[tuple[Application, Application, Application]]) -> Alternative | None:
    """Of a mentee, a mentor and who of them is the other one: who suits best. For one person no numpy is needed."""
    scores = (
        (gauge.weigh(mentee, mentor)[1], other)
        for mentee, mentor, other in twos
        if not gauge.round.broken_rule(mentee, mentor)
    )
    score, best = max(scores, key=lambda each: each[0], default=(-1, None))
    return Alternative(best.id, best.person, score) if best and score >= gauge.weights.at_least else None


def _match(
    gauge: PairScorer,
    mentee: Application,
    mentor: Application,
    other_mentor: Alternative | None,
    other_mentee: Alternative | None,
    new_id: str,
) -> Match:
    reasons, score = gauge.weigh(mentee, mentor)
    return Match(
        id=new_id,
        cohort_id=gauge.round.cohort.id,
        mentee_application=mentee.id,
        mentor_application=mentor.id,
        mentee=mentee.person,
        mentor=mentor.person,
        score=score,
        reasons=reasons,
        other_mentor=other_mentor,
        other_mentee=other_mentee,
    )


def drawn(round_: MatchingRound) -> tuple[list[Application], list[Application]]:
    """The mentees and the mentors of the pool, in an order that only chance has made, the same one each time: ties
    follow it.
    """
    mentees, mentors = (
        sorted(round_.pool(role), key=lambda a: (blake2b(f"{round_.cohort.id} {a.id}".encode()).digest(), a.id))
        for role in (Role.MENTEE, Role.MENTOR)
    )
    return mentees, mentors


def _best(
    gauge: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> list[tuple[Application, Application, Alternative | None, Alternative | None]]:
    if not mentees or not mentors:
        return []
    # Half a second of imports that only matching needs.
    from mentoring.matching.optimiser.assignment import solve
    from mentoring.matching.optimiser.cost_matrix import Alternatives, market_of, twins_of

    market = market_of(gauge, mentees, mentors)
    found = solve(market, twins_of(market, mentees, mentors)).pairs
    others = Alternatives(market, mentees, mentors, found.items())
    return [
        (mentees[row], mentors[column], others.mentor_for(row), others.mentee_for(column))
        for row, column in found.items()
    ]
