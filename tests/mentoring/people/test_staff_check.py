"""Which lines of the organisation's list are right, what they keep, and what is said of the others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.people import AccountStatus, Person, StaffRecord, StaffRecords
from mentoring.core.programmes import Programme
from mentoring.people.staff_check import RecordChange, StaffListCheck, StaffUpdate, check_staff, record_staff
from mentoring.people.staff_list import RowFinding, RowProblem, StaffColumn, StaffListRow

P, M = StaffColumn.PERSON, StaffColumn.MANAGER
TODAY = date(2026, 11, 23)
PROGRAMME = Programme(
    id="p1", name="Mentoring", departments=("Public services", "Führung"), grades=("Assistant", "Librarian")
)
IN_SLACK = {
    f"{name}@x": Person(f"U0{name.upper()}", AccountStatus.MEMBER)
    for name in ("ada", "ben", "chi", "dee", "boss", "top")
}


def checked(*cells: Mapping[StaffColumn, str], people: Mapping[str, Person] = IN_SLACK, **more: Any) -> StaffListCheck:
    """The lines are numbered from 2, as in a file with a header."""
    lines = [StaffListRow(number, each) for number, each in enumerate(cells, 2)]
    usual = {"erased": frozenset(), "programme": PROGRAMME, "today": TODAY}
    by_id = {person.id: person for person in people.values()}
    return check_staff(lines, people={**people, **by_id}, **{**usual, **more})


def managed(*pairs: tuple[str, str], **more: Any) -> StaffListCheck:
    """Each person with their manager, by name: those in Slack and others."""
    named = [(f"{person}@x", manager and f"{manager}@x") for person, manager in pairs]
    return checked(*({P: person, M: manager} for person, manager in named), **more)


def kept(found: StaffListCheck) -> dict[str, str]:
    """The manager that is kept, by person."""
    return {entry.person: entry.values["manager"] for entry in found.updates}


def test_a_right_line_says_what_its_columns_hold_and_nothing_else() -> None:
    found = checked({P: "ada@x", StaffColumn.GRADE: "Librarian", StaffColumn.STARTED_ON: "2020-01-31"})
    assert found == StaffListCheck((StaffUpdate("U0ADA", {"grade": "Librarian", "started_on": date(2020, 1, 31)}),))


def test_an_empty_cell_clears() -> None:
    found = checked({P: "U0ADA", StaffColumn.DEPARTMENT: "", StaffColumn.GRADE: "", M: "", StaffColumn.STARTED_ON: ""})
    assert found.updates == (StaffUpdate("U0ADA", {"department": "", "grade": "", "manager": "", "started_on": None}),)
    assert found.findings == ()


@pytest.mark.parametrize("text", ["public services", "PUBLIC  SERVICES", "Public\u00a0services"])
def test_the_programmes_spelling_is_kept(text: str) -> None:
    (entry,) = checked({P: "ada@x", StaffColumn.DEPARTMENT: text}).updates
    assert entry.values == {"department": "Public services"}


def test_an_accent_that_is_put_together_otherwise_is_the_same() -> None:
    (entry,) = checked({P: "ada@x", StaffColumn.DEPARTMENT: "Fu\u0308hrung"}).updates
    assert entry.values == {"department": "Führung"}


@pytest.mark.parametrize("column", [StaffColumn.DEPARTMENT, StaffColumn.GRADE])
def test_what_the_programme_does_not_have_is_wrong_and_what_it_has_is_named(column: StaffColumn) -> None:
    found = checked({P: "ada@x", column: "Finance"})
    offered = PROGRAMME.departments if column is StaffColumn.DEPARTMENT else PROGRAMME.grades
    assert found == StaffListCheck(
        findings=(RowFinding(2, column, RowProblem.NOT_OFFERED, text="Finance", offered=offered),)
    )


@pytest.mark.parametrize("text", ["2020-01-31", "2020-01-31 00:00:00", "2020-01-31T00:00", "2026-11-23"])
def test_a_date_may_have_the_midnight_of_a_spreadsheet(text: str) -> None:
    (entry,) = checked({P: "ada@x", StaffColumn.STARTED_ON: text}).updates
    assert entry.values == {"started_on": date.fromisoformat(text[:10])}


@pytest.mark.parametrize("text", ["2020/01/31", "20200131", "31-Jan-2020", "31 January 2020"])
def test_a_date_may_be_written_in_several_ways(text: str) -> None:
    (entry,) = checked({P: "ada@x", StaffColumn.STARTED_ON: text}).updates
    assert entry.values == {"started_on": date(2020, 1, 31)}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31.01.2020", RowProblem.DAY_OR_MONTH_FIRST),
        ("2020-02-30", RowProblem.NO_SUCH_DAY),
        ("43861", RowProblem.DAY_NUMBER),
        ("2020-W05-5", RowProblem.NOT_A_DATE),
        ("2020-01-31 09:00", RowProblem.TIME_OF_DAY),
        ("31-Jan-20", RowProblem.SHORT_YEAR),
    ],
)
def test_what_is_no_date_is_wrong_and_says_what_it_is(text: str, problem: RowProblem) -> None:
    assert checked({P: "ada@x", StaffColumn.STARTED_ON: text}).findings == (
        RowFinding(2, StaffColumn.STARTED_ON, problem),
    )


def test_a_day_to_come_is_wrong() -> None:
    assert checked({P: "ada@x", StaffColumn.STARTED_ON: "2026-11-24"}).findings == (
        RowFinding(2, StaffColumn.STARTED_ON, RowProblem.IN_THE_FUTURE),
    )


@pytest.mark.parametrize(
    ("text", "problem"), [("", RowProblem.EMPTY), ("Ada Adams", RowProblem.NO_HANDLE), ("typo@x", RowProblem.NOBODY)]
)
def test_somebody_who_is_not_named_or_not_in_slack_is_wrong(text: str, problem: RowProblem) -> None:
    found = checked({P: text}, {P: "ben@x"})
    assert found.findings == (RowFinding(2, P, problem),)
    assert [entry.person for entry in found.updates] == ["U0BEN"]


def test_everything_that_is_wrong_with_a_line_is_said_at_once() -> None:
    found = checked({P: "typo@x", StaffColumn.GRADE: "Boss", M: "Bo Boss", StaffColumn.STARTED_ON: "long ago"})
    assert [finding.problem for finding in found.findings] == [
        RowProblem.NOBODY,
        RowProblem.NOT_OFFERED,
        RowProblem.NO_HANDLE,
        RowProblem.NOT_A_DATE,
    ]


def test_two_lines_about_one_person_are_both_wrong_however_they_name_them() -> None:
    found = checked({P: "ada@x"}, {P: "ben@x"}, {P: "U0ADA"}, {P: "ADA@X"})
    assert found.findings == (
        RowFinding(2, P, RowProblem.TWICE, (4, 5)),
        RowFinding(4, P, RowProblem.TWICE, (2, 5)),
        RowFinding(5, P, RowProblem.TWICE, (2, 4)),
    )
    assert [entry.person for entry in found.updates] == ["U0BEN"]


def test_guests_bots_and_closed_accounts_are_right_and_told_of() -> None:
    standings = (AccountStatus.GUEST, AccountStatus.BOT, AccountStatus.DEACTIVATED)
    people = {f"{standing}@x": Person(f"U0{standing.upper()}", standing) for standing in standings}
    found = checked(*({P: handle} for handle in people), people=people)
    assert len(found.updates) == 3
    assert found.non_members == {AccountStatus.GUEST: (2,), AccountStatus.BOT: (3,), AccountStatus.DEACTIVATED: (4,)}


def test_somebody_of_another_workspace_is_nobody_here() -> None:
    people = {"far@x": Person("U0FAR", AccountStatus.STRANGER)}
    assert checked({P: "far@x"}, people=people).findings == (RowFinding(2, P, RowProblem.NOBODY),)


def test_somebody_who_was_erased_stays_erased() -> None:
    found = checked({P: "ada@x"}, {P: "ben@x"}, erased={"U0ADA"})
    assert found.findings == (RowFinding(2, P, RowProblem.ERASED),)
    assert [entry.person for entry in found.updates] == ["U0BEN"]


def test_a_manager_in_slack_needs_no_line() -> None:
    assert kept(managed(("ada", "boss"))) == {"U0ADA": "U0BOSS"}


def test_a_manager_who_is_not_in_slack_is_passed_over_up_to_the_next_who_is() -> None:
    found = managed(("ada", "shy"), ("shy", "shyer"), ("shyer", "boss"), ("boss", ""))
    assert kept(found) == {"U0ADA": "U0BOSS", "U0BOSS": ""}
    assert (found.findings, found.intermediates) == ((), (3, 4))


def test_a_manager_who_was_erased_is_passed_over_too() -> None:
    found = managed(("ada", "ben"), ("ben", "boss"), erased={"U0BEN"})
    assert kept(found) == {"U0ADA": "U0BOSS"}
    assert (found.findings, found.intermediates) == ((), (3,))


def test_where_nobody_above_is_in_slack_there_is_no_manager() -> None:
    assert kept(managed(("ada", "shy"), ("shy", ""))) == {"U0ADA": ""}


def test_of_a_step_between_others_nothing_but_its_manager_is_looked_at() -> None:
    found = checked({P: "ada@x", M: "shy@x"}, {P: "shy@x", M: "boss@x", StaffColumn.GRADE: "Grand"})
    assert (found.findings, found.intermediates) == ((), (3,))


@pytest.mark.parametrize(("erased", "problem"), [((), RowProblem.NOBODY), (("U0BEN",), RowProblem.ERASED)])
def test_a_manager_of_whom_nothing_is_known_makes_the_line_wrong(erased: tuple[str, ...], problem: RowProblem) -> None:
    found = managed(("ada", "ben" if erased else "typo"), erased=erased)
    assert found == StaffListCheck(findings=(RowFinding(2, M, problem),))


def test_a_way_up_that_ends_is_said_in_each_line_that_takes_it_and_where_it_ends() -> None:
    found = managed(("ada", "shy"), ("ben", "shyer"), ("shy", "shyer"), ("shyer", "typo"))
    assert found.findings == (
        RowFinding(2, M, RowProblem.NOBODY, (5,)),
        RowFinding(3, M, RowProblem.NOBODY, (5,)),
        RowFinding(4, M, RowProblem.NOBODY, (5,)),
        RowFinding(5, M, RowProblem.NOBODY),
    )
    assert (found.updates, found.intermediates) == ((), ())


def test_a_manager_who_is_not_in_slack_and_has_two_lines_leads_nowhere() -> None:
    found = managed(("ada", "shy"), ("shy", "boss"), ("shy", "top"))
    assert RowFinding(2, M, RowProblem.TWICE, (3, 4)) in found.findings
    assert found.updates == ()


def test_a_manager_whose_own_manager_cannot_be_read_leads_nowhere() -> None:
    found = checked({P: "ada@x", M: "shy@x"}, {P: "shy@x", M: "Bo Boss"})
    assert found.findings == (RowFinding(2, M, RowProblem.NO_HANDLE, (3,)), RowFinding(3, M, RowProblem.NO_HANDLE))


def test_nobody_is_their_own_manager() -> None:
    found = checked({P: "ada@x", M: "U0ADA"}, {P: "ben@x", M: "ada@x"})
    assert found.findings == (RowFinding(2, M, RowProblem.OWN_MANAGER),)
    assert kept(found) == {"U0BEN": "U0ADA"}


def test_the_lines_of_a_circle_are_wrong_and_those_that_only_lead_to_it_are_not() -> None:
    found = managed(("ada", "ben"), ("ben", "chi"), ("chi", "ada"), ("dee", "ada"), ("top", ""))
    assert found.findings == tuple(RowFinding(number, M, RowProblem.CIRCLE, (2, 3, 4)) for number in (2, 3, 4))
    assert kept(found) == {"U0DEE": "U0ADA", "U0TOP": ""}


def test_a_circle_of_people_who_are_not_in_slack_leads_nowhere() -> None:
    found = managed(("ada", "shy"), ("shy", "shyer"), ("shyer", "shy"))
    assert [(finding.number, finding.problem, finding.others) for finding in found.findings] == [
        (number, RowProblem.CIRCLE, (3, 4)) for number in (2, 3, 4)
    ]


def test_a_line_of_ten_thousand_people_who_are_not_in_slack_is_followed() -> None:
    steps = [(f"s{number}", f"s{number + 1}") for number in range(10_000)]
    found = managed(("ada", "s0"), *steps, ("s10000", "boss"), ("ben", "s5000"))
    assert kept(found) == {"U0ADA": "U0BOSS", "U0BEN": "U0BOSS"}


NAMES = st.sampled_from(["ada", "ben", "chi", "boss", "shy", "shyer", "typo"])


@given(st.lists(st.tuples(NAMES, st.one_of(st.just(""), NAMES)), max_size=8), st.booleans())
def test_whatever_a_list_says_every_line_is_right_wrong_or_a_step(pairs: list[tuple[str, str]], erases: bool) -> None:
    erased = {"U0BOSS"} if erases else frozenset()
    found = managed(*pairs, erased=erased)
    wrong = {finding.number for finding in found.findings}
    assert len(found.updates) + len(wrong) + len(found.intermediates) == len(pairs)
    ids = {person.id for person in IN_SLACK.values()} - set(erased)
    for entry in found.updates:
        assert entry.person in ids
        assert entry.values["manager"] in ids | {""}
        assert entry.values["manager"] != entry.person


BEFORE = StaffRecord("U0ADA", "Archives", "Librarian", "U0BOSS", date(2020, 1, 7))


def test_what_a_list_does_not_say_stays() -> None:
    outcome, changes = record_staff([StaffUpdate("U0ADA", {"grade": "Head", "manager": ""})], {"U0ADA": BEFORE})
    assert outcome.changes == (StaffRecords((replace(BEFORE, grade="Head", manager=""),)),)
    assert changes == {"U0ADA": RecordChange.CHANGED}


def test_somebody_new_is_kept_with_what_the_list_says() -> None:
    outcome, changes = record_staff([StaffUpdate("U0BEN", {"department": "Archives"})], {"U0ADA": BEFORE})
    assert outcome.changes == (StaffRecords((StaffRecord("U0BEN", "Archives"),)),)
    assert changes == {"U0BEN": RecordChange.NEW}


def test_what_is_as_before_changes_nothing() -> None:
    outcome, changes = record_staff([StaffUpdate("U0ADA", {"grade": "Librarian"})], {"U0ADA": BEFORE})
    assert (outcome.changes, changes) == ((), {"U0ADA": RecordChange.NONE})
