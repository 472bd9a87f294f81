"""What the owners' status says in one line: proposals that lack an approval, and offers whose time runs out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.matching.held_up import NONE_HELD_UP, HeldUpMatches, can_be_sent_again, held_up_matches
from mentoring.matching.match import Match, MatchState
from tests.mentoring.factories import ADA, BEN, CHI, DEE, OWNER, STARTED, match, offered

SECOND = "U0SECOND"
BOTH = (OWNER, SECOND)
OPEN = {f"{ADA}-mentee", f"{BEN}-mentor", f"{CHI}-mentee", f"{DEE}-mentor"}
LAPSES = STARTED + timedelta(days=7)
RAN_OUT = match(ADA, BEN, MatchState.EXPIRED, offered_at=STARTED)


def held_up(*matches: Match, before_reminder: bool = False, applications: set[str] = OPEN) -> HeldUpMatches:
    return held_up_matches(matches, applications, BOTH, 2, STARTED, before_reminder=before_reminder)


@pytest.mark.parametrize(("approvals", "count"), [((), 1), ((OWNER,), 1), (BOTH, 0)])
def test_a_proposal_counts_while_it_lacks_an_approval(approvals: tuple[str, ...], count: int) -> None:
    assert held_up(match(ADA, BEN, approvals=approvals)).unapproved == count


def test_before_the_reminder_no_proposal_counts() -> None:
    assert held_up(match(ADA, BEN), before_reminder=True) == NONE_HELD_UP


def test_an_offer_counts_in_its_last_week_while_an_answer_is_missing() -> None:
    offer = replace(offered(ADA, BEN), offered_at=STARTED)
    assert held_up(offer) == HeldUpMatches(running_out=1, first=LAPSES)
    assert held_up(replace(offer, accepted_by=(ADA,))).running_out == 1
    assert held_up(replace(offer, accepted_by=(ADA, BEN))) == NONE_HELD_UP
    assert held_up(replace(offer, answer_until=LAPSES + timedelta(days=1))) == NONE_HELD_UP


def test_one_that_expired_counts_until_its_mentee_is_in_another_match_or_one_of_the_two_withdraws() -> None:
    assert held_up(RAN_OUT) == HeldUpMatches(expired=1)
    assert held_up(RAN_OUT, match(ADA, DEE, approvals=BOTH)) == NONE_HELD_UP
    assert held_up(RAN_OUT, match(ADA, DEE, MatchState.ACCEPTED)) == NONE_HELD_UP
    assert held_up(RAN_OUT, applications=OPEN - {f"{BEN}-mentor"}) == NONE_HELD_UP
    assert held_up(replace(RAN_OUT, state=MatchState.DECLINED)) == NONE_HELD_UP


def test_one_of_which_the_owner_hears_by_itself_is_left_out() -> None:
    assert (can_be_sent_again([RAN_OUT], OPEN), can_be_sent_again([RAN_OUT], OPEN, (RAN_OUT.id,))) == (1, 0)
