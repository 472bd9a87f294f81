"""Dates as people and programs write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.written_dates import MONTHS, DateProblem, read_date

DAY = date(2020, 1, 31)
"""A Friday."""


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-31",
        "2020-1-31",
        "2020/01/31",
        "2020.01.31",
        "20200131",
        "31-Jan-2020",
        "31-JAN-2020",
        "31/Jan/2020",
        "31 Jan 2020",
        "31. Jan. 2020",
        "31 January 2020",
        "31st January 2020",
        "Jan 31, 2020",
        "January 31st, 2020",
        "Jan-31-2020",
        "Friday, 31 January 2020",
        "Fri, Jan 31, 2020",
        "2020-01-31 00:00:00",
        "2020-01-31T00:00",
        "2020-01-31T00:00:00.000Z",
        "31-Jan-2020 0:00",
        "2020/01/31 12:00:00 AM",
        "\u200b2020\u00a0-01-31 ".replace("\u00a0", ""),
    ],
)
def test_a_date_is_read(text: str) -> None:
    assert read_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("soon", DateProblem.NOT_A_DATE),
        ("", DateProblem.NOT_A_DATE),
        ("2020-W05-5", DateProblem.NOT_A_DATE),
        ("31 janvier 2020", DateProblem.NOT_A_DATE),
        ("31-Ja-2020", DateProblem.NOT_A_DATE),
        ("2020-01", DateProblem.NOT_A_DATE),
        ("31 January", DateProblem.NOT_A_DATE),
        ("2020-02-30", DateProblem.NO_SUCH_DAY),
        ("20201331", DateProblem.NO_SUCH_DAY),
        ("31 Feb 2020", DateProblem.NO_SUCH_DAY),
        ("Monday 31 January 2020", DateProblem.NO_SUCH_DAY),
        ("31.01.2020", DateProblem.DAY_OR_MONTH_FIRST),
        ("01/31/2020", DateProblem.DAY_OR_MONTH_FIRST),
        ("3-4-2020 00:00", DateProblem.DAY_OR_MONTH_FIRST),
        ("31-Jan-20", DateProblem.SHORT_YEAR),
        ("Jan 31, 20", DateProblem.SHORT_YEAR),
        ("31.01.20", DateProblem.SHORT_YEAR),
        ("43861", DateProblem.DAY_NUMBER),
        ("43861.0", DateProblem.DAY_NUMBER),
        ("2020-01-31 09:00", DateProblem.TIME_OF_DAY),
        ("2020-01-30T23:00:00Z", DateProblem.TIME_OF_DAY),
        ("2020-01-31 12:00 PM", DateProblem.TIME_OF_DAY),
    ],
)
def test_what_could_be_another_day_or_is_none_is_not_guessed(text: str, problem: DateProblem) -> None:
    assert read_date(text) is problem


@given(st.dates(date(1000, 1, 1)))
def test_every_date_is_read_however_it_is_written(day: date) -> None:
    month = MONTHS[day.month - 1]
    for text in (
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day.day}-{month[:3]}-{day.year}",
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
    ):
        assert read_date(text) == day


@given(st.text())
def test_anything_can_be_written(text: str) -> None:
    assert isinstance(read_date(text), date | DateProblem)
