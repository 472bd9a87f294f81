"""What "Why not these two?" answers, for each rule and for none."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mentoring.applications.application import Role, State
from mentoring.matching.decisions import Decided, Verdict
from mentoring.matching.hard_rules import Ban, Bar
from mentoring.matching.match import MatchState
from mentoring.matching.optimiser.compare import Change, Comparison, Cost, Plan
from messages import matching
from tests.golden.making import Piece, shown
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    CUSTOM,
    MATCH,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REASONS,
    REQUEST,
    SUE,
    gone,
    round_of,
)

AT = datetime(2027, 2, 3, 14, 5, tzinfo=UTC)
TWO = Comparison(REQUEST, OTHERS_OFFER, 71, REASONS, 0)
COST = Cost(
    Plan(14, 980),
    Plan(13, 897),
    (
        Change(ADA, Role.MENTEE, (CLEO,), (BEN,)),
        Change(BEN, Role.MENTOR, (), (ADA,)),
        Change(SUE, Role.MENTEE, (BEN,), ()),
        Change(CLEO, Role.MENTOR, (ADA, OWEN), (OWEN,)),
    ),
    more=2,
)
ROUND = round_of()
REFUSED = Decided("C1", Verdict.REFUSED, SUE, AT, ADA, BEN, "M0")
BANNED = replace(ROUND, bans=frozenset({Ban(ADA, BEN, SUE, AT)}))
GRADED = replace(CUSTOM, least_gap=2, for_mentors=replace(CUSTOM.for_mentors, departments=("Collections",)))
TAKEN = round_of(replace(MATCH, mentor=CLEO, mentor_application="A8", approvals=(OWEN,)), partnerships=(PARTNERSHIP,))


def _answer(comparison: Comparison, round_: Any = ROUND, by: str = OWEN, *decided: Decided) -> Piece:
    return shown(lambda: matching.why_not_answer(round_, comparison, by=by, record=matching.Record(decided)))


def _barred(bar: Bar, round_: Any = ROUND, **more: Any) -> Piece:
    return _answer(replace(TWO, bar=bar, **more), round_)


WHY_NOT: dict[str, Piece] = {
    "to-choose": shown(lambda: matching.why_not(PLAIN, ("", ""))),
    "to-choose-own-words": shown(lambda: matching.why_not(CUSTOM, (ADA, ""))),
    "soon": shown(lambda: matching.why_not_soon(PLAIN, (ADA, BEN))),
    "costs": _answer(replace(TWO, cost=COST), ROUND, OWEN, REFUSED),
    "below": _answer(replace(TWO, score=20, at_least=30, cost=replace(COST, after=Plan(15, 1000)))),
    "best": _answer(replace(TWO, cost=Cost(Plan(14, 980), Plan(14, 980), ()))),
    "part-of-it": _answer(replace(TWO, cost=replace(COST, after=Plan(14, 980), changes=(), more=0)), by=ADA),
    "proposed": _answer(replace(TWO, stands=MATCH, cost=Cost(Plan(14, 980), Plan(14, 980), ()))),
    "asked": _barred(Bar.NO_PLACE, stands=replace(MATCH, state=MatchState.OFFERED)),
    "oneself": _barred(Bar.ONESELF),
    "away": _barred(Bar.AWAY, replace(ROUND, people={**ROUND.people, BEN: gone(BEN)}), role=Role.MENTOR),
    "outside-own-words": _barred(Bar.OUTSIDE, replace(ROUND, programme=GRADED)),
    "manager": _barred(
        Bar.CHAIN_OF_COMMAND, cost=replace(COST, changes=COST.changes[:2], more=0), exceptions=(Bar.CHAIN_OF_COMMAND,)
    ),
    "grades-own-words": _barred(Bar.GRADES, replace(ROUND, programme=GRADED), exceptions=(Bar.GRADES,)),
    "forbidden": _answer(
        replace(TWO, bar=Bar.FORBIDDEN), BANNED, OWEN, Decided("C1", Verdict.FORBIDDEN, SUE, AT, ADA, BEN)
    ),
    "no-shared-topic": _barred(Bar.NO_SHARED_TOPIC),
    "no-place": _barred(Bar.NO_PLACE, TAKEN, role=Role.MENTEE),
    "no-place-withdrawn": _answer(
        replace(TWO, bar=Bar.NO_PLACE, role=Role.MENTEE, mentee=replace(REQUEST, state=State.WITHDRAWN))
    ),
    "already-partners": _barred(Bar.ALREADY_PARTNERS),
    "did-not-work": _barred(Bar.DID_NOT_WORK),
}
