"""On which days a programme works, and what its country has to do with it."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pycountry
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.core.programmes import Programme
from mentoring.core.working_hours import (
    is_working_day,
    last_working_day_before,
    next_holiday,
    next_working_day,
    public_holidays,
)
from tests.mentoring.calendars import CHRISTMAS, WEDNESDAYS, programmes
from tests.mentoring.values import PROGRAMME

FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)


@pytest.mark.parametrize(
    ("settings", "day", "first"),
    [
        ({}, "2027-01-04", "2027-01-04"),
        ({}, "2027-01-09", "2027-01-11"),
        ({"working_days": (6, 0, 1, 2, 3)}, "2027-01-10", "2027-01-10"),
        ({"working_days": (6, 0, 1, 2, 3)}, "2027-01-08", "2027-01-10"),
        ({"working_days": (2,)}, "2027-01-07", "2027-01-13"),
        # Good Friday is one everywhere in the United Kingdom, Easter Monday is not one in Scotland.
        ({"country": "GB"}, "2027-03-26", "2027-03-29"),
        ({"country": "DE"}, "2027-03-26", "2027-03-30"),
        ({"country": "GB"}, "2027-05-03", "2027-05-04"),
        ({}, "2027-03-26", "2027-03-26"),
        # Christmas and Boxing Day fall on a weekend and are made up for on Monday and Tuesday.
        ({"country": "GB"}, "2027-12-25", "2027-12-29"),
        ({"country": "US"}, "2027-12-31", "2028-01-03"),
        ({"country": "ZZ"}, "2027-12-27", "2027-12-27"),
        ({"closed_days": (date(2027, 1, 4), date(2027, 1, 5))}, "2027-01-04", "2027-01-06"),
        ({"closed_days": CHRISTMAS}, "2027-12-20", "2028-01-10"),
        ({"closed_days": CHRISTMAS, "working_days": (2,)}, "2027-12-16", "2028-01-12"),
        ({"closed_days": (date(2028, 2, 29),)}, "2028-02-29", "2028-03-01"),
    ],
)
def test_the_next_working_day_is_neither_closed_nor_a_holiday(settings: dict[str, Any], day: str, first: str) -> None:
    programme = replace(PROGRAMME, **settings)
    assert next_working_day(date.fromisoformat(day), programme) == date.fromisoformat(first)


@pytest.mark.parametrize(
    ("settings", "day", "last"),
    [
        ({}, "2027-01-05", "2027-01-04"),
        ({}, "2027-01-04", "2027-01-01"),
        ({"country": "GB"}, "2027-12-29", "2027-12-24"),
        ({"closed_days": CHRISTMAS}, "2028-01-05", "2027-12-17"),
        ({"working_days": ()}, "2027-01-05", "2027-01-04"),
    ],
)
def test_the_last_working_day_before_is_neither_closed_nor_a_holiday(
    settings: dict[str, Any], day: str, last: str
) -> None:
    programme = replace(PROGRAMME, **settings)
    assert last_working_day_before(date.fromisoformat(day), programme) == date.fromisoformat(last)


@given(programmes(FIRST, LAST), st.dates(FIRST, LAST))
def test_whatever_the_set_up_lets_through_works_again_and_misses_no_day(programme: Programme, day: date) -> None:
    found = next_working_day(day, programme)
    assert is_working_day(found, programme)
    assert not any(is_working_day(day + timedelta(days=n), programme) for n in range((found - day).days))


@pytest.mark.parametrize(
    "programme",
    [
        replace(PROGRAMME, working_days=()),
        replace(PROGRAMME, working_days=(9,)),
        replace(WEDNESDAYS, closed_days=tuple(date(2027, 1, 6) + timedelta(weeks=n) for n in range(600))),
    ],
)
def test_a_programme_that_never_works_is_asked_in_vain_and_soon(programme: Programme) -> None:
    day = date(2027, 1, 4)
    assert next_working_day(day, programme) == day
    assert not is_working_day(day, programme)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([country.alpha_2 for country in pycountry.countries]), st.integers(2026, 2040))
def test_every_country_of_the_menu_has_holidays_that_can_be_named(country: str, year: int) -> None:
    found = public_holidays(country, year)
    assert all(day.year == year and name for day, name in found.items())
    assert list(found) == sorted(found)
    assert len(found) < 60


def test_the_next_holiday_has_a_name_even_in_the_next_year() -> None:
    assert next_holiday("GB", date(2027, 3, 26)) == (date(2027, 3, 26), "Good Friday")
    assert next_holiday("GB", date(2027, 3, 27)) == (date(2027, 5, 3), "May Day")
    assert next_holiday("DE", date(2027, 12, 27)) == (date(2028, 1, 1), "New Year's Day")
    assert next_holiday("", date(2027, 3, 26)) is None
    assert next_holiday("ZZ", date(2027, 3, 26)) is None


def test_the_calendars_of_all_countries_do_not_slow_down_the_start() -> None:
    asks = "import sys, bot.cli, bot.app; print('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True).stdout == "False\n"
