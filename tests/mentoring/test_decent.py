"""Nobody is written to out of their own working hours, wherever they live and whatever the clocks do."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.decent import decently, is_decent, morning_of, next_decent
from mentoring.outcome import Kind, Notice, Outcome
from tests.mentoring.factories import KOLKATA, LONDON, NEW_YORK, UTC_ZONE
from tests.mentoring.values import PROGRAMME, at, person

ZONES = st.sampled_from(sorted(available_timezones()))
MOMENTS = st.integers(0, 7 * 365 * 24 * 60).map(lambda minutes: at("2026-01-01T00:00") + timedelta(minutes=minutes))
WORKDAYS = st.tuples(st.integers(4, 11), st.integers(12, 23)).map(lambda hours: (time(hours[0]), time(hours[1], 30)))


@pytest.mark.parametrize(
    ("zone", "moment", "decent"),
    [
        (LONDON, "2027-01-04T08:59:59", False),
        (LONDON, "2027-01-04T09:00", True),
        (LONDON, "2027-01-04T16:59:59", True),
        (LONDON, "2027-01-04T17:00", False),
        (LONDON, "2027-01-08T12:00", True),
        (LONDON, "2027-01-09T12:00", False),
        (LONDON, "2027-01-10T12:00", False),
        (NEW_YORK, "2027-01-04T13:59", False),
        (NEW_YORK, "2027-01-04T14:00", True),
        (NEW_YORK, "2027-01-08T21:59", True),
        (KOLKATA, "2027-01-04T03:30", True),
        (KOLKATA, "2027-01-04T11:30", False),
        ("Pacific/Auckland", "2027-01-03T20:00", True),
        ("Nowhere/Atall", "2027-01-04T09:00", True),
    ],
)
def test_decent_is_in_working_hours_on_a_weekday_on_ones_own_clock(zone: str, moment: str, decent: bool) -> None:
    assert is_decent(person(time_zone=zone), PROGRAMME, at(moment)) is decent


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        # Clocks go forward on 14 March in New York and on 28 March in London, back on 7 November and 31 October.
        (NEW_YORK, "2027-03-12", "2027-03-12T14:00"),
        (NEW_YORK, "2027-03-14", "2027-03-15T13:00"),
        (LONDON, "2027-03-26", "2027-03-26T09:00"),
        (LONDON, "2027-03-28", "2027-03-29T08:00"),
        (LONDON, "2027-10-29", "2027-10-29T08:00"),
        (LONDON, "2027-10-31", "2027-11-01T09:00"),
        (NEW_YORK, "2027-11-05", "2027-11-05T13:00"),
        (NEW_YORK, "2027-11-07", "2027-11-08T14:00"),
        (KOLKATA, "2027-03-28", "2027-03-29T03:30"),
        (KOLKATA, "2027-10-31", "2027-11-01T03:30"),
        (UTC_ZONE, "2028-02-29", "2028-02-29T09:00"),
        (LONDON, "2027-01-02", "2027-01-04T09:00"),
    ],
)
def test_the_working_day_starts_at_nine_before_and_after_the_clocks_change(zone: str, day: str, moment: str) -> None:
    assert morning_of(person(time_zone=zone), PROGRAMME, date.fromisoformat(day)) == at(moment)


@pytest.mark.parametrize(
    ("moment", "next_one"),
    [
        ("2027-01-04T12:00", "2027-01-04T12:00"),
        ("2027-01-04T03:00", "2027-01-04T09:00"),
        ("2027-01-04T17:00", "2027-01-05T09:00"),
        ("2027-01-08T17:00", "2027-01-11T09:00"),
        ("2027-01-09T12:00", "2027-01-11T09:00"),
        ("2027-01-10T23:00", "2027-01-11T09:00"),
        ("2026-12-31T18:00", "2027-01-01T09:00"),
    ],
)
def test_what_cannot_be_said_now_is_said_the_next_working_morning(moment: str, next_one: str) -> None:
    assert next_decent(person(), PROGRAMME, at(moment)) == at(next_one)


def test_an_hour_that_the_clocks_skip_or_repeat_comes_once() -> None:
    early = replace(PROGRAMME, workday=(time(0, 30), time(9)))
    cairo = person(time_zone="Africa/Cairo")  # on Friday 30 April 2027 the clocks go from 00:00 to 01:00
    assert cairo.local(morning_of(cairo, early, date(2027, 4, 30))).isoformat() == "2027-04-30T01:30:00+03:00"
    beirut = person(time_zone="Asia/Beirut")
    for day in range(1, 31):
        assert beirut.local(morning_of(beirut, early, date(2027, 10, day))).time() == time(0, 30)


def test_what_is_owed_because_time_passed_waits_for_each_readers_own_morning() -> None:
    notices = tuple(Notice(f"k{n}", Kind.OFFER_OVER, f"U{n}") for n in range(3))
    people = {f"U{n}": person(f"U{n}", time_zone=zone) for n, zone in enumerate((LONDON, NEW_YORK, KOLKATA))}
    owed = decently(Outcome(("kept",), notices), people, PROGRAMME, at("2027-01-08T12:00"))
    assert owed.changes == ("kept",)
    assert owed.notices == (
        notices[0],
        replace(notices[1], due=at("2027-01-08T14:00")),
        replace(notices[2], due=at("2027-01-11T03:30")),
    )


@given(ZONES, MOMENTS, WORKDAYS)
def test_the_next_decent_moment_is_decent_and_no_decent_one_lies_before_it(
    zone: str, now: datetime, workday: tuple[time, time]
) -> None:
    who, programme = person(time_zone=zone), replace(PROGRAMME, workday=workday)
    found = next_decent(who, programme, now)
    assert is_decent(who, programme, found)
    assert now <= found < now + timedelta(days=4)
    assert next_decent(who, programme, found) == found
    step = (found - now) / 7
    assert found == now or not any(is_decent(who, programme, now + step * part) for part in range(7))


@given(ZONES, st.dates(date(2026, 1, 1), date(2032, 12, 31)), WORKDAYS)
def test_every_working_morning_is_decent_and_on_that_day(zone: str, day: date, workday: tuple[time, time]) -> None:
    who, programme = person(time_zone=zone), replace(PROGRAMME, workday=workday)
    local = who.local(morning_of(who, programme, day))
    assert local.time() == workday[0]
    assert local.date() == (day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday()))
