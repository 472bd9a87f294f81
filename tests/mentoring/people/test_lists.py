"""Reading the cells of a list."""

import pytest

from mentoring.people.lists import CellReader, ListColumn, ListProblem, ListRow, parts

OFFERED = ("Career planning", "Teaching, training and talks", "Job search")


def reader(cells: dict[ListColumn, str]) -> CellReader:
    return CellReader(ListRow(2, cells), {}, frozenset())


@pytest.mark.parametrize(
    "cell", ["job SEARCH; career  planning", "Job search\nCareer planning", "job search,career planning"]
)
def test_several_choices_are_read_in_the_order_of_the_programme(cell: str) -> None:
    cells = reader({ListColumn.TOPICS: cell})
    assert cells.choices(ListColumn.TOPICS, OFFERED) == ("Career planning", "Job search")
    assert not cells.findings


def test_a_choice_with_a_comma_in_it_is_one() -> None:
    cells = reader({ListColumn.TOPICS: "Teaching, training and talks; Job search"})
    assert cells.choices(ListColumn.TOPICS, OFFERED) == OFFERED[1:]
    assert parts("a, b; c", ["a, b"]) == ["a, b", "c"]


@pytest.mark.parametrize(("cell", "number"), [("6", 6), ("6 months", 6), ("1 Month", 1), ("", None)])
def test_a_number_may_have_its_unit(cell: str, number: int | None) -> None:
    cells = reader({ListColumn.MONTHS: cell})
    assert cells.number(ListColumn.MONTHS, least=1, most=12, unit="month") == number
    assert not cells.findings


@pytest.mark.parametrize("cell", ["six", "6.5", "-6", "99999999999999999999", "²"])
def test_what_is_no_whole_number_is_refused(cell: str) -> None:
    cells = reader({ListColumn.MONTHS: cell})
    assert cells.number(ListColumn.MONTHS, least=1, most=12) is None
    assert [finding.problem for finding in cells.findings] == [ListProblem.NOT_A_NUMBER]
