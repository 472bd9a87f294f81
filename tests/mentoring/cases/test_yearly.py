"""What owners learn of cases: one figure of the past year, which never moves once it is shown."""

from datetime import date

import pytest

from mentoring.cases.yearly import CasesOfYear, cases_of_last_year

BEGAN = date(2026, 5, 1)


@pytest.mark.parametrize(("opened", "shown"), [(0, None), (1, None), (4, None), (5, 5), (12, 12)])
def test_a_few_read_like_none_and_five_as_a_number(opened: int, shown: int | None) -> None:
    counts = [(2026, opened)] if opened else []
    assert cases_of_last_year(counts, BEGAN, date(2027, 3, 1)) == CasesOfYear(2026, shown)


def test_the_current_year_is_not_shown_and_changes_nothing() -> None:
    for running in (0, 1, 30):
        counts = [(2026, 6), (2027, running)]
        assert cases_of_last_year(counts, BEGAN, date(2027, 12, 31)) == CasesOfYear(2026, 6)
    assert cases_of_last_year([(2026, 6), (2027, 7)], BEGAN, date(2028, 1, 1)) == CasesOfYear(2027, 7)


@pytest.mark.parametrize("first_day", [None, date(2027, 1, 1)])
def test_before_a_programme_is_a_year_old_there_is_no_past_year(first_day: date | None) -> None:
    assert cases_of_last_year([(2027, 9)], first_day, date(2027, 12, 31)) is None
