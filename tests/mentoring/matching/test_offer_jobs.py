"""When somebody is reminded of an offer, and when it lapses."""

from datetime import timedelta
from typing import Any

import pytest

from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.matching.match import MatchState
from mentoring.matching.offers import plan_offer_jobs, run_offer_job
from tests.mentoring.factories import ADA, BEN, KOLKATA, LONDON, NEW_YORK, is_done, match, offered, told
from tests.mentoring.values import PROGRAMME, at, person


def offer_said(job: ScheduledJob, now: str, *, zone: str = LONDON, **facts: Any) -> list[tuple[NotificationKind, str]]:
    """What a reminder found at `now` (UTC) comes to."""
    outcome = run_offer_job(job, offered(**facts), person(ADA, time_zone=zone), PROGRAMME, at(now))
    assert outcome is not None
    return told(outcome)


def offer_promises(offered_at: str, *zones: str) -> tuple[ScheduledJob, ...]:
    people = [person(who, time_zone=zone) for who, zone in zip((ADA, BEN), zones, strict=False)]
    return plan_offer_jobs(offered(offered_at=at(offered_at)), people, PROGRAMME)


@pytest.mark.parametrize(
    ("offered_at", "zone", "reminded", "lapses"),
    [
        ("2027-01-04T10:00", LONDON, "2027-01-08T09:00", "2027-01-11T10:00"),
        ("2027-01-05T10:00", LONDON, "2027-01-11T09:00", "2027-01-12T10:00"),
        ("2027-01-06T10:00", LONDON, "2027-01-11T09:00", "2027-01-13T10:00"),
        ("2027-01-07T10:00", LONDON, "2027-01-12T09:00", "2027-01-14T10:00"),
        ("2027-01-08T10:00", LONDON, "2027-01-13T09:00", "2027-01-15T10:00"),
        ("2027-01-09T10:00", LONDON, "2027-01-14T09:00", "2027-01-16T10:00"),
        ("2027-01-10T10:00", LONDON, "2027-01-15T09:00", "2027-01-17T10:00"),
        ("2027-01-04T10:00", NEW_YORK, "2027-01-08T14:00", "2027-01-11T10:00"),
        ("2027-01-05T10:00", KOLKATA, "2027-01-11T03:30", "2027-01-12T10:00"),
        ("2027-01-04T20:00", KOLKATA, "2027-01-11T03:30", "2027-01-11T20:00"),
        ("2027-03-24T10:00", LONDON, "2027-03-29T08:00", "2027-03-31T10:00"),
        ("2028-02-24T10:00", LONDON, "2028-02-29T09:00", "2028-03-02T10:00"),
    ],
)
def test_a_reminder_comes_on_the_fifth_day_or_the_working_day_next_to_it_and_the_offer_lapses_on_the_seventh(
    offered_at: str, zone: str, reminded: str, lapses: str
) -> None:
    reminder, lapse = offer_promises(offered_at, zone)
    assert (reminder.kind, reminder.person, reminder.due) == (JobKind.OFFER_REMINDER, ADA, at(reminded))
    assert (lapse.kind, lapse.person, lapse.due) == (JobKind.OFFER_LAPSE, "", at(lapses))
    assert lapse.due - reminder.due >= timedelta(hours=16)


@pytest.mark.parametrize(
    ("now", "is_said"),
    [
        ("2027-01-11T09:00", True),
        ("2027-01-11T16:59", True),
        ("2027-01-12T09:59", True),
        ("2027-01-12T10:00", False),
        ("2027-01-15T12:00", False),
        ("2027-02-20T12:00", False),
    ],
)
def test_a_reminder_found_late_is_worth_sending_until_the_offer_lapses(now: str, is_said: bool) -> None:
    reminder, _ = offer_promises("2027-01-05T10:00", LONDON)
    expected = [(NotificationKind.OFFER_REMINDER, ADA)] if is_said else []
    assert offer_said(reminder, now, offered_at=at("2027-01-05T10:00")) == expected
    assert offer_said(reminder, now, offered_at=at("2027-01-05T10:00"), accepted_by=(ADA,)) == []
    assert offer_said(reminder, now, offered_at=at("2027-01-05T10:00"), accepted_by=(BEN,)) == expected


def test_a_reminder_found_at_night_waits_for_the_morning() -> None:
    reminder, _ = offer_promises("2027-01-05T10:00", LONDON)
    outcome = run_offer_job(
        reminder, offered(offered_at=at("2027-01-05T10:00")), person(ADA), PROGRAMME, at("2027-01-11T20:00")
    )
    assert outcome == Outcome((reminder.rescheduled(at("2027-01-12T09:00")),))


@pytest.mark.parametrize("state", [state for state in MatchState if state is not MatchState.OFFERED])
def test_nothing_is_said_of_an_offer_that_is_answered_or_gone(state: MatchState) -> None:
    for promise in offer_promises("2027-01-05T10:00", LONDON, KOLKATA):
        for one in (match(state=state), None):
            outcome = run_offer_job(promise, one, person(ADA), PROGRAMME, promise.due)
            assert outcome is not None
            assert is_done(outcome, promise)


def test_an_open_offer_that_lapses_is_left_to_the_round() -> None:
    *_, lapse = offer_promises("2027-01-05T10:00", LONDON, KOLKATA)
    assert run_offer_job(lapse, offered(), None, PROGRAMME, lapse.due) is None
