"""Owners hear once that an offer runs out, on the working day before, and never of the same twice on a day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.matching.match import Match, MatchState
from mentoring.matching.running_out import plan_warning, run_warning, running_out, told_by_themselves
from tests.mentoring.factories import ADA, BEN, CHI, DEE, KOLKATA, LONDON, NEW_YORK, OWNER, is_done, match, offered
from tests.mentoring.values import PROGRAMME, at, person

SECOND, THIRD = "U0SECOND", "U0THIRD"
CLOSED = replace(PROGRAMME, closed_days=tuple(date(2027, 1, day) for day in range(5, 12)))


def offer(at_: str, **facts: Any) -> Match:
    return offered(offered_at=at(at_), **facts)


def warned(
    offer: Match, *zones: str, now: str = "2027-01-07T10:00", programme: Programme = PROGRAMME
) -> list[tuple[str, datetime | None]]:
    """Who is told, and when, by its job that is found at `now`."""
    assert offer.offered_at is not None
    owners = [person(who, time_zone=zone) for who, zone in zip((OWNER, SECOND, THIRD), zones, strict=False)]
    job = plan_warning(offer, programme, offer.offered_at)
    outcome = run_warning(job, offer, owners, programme, at(now))
    assert is_done(outcome, job)
    return [(each.recipient, each.due) for each in outcome.notifications]


@pytest.mark.parametrize(
    ("offered_at", "from_"),
    [
        ("2027-01-04T10:00", "2027-01-07T10:00"),  # until Monday 11: on Friday, which begins on Thursday in Kiritimati
        ("2027-01-05T14:00", "2027-01-10T10:00"),  # until Tuesday 12: on Monday
        ("2027-01-05T10:00", "2027-01-07T10:00"),  # Tuesday 12 at 10:00 is Monday still in the westernmost zone
        ("2027-01-09T14:00", "2027-01-14T10:00"),  # until Saturday 16: on Friday
    ],
)
def test_the_job_runs_when_the_working_day_before_begins_anywhere(offered_at: str, from_: str) -> None:
    job = plan_warning(offer(offered_at), PROGRAMME, at(offered_at))
    assert (job.due, job.person) == (at(from_), "")


def test_nobody_is_told_on_the_day_on_which_it_was_sent() -> None:
    """All days until Monday 11 are closed."""
    sent = offer("2027-01-04T14:00")
    assert warned(sent, LONDON, KOLKATA, now="2027-01-04T14:01", programme=CLOSED) == []
    longer = replace(sent, answer_until=at("2027-01-18T14:00"))
    assert warned(longer, LONDON, now="2027-01-14T10:00", programme=CLOSED) == [(OWNER, at("2027-01-15T09:00"))]


def test_each_owner_is_told_in_the_morning_of_their_own_working_day_before() -> None:
    assert warned(offer("2027-01-04T10:00"), LONDON, NEW_YORK, KOLKATA) == [
        (OWNER, at("2027-01-08T09:00")),
        (SECOND, at("2027-01-08T14:00")),
        (THIRD, at("2027-01-08T03:30")),
    ]


def test_offers_that_run_out_together_are_one_message_and_an_owner_hears_nothing_of_their_own_match() -> None:
    keys = set()
    for one in (offer("2027-01-04T10:00"), offer("2027-01-04T11:00", id="other")):
        job = plan_warning(one, PROGRAMME, at("2027-01-04T11:00"))
        outcome = run_warning(job, one, [person(OWNER), person(ADA)], PROGRAMME, at("2027-01-07T10:00"))
        keys |= {(each.key, each.kind) for each in outcome.notifications}
    assert keys == {("offers-running-out:c1:U0OWNER:2027-01-08", NotificationKind.OFFERS_RUNNING_OUT)}


@pytest.mark.parametrize(
    "one",
    [
        offer("2027-01-04T10:00", accepted_by=(ADA, BEN)),
        match(ADA, BEN, MatchState.DECLINED, offered_at=at("2027-01-04T10:00")),
        match(ADA, BEN, MatchState.EXPIRED, offered_at=at("2027-01-04T10:00")),
    ],
)
def test_nothing_is_said_of_an_offer_that_is_answered_or_over(one: Match) -> None:
    assert warned(one, LONDON) == []


def test_a_job_found_after_the_deadline_says_nothing() -> None:
    assert warned(offer("2027-01-04T10:00"), LONDON, now="2027-01-11T10:00") == []


def test_the_message_lists_what_runs_out_after_its_day_and_not_on_the_day_of_the_deadline() -> None:
    first, later = offer("2027-01-04T09:00"), offered(CHI, DEE, offered_at=at("2027-01-04T15:00"))
    answered = offered(CHI, BEN, accepted_by=(CHI, BEN))
    extended = replace(offered(ADA, DEE), answer_until=at("2027-01-18T10:00"))
    own = offered(OWNER, BEN)
    found = (later, first, answered, extended, own)
    friday, monday = date(2027, 1, 8), date(2027, 1, 11)
    assert running_out(found, person(OWNER), PROGRAMME, friday, friday) == [first, later]
    assert running_out(found, person(OWNER), PROGRAMME, friday, monday) == [], "they hear that it is over on that day"
    assert running_out(found, person(OWNER), PROGRAMME, date(2027, 1, 15), friday) == [extended]


@pytest.mark.parametrize(
    ("now", "apart"),
    [
        ("2027-01-07T09:00", False),
        ("2027-01-08T09:00", True),  # told by itself that it runs out
        ("2027-01-11T09:00", True),  # it runs out at ten, which is told by itself
        ("2027-01-12T09:00", False),
    ],
)
def test_the_weekly_line_leaves_out_what_is_told_by_itself_on_the_same_day(now: str, apart: bool) -> None:
    one = offer("2027-01-04T10:00")
    state = MatchState.OFFERED if at(now) < at("2027-01-11T10:00") else MatchState.EXPIRED
    found = told_by_themselves([replace(one, state=state)], person(OWNER), PROGRAMME, at(now))
    assert found == ({one.id} if apart else frozenset())


def test_one_that_expired_on_a_saturday_is_told_on_monday() -> None:
    gone = match(ADA, BEN, MatchState.EXPIRED, offered_at=at("2027-01-09T10:00"))
    assert told_by_themselves([gone], person(OWNER), PROGRAMME, at("2027-01-18T09:00")) == {gone.id}
    assert told_by_themselves([gone], person(OWNER), PROGRAMME, at("2027-01-18T09:00") + timedelta(days=1)) == set()
