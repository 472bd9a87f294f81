"""Working days in words, and closed days as people write them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.roles import RoleHolders
from mentoring.programmes.settings import MOST_CLOSED_DAYS
from messages import programmes
from messages.payloads import limits
from messages.programmes.days import country_in_a_sentence, list_days, read_days, working_days
from messages.text import date as spelt
from tests.messages.examples import COHORT, IN_TIME, OWEN, PLAIN

EVE = date(2027, 12, 24)
"""A Friday."""


@pytest.mark.parametrize(
    "line",
    [
        "2027-12-24",
        "24 December 2027",
        " 24  december 2027. ",
        "24 Dec 2027",
        "24 Dec. 2027",
        "24 December, 2027",
        "Friday 24 December 2027",
        "Friday, 24 December 2027",
        "Fri 24 Dec 2027",
        "24\u00a0December 2027",
        "2027/12/24",
        "20271224",
        "24-Dec-2027",
        "December 24, 2027",
    ],
)
def test_a_date_is_read_as_it_is_written_here_and_as_machines_write_it(line: str) -> None:
    assert read_days(line) == ((EVE,), ())


@pytest.mark.parametrize(
    "line",
    [
        "Christmas",
        "24 December",
        "24/12/2027",
        "12/24/2027",
        "30 February 2027",
        "2027-02-29",
        "24 De 2027",
        "Monday 24 December 2027",
        "Someday 24 December 2027",
        "24 December 2027 to 3 January 2028",
        "٢٤ December 2027",
        "24 December 0000",
    ],
)
def test_what_could_be_another_day_or_is_none_is_not_guessed(line: str) -> None:
    assert read_days(f"2027-12-27\n{line}") == ((date(2027, 12, 27),), (2,))


def test_lines_are_counted_as_they_are_seen_and_blank_ones_are_passed_over() -> None:
    assert read_days("\n27 December 2027\n\nlater\n2027-12-24\r\n24 Dec 2027\nsoon") == (
        (EVE, date(2027, 12, 27)),
        (4, 7),
    )
    assert read_days("") == ((), ())


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["date", "date_short", "date_long", "date_num"]))
def test_every_date_that_we_write_is_read(day: date, style: str) -> None:
    assert read_days(spelt(day, style)) == ((day,), ())


@given(st.text(max_size=200))
def test_anything_can_be_typed(text: str) -> None:
    days, unread = read_days(text)
    assert len(days) + len(unread) <= len(text.splitlines())


def test_as_many_days_as_there_may_be_fit_into_the_field() -> None:
    longest = tuple(date(2027 + year, 9, 30) for year in range(MOST_CLOSED_DAYS))
    assert len(list_days(longest)) <= limits.TYPED
    assert read_days(list_days(longest)) == (longest, ())


@pytest.mark.parametrize(
    ("weekdays", "country", "closed", "words"),
    [
        ((0, 1, 2, 3, 4), "", 0, "Monday to Friday"),
        ((0, 1, 2, 3, 4, 5, 6), "", 0, "Monday to Sunday"),
        ((0, 1, 2, 3, 6), "", 0, "Sunday to Thursday"),
        ((2,), "", 1, "Wednesday, except 1 closed day"),
        ((0, 1), "", 0, "Monday and Tuesday"),
        ((0, 2, 4), "", 0, "Monday, Wednesday and Friday"),
        ((0, 1, 2, 4), "", 0, "Monday to Wednesday and Friday"),
        ((5, 6), "", 0, "Saturday and Sunday"),
        ((), "", 0, "none"),
        (
            (0, 1, 2, 3, 4),
            "GB",
            2,
            "Monday to Friday, except the public holidays of the United Kingdom and 2 closed days",
        ),
        ((0, 1, 2, 3, 4), "FR", 0, "Monday to Friday, except the public holidays of France"),
        ((0, 1, 2, 3, 4), "ZZ", 0, "Monday to Friday"),
    ],
)
def test_the_days_that_count_are_said_in_words(
    weekdays: tuple[int, ...], country: str, closed: int, words: str
) -> None:
    days = (date(2027, 1, 1), *(date(2027, 6, day + 1) for day in range(closed)))
    assert working_days(replace(PLAIN, working_days=weekdays, country=country, closed_days=days), IN_TIME) == words


def test_the_card_names_the_next_holiday_and_says_where_we_know_none() -> None:
    cards = {
        country: str(programmes.card(replace(PLAIN, country=country), COHORT, RoleHolders((OWEN,)), IN_TIME).payload())
        for country in ("", "GB", "ZZ")
    }
    assert "Good Friday, on Friday 26 March 2027" in cards["GB"]
    assert "not set. Public holidays count as working days." in cards[""]
    assert "ZZ. We don’t know its public holidays." in cards["ZZ"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("GB", "the United Kingdom"),
        ("US", "the United States"),
        ("NL", "the Netherlands"),
        ("DO", "the Dominican Republic"),
        ("FK", "the Falkland Islands (Malvinas)"),
        ("CG", "the Congo"),
        ("DE", "Germany"),
        ("IE", "Ireland"),
        ("TC", "the Turks and Caicos Islands"),
    ],
)
def test_a_country_has_its_article_inside_a_sentence(code: str, name: str) -> None:
    assert country_in_a_sentence(code) == name
