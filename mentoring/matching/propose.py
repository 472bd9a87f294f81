"""Proposals for a round's pool, and the match of two whom an owner chose."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b

from mentoring.application import Application, Role
from mentoring.match import OPERATOR, Match
from mentoring.matching.score import Gauge
from mentoring.round import Round


def propose(round_: Round, new_id: Callable[[], str]) -> tuple[Match, ...]:
    """Proposals for the pool, best first; the desk's undecided ones are replaced by them.

    Who applied first makes no difference, and the same round gives the same answer.
    """
    round_ = round_.without_undecided()
    gauge = Gauge(round_)
    mentees, mentors = drawn(round_)
    found = [_match(gauge, mentee, mentor, new_id()) for mentee, mentor in _best(gauge, mentees, mentors)]
    return tuple(sorted(found, key=lambda match: (-match.score, match.mentee, match.mentor)))


def by_hand(round_: Round, mentee: Application, mentor: Application, *, by: str, new_id: str) -> Match:
    """The match of two whom an owner or the OPERATOR chose, asked for the hard rules before. To choose is to approve,
    where `by` may.
    """
    match = replace(_match(Gauge(round_), mentee, mentor, new_id), paired_by=by)
    return replace(match, approvals=(by,)) if by in (OPERATOR, *match.may_approve(round_.owners)) else match


def _match(gauge: Gauge, mentee: Application, mentor: Application, new_id: str) -> Match:
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
    )


def drawn(round_: Round) -> tuple[list[Application], list[Application]]:
    """The mentees and the mentors of the pool, in an order that only chance has made, the same one each time: ties
    follow it.
    """
    mentees, mentors = (
        sorted(round_.pool(role), key=lambda a: (blake2b(f"{round_.cohort.id} {a.id}".encode()).digest(), a.id))
        for role in (Role.MENTEE, Role.MENTOR)
    )
    return mentees, mentors


def _best(
    gauge: Gauge, mentees: Sequence[Application], mentors: Sequence[Application]
) -> list[tuple[Application, Application]]:
    if not mentees or not mentors:
        return []
    # Half a second of imports that only matching needs.
    from mentoring.matching.market import market_of, twins_of
    from mentoring.matching.solve import solve

    market = market_of(gauge, mentees, mentors)
    found = solve(market, twins_of(market, mentees, mentors))
    return [(mentees[row], mentors[column]) for row, column in found.pairs.items()]
