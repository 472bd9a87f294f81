"""Proposals for a round's pool, and the match of two people whom an owner has chosen."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b

from mentoring.applications.application import Application, Role
from mentoring.core.owners import OPERATOR
from mentoring.matching.match import Alternative, Match
from mentoring.matching.optimiser.score import PairScorer
from mentoring.matching.round import MatchingRound


def propose(round_: MatchingRound, new_id: Callable[[], str]) -> tuple[Match, ...]:
    """New proposals for the pool, best first, which replace the undecided ones.

    The result depends only on the round, not on the order of applications. Each match has its alternatives: the next
    best partner in the pool for the mentee and for the mentor, within the hard rules and the threshold, whether or not
    that person is matched with someone else.
    """
    round_ = round_.without_undecided_proposals()
    scorer = PairScorer(round_)
    found = [_match(scorer, *pair, new_id()) for pair in _best(scorer, *shuffled_pool(round_))]
    return tuple(sorted(found, key=lambda match: (-match.score, match.mentee, match.mentor)))


def manual_match(round_: MatchingRound, mentee: Application, mentor: Application, *, by: str, new_id: str) -> Match:
    """The match of two people chosen by an owner or the OPERATOR, with the alternatives of a proposal.

    Approved by `by`, if they may approve it. Does not check the hard rules.
    """
    scorer = PairScorer(round_.without_undecided_proposals())
    mentees, mentors = shuffled_pool(scorer.round)
    other_mentor = _next(scorer, ((mentee, other, other) for other in mentors if other != mentor))
    other_mentee = _next(scorer, ((other, mentor, other) for other in mentees if other != mentee))
    match = replace(_match(scorer, mentee, mentor, other_mentor, other_mentee, new_id), paired_by=by)
    return replace(match, approvals=(by,)) if by in (OPERATOR, *match.may_approve(round_.approvers)) else match


def _next(scorer: PairScorer, candidates: Iterable[tuple[Application, Application, Application]]) -> Alternative | None:
    """The best of `candidates`, each a mentee, a mentor and the alternative of the two. Does not import numpy."""
    scores = (
        (scorer.score_pair(mentee, mentor)[1], other)
        for mentee, mentor, other in candidates
        if not scorer.round.broken_rule(mentee, mentor)
    )
    score, best = max(scores, key=lambda each: each[0], default=(-1, None))
    return Alternative(best.id, best.person, score) if best and score >= scorer.weights.at_least else None


def _match(
    scorer: PairScorer,
    mentee: Application,
    mentor: Application,
    other_mentor: Alternative | None,
    other_mentee: Alternative | None,
    new_id: str,
) -> Match:
    reasons, score = scorer.score_pair(mentee, mentor)
    return Match(
        id=new_id,
        cohort_id=scorer.round.cohort.id,
        mentee_application=mentee.id,
        mentor_application=mentor.id,
        mentee=mentee.person,
        mentor=mentor.person,
        score=score,
        reasons=reasons,
        other_mentor=other_mentor,
        other_mentee=other_mentee,
    )


def shuffled_pool(round_: MatchingRound) -> tuple[list[Application], list[Application]]:
    """The mentees and mentors of the pool in a pseudo-random, reproducible order, by which ties are broken."""
    mentees, mentors = (
        sorted(round_.pool(role), key=lambda a: (blake2b(f"{round_.cohort.id} {a.id}".encode()).digest(), a.id))
        for role in (Role.MENTEE, Role.MENTOR)
    )
    return mentees, mentors


def _best(
    scorer: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> list[tuple[Application, Application, Alternative | None, Alternative | None]]:
    if not mentees or not mentors:
        return []
    # Importing scipy takes half a second, and only matching needs it.
    from mentoring.matching.optimiser.assignment import solve
    from mentoring.matching.optimiser.cost_matrix import Alternatives, build_problem, find_mirrored_pairs

    problem = build_problem(scorer, mentees, mentors)
    found = solve(problem, find_mirrored_pairs(problem.possible, mentees, mentors)).pairs
    others = Alternatives(problem, mentees, mentors, found.items())
    return [
        (mentees[row], mentors[column], others.mentor_for(row), others.mentee_for(column))
        for row, column in found.items()
    ]
