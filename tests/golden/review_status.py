"""The message in which an owner sees how the matching of a round stands, in each of its states."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mentoring.core.outcome import NotificationKind
from mentoring.core.owners import OPERATOR
from mentoring.core.programmes import Programme
from mentoring.matching.match import Match, MatchState
from mentoring.matching.review import ProposalRun
from tests.golden.making import Piece, told
from tests.messages.examples import (
    ASKED,
    CLEO,
    COHORT,
    CUSTOM,
    LATER,
    MATCH,
    MATCHING,
    OTHERS_OFFER,
    OWEN,
    PLAIN,
    REQUEST,
    SUE,
    round_of,
)

BEGUN = datetime(2027, 2, 5, 14, 2, tzinfo=UTC)
DONE = datetime(2027, 3, 3, 14, 5, tzinfo=UTC)
AGAIN = ProposalRun(COHORT.id, done_by=SUE, done_at=DONE, added=("M13", "M1"), gone=("M00",), kept=11)
LOOKING = ProposalRun(COHORT.id, asked_by=OWEN, asked_at=BEGUN)
CLEOS = replace(REQUEST, id="A3", person=CLEO)
UNLIKE = replace(REQUEST, id="A4", person=SUE, topics=("Job search",))
FREE = replace(OTHERS_OFFER, id="A8", person=SUE, places=3)
APPROVED = replace(MATCH, approvals=(OWEN, SUE))
MANY = [replace(MATCH, id=f"M{n:02}", score=35 + 4 * n) for n in range(14)]


def _stands(
    *matches: Match,
    run: ProposalRun | None = AGAIN,
    programme: Programme = PLAIN,
    cohort: Any = COHORT,
    **more: Any,
) -> Piece:
    owners = more.pop("owners", (OWEN, SUE))
    reader = more.pop("reader", OWEN)
    round_ = round_of(*matches, programme=programme, owners=owners, **more)
    return told(
        NotificationKind.REVIEW,
        reader,
        programme,
        MATCHING,
        {"cohort": "C1"},
        round=round_,
        proposal_run=run,
        owners=owners,
        cohort=cohort,
    )


REVIEW_STATUS: dict[str, Piece] = {
    "notification-review-looking": _stands(run=LOOKING, applications=(REQUEST, OTHERS_OFFER, CLEOS)),
    "notification-review-nothing-proposed": _stands(run=None, applications=(REQUEST, OTHERS_OFFER)),
    "notification-review-proposals": _stands(*MANY, applications=(REQUEST, OTHERS_OFFER, CLEOS, UNLIKE)),
    "notification-review-some-left-out": _stands(
        MATCH, applications=(REQUEST, OTHERS_OFFER, CLEOS, UNLIKE), run=replace(AGAIN, done_by=OPERATOR)
    ),
    "notification-review-for-the-other-owner": _stands(
        replace(MATCH, approvals=(OWEN,)), applications=(REQUEST, OTHERS_OFFER, FREE)
    ),
    "notification-review-to-release": _stands(APPROVED, applications=(REQUEST, OTHERS_OFFER)),
    "notification-review-asked": _stands(ASKED, replace(ASKED, id="M2", state=MatchState.ACCEPTED, mentee=CLEO)),
    "notification-review-one-owner-own-words": _stands(
        MATCH, programme=CUSTOM, owners=(OWEN,), run=replace(AGAIN, done_by=OWEN)
    ),
    "notification-review-nobody": _stands(applications=(), run=None),
    "notification-review-closed": _stands(MATCH, cohort=replace(COHORT, closed_on=LATER)),
}
