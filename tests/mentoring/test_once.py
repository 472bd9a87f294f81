"""What is done twice, or by two people, is done once; and whoever was second hears what is the case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.applications.application import ApplicationState
from mentoring.core.errors import CohortOver, StaleRequest
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.matching.errors import AlreadyAccepted, CannotPair
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.matching.offers import answer_offer
from mentoring.matching.optimiser import propose
from mentoring.matching.pairing import check_pair, pair
from mentoring.matching.review import release, replace_proposals
from mentoring.matching.round import MatchingRound
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    OWNER,
    SECOND,
    STARTED,
    after,
    match,
    mentee,
    mentor,
    new_ids,
    offered,
    round_of,
)
from tests.mentoring.values import COHORT, REQUEST, kept, send

LATER = STARTED + timedelta(days=2)
FOUR = (mentee(ADA), mentor(BEN), mentee(CHI), mentor(DEE))
OPEN = round_of(*FOUR[:2], matches=[offered()], owners=(OWNER, SECOND))


def says(round_: MatchingRound, by: str, *, accepts: bool) -> Outcome:
    return answer_offer(round_, round_.matches[f"{ADA}-{BEN}"], by=by, accepts=accepts, now=LATER, new_id="s1")


def both_accept(round_: MatchingRound) -> Outcome:
    """What comes of the second yes."""
    return says(after(round_, says(round_, ADA, accepts=True)), BEN, accepts=True)


def let_go(round_: MatchingRound) -> Outcome:
    return release(round_, by=OWNER, now=STARTED, new_id=new_ids("s"))


def states(round_: MatchingRound) -> dict[str, MatchState]:
    return {one.id: one.state for one in round_.matches.values()}


def ready() -> Match:
    return match(ADA, BEN, approvals=(OWNER,))


def test_proposing_twice_is_proposing_once_and_nobody_is_told_again() -> None:
    ids = new_ids()
    round_ = round_of(*FOUR, owners=(OWNER, SECOND))
    first = after(round_, replace_proposals(round_, propose(round_, ids), by=OWNER))
    for owner in (OWNER, SECOND):
        assert replace_proposals(first, propose(first, ids), by=owner) == NOTHING


def test_a_round_that_is_closed_takes_neither_a_pair_nor_a_release() -> None:
    closed = round_of(*FOUR, matches=[ready()], cohort=replace(COHORT, closed_on=date(2027, 3, 1)))
    with pytest.raises(CohortOver):
        check_pair(closed, f"{ADA}-mentee", f"{DEE}-mentor", by=OWNER)
    with pytest.raises(CohortOver):
        let_go(closed)


def test_pairing_the_same_two_twice_is_once_for_who_did_and_a_sentence_for_another_owner() -> None:
    round_ = round_of(*FOUR, owners=(OWNER, SECOND))
    two = f"{ADA}-mentee", f"{DEE}-mentor"
    paired = after(round_, pair(round_, *two, by=OWNER, now=STARTED, new_id="m1"))
    assert pair(paired, *two, by=OWNER, now=STARTED, new_id="m2") == NOTHING
    with pytest.raises(CannotPair) as caught:
        pair(paired, *two, by=SECOND, now=STARTED, new_id="m2")
    assert (caught.value.broken_rule, caught.value.role) == (HardRule.NO_PLACE, None)


@pytest.mark.parametrize("who", [ADA, BEN])
def test_saying_yes_twice_is_saying_it_once(who: str) -> None:
    half = after(OPEN, says(OPEN, who, accepts=True))
    with pytest.raises(AlreadyAccepted) as waiting:
        says(half, who, accepts=True)
    assert not waiting.value.introduced
    done = after(OPEN, both_accept(OPEN))
    for accepts in (True, False):
        with pytest.raises(AlreadyAccepted) as introduced:
            says(done, who, accepts=accepts)
        assert introduced.value.introduced


def test_a_form_that_was_open_while_its_application_was_withdrawn_does_not_send_it_again() -> None:
    application, confidence = kept(send(REQUEST))
    withdrawn = replace(application, state=ApplicationState.WITHDRAWN, version=2)
    for seen in (0, 1):
        with pytest.raises(StaleRequest) as outdated:
            send(REQUEST, before=(withdrawn, confidence), seen_version=seen)
        assert outdated.value.withdrawn
    assert kept(send(REQUEST, before=(withdrawn, confidence), seen_version=2))[0].state is ApplicationState.OPEN


def test_a_form_that_was_open_while_its_application_was_changed_elsewhere_writes_nothing_over() -> None:
    sent = kept(send(REQUEST))
    changed = kept(send(replace(REQUEST, months=9), before=sent))
    with pytest.raises(StaleRequest) as outdated:
        send(replace(REQUEST, hopes="Something else."), before=changed, seen_version=1)
    assert not outdated.value.withdrawn
    assert send(replace(REQUEST, months=9), before=changed, seen_version=1) == NOTHING
