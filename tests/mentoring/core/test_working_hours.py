"""Nobody is written to out of their own working hours, wherever they live and whatever the clocks do."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mentoring.core.programmes import Programme
from mentoring.core.working_hours import (
    is_working_day,
    is_working_time,
    next_holiday,
    next_working_day,
    next_working_time,
    regional_holidays,
    regions,
    workday_start,
)
from tests.mentoring.calendars import CHRISTMAS, LONDONS, WEDNESDAYS, ZONES, at_work, programmes
from tests.mentoring.factories import KOLKATA, LONDON, NEW_YORK, UTC_ZONE
from tests.mentoring.values import PROGRAMME, at, person

LORD_HOWE, TROLL = "Australia/Lord_Howe", "Antarctica/Troll"
LONG_AGO, LONG_AFTER = date(2009, 1, 1), date(2033, 12, 31)
LONG = st.integers(0, 25 * 365 * 24 * 60).map(lambda minutes: at("2009-01-01T00:00") + timedelta(minutes=minutes))
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
    assert is_working_time(person(time_zone=zone), PROGRAMME, at(moment)) is decent


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
    assert workday_start(person(time_zone=zone), PROGRAMME, date.fromisoformat(day)) == at(moment)


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
    assert next_working_time(person(), PROGRAMME, at(moment)) == at(next_one)


def test_an_hour_that_the_clocks_skip_or_repeat_comes_once() -> None:
    early = replace(PROGRAMME, workday=(time(0, 30), time(9)))
    cairo = person(time_zone="Africa/Cairo")  # on Friday 30 April 2027 the clocks go from 00:00 to 01:00
    assert cairo.local(workday_start(cairo, early, date(2027, 4, 30))).isoformat() == "2027-04-30T01:30:00+03:00"
    beirut = person(time_zone="Asia/Beirut")
    for day in range(1, 31):
        assert beirut.local(workday_start(beirut, early, date(2027, 10, day))).time() == time(0, 30)


@given(ZONES, MOMENTS, WORKDAYS)
def test_the_next_decent_moment_is_decent_and_no_decent_one_lies_before_it(
    zone: str, now: datetime, workday: tuple[time, time]
) -> None:
    who, programme = person(time_zone=zone), replace(PROGRAMME, workday=workday)
    found = next_working_time(who, programme, now)
    assert is_working_time(who, programme, found)
    assert now <= found < now + timedelta(days=4)
    assert next_working_time(who, programme, found) == found
    step = (found - now) / 7
    assert found == now or not any(is_working_time(who, programme, now + step * part) for part in range(7))


@given(ZONES, st.dates(date(2026, 1, 1), date(2032, 12, 31)), WORKDAYS)
def test_every_working_morning_is_decent_and_on_that_day(zone: str, day: date, workday: tuple[time, time]) -> None:
    who, programme = person(time_zone=zone), replace(PROGRAMME, workday=workday)
    local = who.local(workday_start(who, programme, day))
    assert local.time() == workday[0]
    assert local.date() == (day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday()))


# Where the clocks change at the start of work.


@pytest.mark.parametrize(
    ("zone", "hours", "asked", "found"),
    [
        # New York skips from 02:00 to 03:00: 02:30 comes an hour later; a day whose hours are over by then is none.
        (NEW_YORK, ("02:30", "17:00"), "2027-03-14T05:00", "2027-03-14T07:30"),
        (NEW_YORK, ("02:30", "03:00"), "2027-03-14T05:00", "2027-03-15T06:30"),
        # And repeats from 01:00 to 02:00: the first 01:30 is asked for in time, the second while the first is over.
        (NEW_YORK, ("01:30", "17:00"), "2027-11-07T05:00", "2027-11-07T05:30"),
        (NEW_YORK, ("01:30", "17:00"), "2027-11-07T06:10", "2027-11-07T06:30"),
        (NEW_YORK, ("01:30", "02:00"), "2027-11-07T07:00", "2027-11-08T06:30"),
        # Lord Howe moves by half an hour: from 02:00 to 02:30, and back from 02:00 to 01:30.
        (LORD_HOWE, ("02:00", "17:00"), "2027-10-02T15:00", "2027-10-02T15:30"),
        (LORD_HOWE, ("02:00", "02:30"), "2027-10-02T15:00", "2027-10-03T15:00"),
        (LORD_HOWE, ("01:30", "17:00"), "2027-04-03T14:00", "2027-04-03T14:30"),
        # Apia had no 30 December 2011.
        ("Pacific/Apia", ("09:00", "17:00"), "2011-12-30T04:00", "2011-12-30T19:00"),
        # In Casablanca Ramadan has a clock of its own: an hour back on 7 February 2027, forward again on 14 March.
        ("Africa/Casablanca", ("02:30", "17:00"), "2027-03-14T00:00", "2027-03-14T02:30"),
        ("Africa/Casablanca", ("02:30", "17:00"), "2027-02-07T00:00", "2027-02-07T01:30"),
        # Troll moves by two hours, from 01:00 to 03:00.
        (TROLL, ("01:30", "17:00"), "2027-03-28T00:00", "2027-03-28T01:30"),
        (TROLL, ("01:30", "03:30"), "2027-03-28T00:00", "2027-03-28T23:30"),
        # In 2010 Newfoundland went back over midnight, from 00:01 to 23:01.
        ("America/St_Johns", ("00:00", "17:00"), "2010-11-07T03:00", "2010-11-07T03:30"),
    ],
)
def test_where_the_clocks_change_at_the_start_of_work_it_starts_once_it_can(
    zone: str, hours: tuple[str, str], asked: str, found: str
) -> None:
    who, programme = person(time_zone=zone), at_work(*hours)
    moment = next_working_time(who, programme, at(asked))
    assert moment == at(found)
    assert is_working_time(who, programme, moment)


def test_a_day_that_the_clocks_skip_has_no_morning() -> None:
    apia = person(time_zone="Pacific/Apia")
    weekdays = at_work("09:00", "17:00", every_day=False)
    assert apia.local(workday_start(apia, weekdays, date(2011, 12, 30))).isoformat() == "2012-01-02T09:00:00+14:00"


@pytest.mark.parametrize(
    ("programme", "moment", "next_one"),
    [
        (LONDONS, "2027-03-25T18:00", "2027-03-29T08:00"),
        (LONDONS, "2027-05-03T09:00", "2027-05-04T08:00"),
        (LONDONS, "2027-12-17T17:00", "2028-01-10T09:00"),
        (LONDONS, "2027-12-22T12:00", "2028-01-10T09:00"),
        (WEDNESDAYS, "2027-01-06T12:00", "2027-01-06T12:00"),
        (WEDNESDAYS, "2027-01-06T17:00", "2027-01-13T09:00"),
        (replace(WEDNESDAYS, closed_days=CHRISTMAS), "2027-12-15T17:00", "2028-01-12T09:00"),
        (replace(PROGRAMME, working_days=(5, 6)), "2027-01-04T12:00", "2027-01-09T09:00"),
    ],
)
def test_holidays_and_closed_days_are_no_working_days(programme: Programme, moment: str, next_one: str) -> None:
    assert next_working_time(person(), programme, at(moment)) == at(next_one)


@settings(max_examples=200)
@given(ZONES, LONG, programmes(LONG_AGO, LONG_AFTER))
@example("Pacific/Apia", at("2011-12-30T09:59"), PROGRAMME)
@example("America/St_Johns", at("2010-11-07T03:00"), at_work("00:00", "17:00"))
def test_whatever_the_clocks_and_the_calendar_do_the_next_decent_moment_is_decent_and_not_before_it_was_asked_for(
    zone: str, now: datetime, programme: Programme
) -> None:
    who = person(time_zone=zone)
    found = next_working_time(who, programme, now)
    assert found >= now
    assert is_working_time(who, programme, found)
    assert next_working_time(who, programme, found) == found
    # Clocks skip a day or its hours once at most.
    free = next_working_day(
        next_working_day(who.today(now) + timedelta(days=1), programme) + timedelta(days=1), programme
    )
    assert who.today(found) <= free


@settings(max_examples=200)
@given(ZONES, st.dates(LONG_AGO, LONG_AFTER), programmes(LONG_AGO, LONG_AFTER))
@example("Pacific/Apia", date(2011, 12, 30), at_work("09:00", "17:00"))
@example(NEW_YORK, date(2027, 3, 14), at_work("02:30", "03:00"))
@example(LORD_HOWE, date(2027, 10, 3), at_work("02:00", "02:30"))
def test_whatever_the_clocks_and_the_calendar_do_a_morning_is_decent_and_on_the_first_working_day(
    zone: str, day: date, programme: Programme
) -> None:
    who = person(time_zone=zone)
    found = workday_start(who, programme, day)
    local = who.local(found)
    assert is_working_time(who, programme, found)
    assert local.time() >= programme.workday[0]
    on = next_working_day(day, programme)
    assert local.date() == on or (local.date() > on and _clocks_change(zone, on))


def _clocks_change(zone: str, day: date) -> bool:
    """Whether they do on that day, or at its end."""
    who, noon = person(time_zone=zone), at(f"{day}T12:00")
    return who.local(noon - timedelta(days=2)).utcoffset() != who.local(noon + timedelta(days=2)).utcoffset()


def test_where_nobody_ever_works_nothing_is_decent_and_it_is_asked_again_later() -> None:
    never, now = replace(PROGRAMME, working_days=()), at("2027-01-04T12:00")
    assert now < next_working_time(person(), never, now) < now + timedelta(days=3)
    assert not is_working_time(person(), never, now)
    assert workday_start(person(), never, date(2027, 1, 4)) == at("2027-01-04T09:00")


@pytest.mark.parametrize(
    ("region", "day", "is_working"),
    [
        ("", date(2027, 3, 29), True),
        ("ENG", date(2027, 3, 29), False),
        ("SCT", date(2027, 3, 29), True),
        ("ENG", date(2027, 8, 30), False),
        ("SCT", date(2027, 8, 30), True),
        ("SCT", date(2027, 8, 2), False),
        ("XX", date(2027, 12, 27), False),
    ],
)
def test_the_holidays_of_the_region_are_no_working_days(region: str, day: date, *, is_working: bool) -> None:
    assert is_working_day(day, replace(PROGRAMME, country="GB", region=region)) is is_working


def test_the_next_holiday_is_the_one_of_the_region() -> None:
    after_good_friday = date(2027, 3, 27)
    assert next_holiday("GB", after_good_friday, "ENG") == (date(2027, 3, 29), "Easter Monday")
    assert next_holiday("GB", after_good_friday) == (date(2027, 5, 3), "May Day")
    assert next_holiday("GB", date(2027, 8, 1), "WLS") == (date(2027, 8, 30), "Late Summer Bank Holiday")


def test_what_only_some_regions_have_is_known_and_where_there_is_nothing_of_the_kind() -> None:
    assert "Easter Monday" in regional_holidays("GB", 2027).values()
    assert "Good Friday" not in regional_holidays("GB", 2027).values()
    assert set(regions("GB")) == {"ENG", "NIR", "SCT", "WLS"}
    assert regions("GB")["WLS"] == "Wales"
    for nowhere in ("", "ZZ", "IE"):
        assert regional_holidays(nowhere, 2027) == {}
        assert regions(nowhere) == {}
