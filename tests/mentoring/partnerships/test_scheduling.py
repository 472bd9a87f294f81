"""Who finds the time for the next meeting, as the two have agreed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.meetings.planned import PlannedMeeting, PlannedState, last_proposer
from mentoring.partnerships.scheduling import WhoSchedules, scheduler_of
from tests.mentoring.factories import ADA, BEN, partnership
from tests.mentoring.values import at

PAIR, START = partnership(), at("2027-02-05T15:00")
PAST = PlannedMeeting("L1", PAIR.id, PlannedState.PAST, starts_at=START, proposed_by=ADA)


@pytest.mark.parametrize(
    ("agreed", "last_by", "finds"),
    [
        (WhoSchedules.MENTEE, ADA, ADA),
        (WhoSchedules.MENTOR, BEN, BEN),
        (WhoSchedules.BY_TURNS, "", ADA),
        (WhoSchedules.BY_TURNS, ADA, BEN),
        (WhoSchedules.BY_TURNS, BEN, ADA),
    ],
)
def test_the_one_whom_they_agreed_on_finds_the_time(agreed: WhoSchedules, last_by: str, finds: str) -> None:
    assert scheduler_of(PAIR, agreed, last_by) == finds


def test_the_last_meeting_on_which_both_agreed_counts_unless_it_was_cancelled_or_missed() -> None:
    assert last_proposer(()) == ""
    later = replace(PAST, id="L2", starts_at=START + timedelta(days=7), proposed_by=BEN)
    assert last_proposer((later, PAST)) == BEN
    for state in (PlannedState.CANCELLED, PlannedState.MISSED):
        assert last_proposer((PAST, replace(later, state=state))) == ADA
    assert last_proposer((PAST, replace(later, state=PlannedState.OFFERED, starts_at=None))) == ADA
