"""What "Check a pair" answers, for each rule and for none."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mentoring.applications.application import ApplicationState, Role
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.matching.hard_rules import Exclusion, HardRule
from mentoring.matching.match import MatchState
from mentoring.matching.optimiser.compare import Comparison, PairingCost, PartnerChange, RoundPlan
from messages import matching
from tests.golden.making import Piece, shown
from tests.messages.examples import (
    ADA,
    ASKED,
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
COST = PairingCost(
    RoundPlan(14, 980),
    RoundPlan(13, 897),
    (
        PartnerChange(ADA, Role.MENTEE, (CLEO,), (BEN,)),
        PartnerChange(BEN, Role.MENTOR, (), (ADA,)),
        PartnerChange(SUE, Role.MENTEE, (BEN,), ()),
        PartnerChange(CLEO, Role.MENTOR, (ADA, OWEN), (OWEN,)),
    ),
    more=2,
)
ROUND = round_of()
REFUSED = MatchDecision("C1", DecisionKind.REFUSED, SUE, AT, ADA, BEN, "M0")
BANNED = replace(ROUND, exclusions=frozenset({Exclusion(ADA, BEN, SUE, AT, ROUND.programme.id)}))
GRADED = replace(CUSTOM, least_gap=2, for_mentors=replace(CUSTOM.for_mentors, departments=("Collections",)))
TAKEN = round_of(replace(MATCH, mentor=CLEO, mentor_application="A8", approvals=(OWEN,)), partnerships=(PARTNERSHIP,))


def _answer(comparison: Comparison, round_: Any = ROUND, by: str = OWEN, *decided: MatchDecision) -> Piece:
    return shown(lambda: matching.why_not_answer(round_, comparison, by=by, history=matching.ReviewHistory(decided)))


def _barred(bar: HardRule, round_: Any = ROUND, **more: Any) -> Piece:
    return _answer(replace(TWO, broken_rule=bar, **more), round_)


WHY_NOT: dict[str, Piece] = {
    "to-choose": shown(lambda: matching.why_not(PLAIN, ("", ""))),
    "to-choose-own-words": shown(lambda: matching.why_not(CUSTOM, (ADA, ""))),
    "soon": shown(lambda: matching.why_not_soon(PLAIN, (ADA, BEN))),
    "costs": _answer(replace(TWO, cost=COST), ROUND, OWEN, REFUSED),
    "below": _answer(replace(TWO, score=20, at_least=30, cost=replace(COST, after=RoundPlan(15, 1000)))),
    "best": _answer(replace(TWO, cost=PairingCost(RoundPlan(14, 980), RoundPlan(14, 980), ()))),
    "part-of-it": _answer(replace(TWO, cost=replace(COST, after=RoundPlan(14, 980), changes=(), more=0)), by=ADA),
    "proposed": _answer(
        replace(TWO, existing_match=MATCH, cost=PairingCost(RoundPlan(14, 980), RoundPlan(14, 980), ()))
    ),
    "asked": _barred(HardRule.NO_PLACE, round_of(ASKED), existing_match=ASKED),
    "no-shared-hours": _barred(HardRule.NO_SHARED_HOURS),
    "oneself": _barred(HardRule.ONESELF),
    "away": _barred(HardRule.AWAY, replace(ROUND, people={**ROUND.people, BEN: gone(BEN)}), role=Role.MENTOR),
    "outside-own-words": _barred(HardRule.OUTSIDE, replace(ROUND, programme=GRADED)),
    "manager": _barred(
        HardRule.CHAIN_OF_COMMAND,
        cost=replace(COST, changes=COST.changes[:2], more=0),
        exemptible_rules=(HardRule.CHAIN_OF_COMMAND,),
    ),
    "grades-own-words": _barred(HardRule.GRADES, replace(ROUND, programme=GRADED), exemptible_rules=(HardRule.GRADES,)),
    "forbidden": _answer(
        replace(TWO, broken_rule=HardRule.FORBIDDEN),
        BANNED,
        OWEN,
        MatchDecision("C1", DecisionKind.FORBIDDEN, SUE, AT, ADA, BEN),
    ),
    "no-shared-topic": _barred(HardRule.NO_SHARED_TOPIC),
    "no-place": _barred(HardRule.NO_PLACE, TAKEN, role=Role.MENTEE),
    "no-place-withdrawn": _answer(
        replace(
            TWO,
            broken_rule=HardRule.NO_PLACE,
            role=Role.MENTEE,
            mentee=replace(REQUEST, state=ApplicationState.WITHDRAWN),
        )
    ),
    "already-partners": _barred(HardRule.ALREADY_PARTNERS),
    "did-not-work": _barred(HardRule.DID_NOT_WORK),
    "rejected": _barred(HardRule.REJECTED, round_of(replace(MATCH, state=MatchState.REFUSED))),
}
