"""Which lines of the organisation's list are right, what they keep, and what is said of the others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.people import Person, StaffRecord, StaffRecords, Standing
from mentoring.core.programmes import Programme
from mentoring.people.staff_check import Change, Checked, Entry, check_staff, record_staff
from mentoring.people.staff_list import Column, Finding, Line, Problem

P, M = Column.PERSON, Column.MANAGER
TODAY = date(2026, 11, 23)
PROGRAMME = Programme(
    id="p1", name="Mentoring", departments=("Public services", "Führung"), grades=("Assistant", "Librarian")
)
IN_SLACK = {
    f"{name}@x": Person(f"U0{name.upper()}", Standing.MEMBER) for name in ("ada", "ben", "chi", "dee", "boss", "top")
}


def checked(*cells: Mapping[Column, str], people: Mapping[str, Person] = IN_SLACK, **more: Any) -> Checked:
    """The lines are numbered from 2, as in a file with a header."""
    lines = [Line(number, each) for number, each in enumerate(cells, 2)]
    usual = {"erased": frozenset(), "programme": PROGRAMME, "today": TODAY}
    by_id = {person.id: person for person in people.values()}
    return check_staff(lines, people={**people, **by_id}, **{**usual, **more})


def managed(*pairs: tuple[str, str], **more: Any) -> Checked:
    """Each person with their manager, by name: those in Slack and others."""
    named = [(f"{person}@x", manager and f"{manager}@x") for person, manager in pairs]
    return checked(*({P: person, M: manager} for person, manager in named), **more)


def kept(found: Checked) -> dict[str, str]:
    """The manager that is kept, by person."""
    return {entry.person: entry.values["manager"] for entry in found.entries}


def test_a_right_line_says_what_its_columns_hold_and_nothing_else() -> None:
    found = checked({P: "ada@x", Column.GRADE: "Librarian", Column.STARTED_ON: "2020-01-31"})
    assert found == Checked((Entry("U0ADA", {"grade": "Librarian", "started_on": date(2020, 1, 31)}),))


def test_an_empty_cell_clears() -> None:
    found = checked({P: "U0ADA", Column.DEPARTMENT: "", Column.GRADE: "", M: "", Column.STARTED_ON: ""})
    assert found.entries == (Entry("U0ADA", {"department": "", "grade": "", "manager": "", "started_on": None}),)
    assert found.findings == ()


@pytest.mark.parametrize("text", ["public services", "PUBLIC  SERVICES", "Public\u00a0services"])
def test_the_programmes_spelling_is_kept(text: str) -> None:
    (entry,) = checked({P: "ada@x", Column.DEPARTMENT: text}).entries
    assert entry.values == {"department": "Public services"}


def test_an_accent_that_is_put_together_otherwise_is_the_same() -> None:
    (entry,) = checked({P: "ada@x", Column.DEPARTMENT: "Fu\u0308hrung"}).entries
    assert entry.values == {"department": "Führung"}


@pytest.mark.parametrize("column", [Column.DEPARTMENT, Column.GRADE])
def test_what_the_programme_does_not_have_is_wrong_and_what_it_has_is_named(column: Column) -> None:
    found = checked({P: "ada@x", column: "Finance"})
    offered = PROGRAMME.departments if column is Column.DEPARTMENT else PROGRAMME.grades
    assert found == Checked(findings=(Finding(2, column, Problem.NOT_OFFERED, text="Finance", offered=offered),))


@pytest.mark.parametrize("text", ["2020-01-31", "2020-01-31 00:00:00", "2020-01-31T00:00", "2026-11-23"])
def test_a_date_may_have_the_midnight_of_a_spreadsheet(text: str) -> None:
    (entry,) = checked({P: "ada@x", Column.STARTED_ON: text}).entries
    assert entry.values == {"started_on": date.fromisoformat(text[:10])}


@pytest.mark.parametrize("text", ["31.01.2020", "2020-02-30", "20200131", "43861", "2020-W05-5", "2020-01-31 09:00"])
def test_what_is_no_date_is_wrong(text: str) -> None:
    assert checked({P: "ada@x", Column.STARTED_ON: text}).findings == (
        Finding(2, Column.STARTED_ON, Problem.NOT_A_DATE),
    )


def test_a_day_to_come_is_wrong() -> None:
    assert checked({P: "ada@x", Column.STARTED_ON: "2026-11-24"}).findings == (
        Finding(2, Column.STARTED_ON, Problem.IN_THE_FUTURE),
    )


@pytest.mark.parametrize(
    ("text", "problem"), [("", Problem.EMPTY), ("Ada Adams", Problem.NO_HANDLE), ("typo@x", Problem.NOBODY)]
)
def test_somebody_who_is_not_named_or_not_in_slack_is_wrong(text: str, problem: Problem) -> None:
    found = checked({P: text}, {P: "ben@x"})
    assert found.findings == (Finding(2, P, problem),)
    assert [entry.person for entry in found.entries] == ["U0BEN"]


def test_everything_that_is_wrong_with_a_line_is_said_at_once() -> None:
    found = checked({P: "typo@x", Column.GRADE: "Boss", M: "Bo Boss", Column.STARTED_ON: "long ago"})
    assert [finding.problem for finding in found.findings] == [
        Problem.NOBODY,
        Problem.NOT_OFFERED,
        Problem.NO_HANDLE,
        Problem.NOT_A_DATE,
    ]


def test_two_lines_about_one_person_are_both_wrong_however_they_name_them() -> None:
    found = checked({P: "ada@x"}, {P: "ben@x"}, {P: "U0ADA"}, {P: "ADA@X"})
    assert found.findings == (
        Finding(2, P, Problem.TWICE, (4, 5)),
        Finding(4, P, Problem.TWICE, (2, 5)),
        Finding(5, P, Problem.TWICE, (2, 4)),
    )
    assert [entry.person for entry in found.entries] == ["U0BEN"]


def test_guests_bots_and_closed_accounts_are_right_and_told_of() -> None:
    standings = (Standing.GUEST, Standing.BOT, Standing.DEACTIVATED)
    people = {f"{standing}@x": Person(f"U0{standing.upper()}", standing) for standing in standings}
    found = checked(*({P: handle} for handle in people), people=people)
    assert len(found.entries) == 3
    assert found.standings == {Standing.GUEST: (2,), Standing.BOT: (3,), Standing.DEACTIVATED: (4,)}


def test_somebody_of_another_workspace_is_nobody_here() -> None:
    people = {"far@x": Person("U0FAR", Standing.STRANGER)}
    assert checked({P: "far@x"}, people=people).findings == (Finding(2, P, Problem.NOBODY),)


def test_somebody_who_was_erased_stays_erased() -> None:
    found = checked({P: "ada@x"}, {P: "ben@x"}, erased={"U0ADA"})
    assert found.findings == (Finding(2, P, Problem.ERASED),)
    assert [entry.person for entry in found.entries] == ["U0BEN"]


def test_a_manager_in_slack_needs_no_line() -> None:
    assert kept(managed(("ada", "boss"))) == {"U0ADA": "U0BOSS"}


def test_a_manager_who_is_not_in_slack_is_passed_over_up_to_the_next_who_is() -> None:
    found = managed(("ada", "shy"), ("shy", "shyer"), ("shyer", "boss"), ("boss", ""))
    assert kept(found) == {"U0ADA": "U0BOSS", "U0BOSS": ""}
    assert (found.findings, found.steps) == ((), (3, 4))


def test_a_manager_who_was_erased_is_passed_over_too() -> None:
    found = managed(("ada", "ben"), ("ben", "boss"), erased={"U0BEN"})
    assert kept(found) == {"U0ADA": "U0BOSS"}
    assert (found.findings, found.steps) == ((), (3,))


def test_where_nobody_above_is_in_slack_there_is_no_manager() -> None:
    assert kept(managed(("ada", "shy"), ("shy", ""))) == {"U0ADA": ""}


def test_of_a_step_between_others_nothing_but_its_manager_is_looked_at() -> None:
    found = checked({P: "ada@x", M: "shy@x"}, {P: "shy@x", M: "boss@x", Column.GRADE: "Grand"})
    assert (found.findings, found.steps) == ((), (3,))


@pytest.mark.parametrize(("erased", "problem"), [((), Problem.NOBODY), (("U0BEN",), Problem.ERASED)])
def test_a_manager_of_whom_nothing_is_known_makes_the_line_wrong(erased: tuple[str, ...], problem: Problem) -> None:
    found = managed(("ada", "ben" if erased else "typo"), erased=erased)
    assert found == Checked(findings=(Finding(2, M, problem),))


def test_a_way_up_that_ends_is_said_in_each_line_that_takes_it_and_where_it_ends() -> None:
    found = managed(("ada", "shy"), ("ben", "shyer"), ("shy", "shyer"), ("shyer", "typo"))
    assert found.findings == (
        Finding(2, M, Problem.NOBODY, (5,)),
        Finding(3, M, Problem.NOBODY, (5,)),
        Finding(4, M, Problem.NOBODY, (5,)),
        Finding(5, M, Problem.NOBODY),
    )
    assert (found.entries, found.steps) == ((), ())


def test_a_manager_who_is_not_in_slack_and_has_two_lines_leads_nowhere() -> None:
    found = managed(("ada", "shy"), ("shy", "boss"), ("shy", "top"))
    assert Finding(2, M, Problem.TWICE, (3, 4)) in found.findings
    assert found.entries == ()


def test_a_manager_whose_own_manager_cannot_be_read_leads_nowhere() -> None:
    found = checked({P: "ada@x", M: "shy@x"}, {P: "shy@x", M: "Bo Boss"})
    assert found.findings == (Finding(2, M, Problem.NO_HANDLE, (3,)), Finding(3, M, Problem.NO_HANDLE))


def test_nobody_is_their_own_manager() -> None:
    found = checked({P: "ada@x", M: "U0ADA"}, {P: "ben@x", M: "ada@x"})
    assert found.findings == (Finding(2, M, Problem.OWN_MANAGER),)
    assert kept(found) == {"U0BEN": "U0ADA"}


def test_the_lines_of_a_circle_are_wrong_and_those_that_only_lead_to_it_are_not() -> None:
    found = managed(("ada", "ben"), ("ben", "chi"), ("chi", "ada"), ("dee", "ada"), ("top", ""))
    assert found.findings == tuple(Finding(number, M, Problem.CIRCLE, (2, 3, 4)) for number in (2, 3, 4))
    assert kept(found) == {"U0DEE": "U0ADA", "U0TOP": ""}


def test_a_circle_of_people_who_are_not_in_slack_leads_nowhere() -> None:
    found = managed(("ada", "shy"), ("shy", "shyer"), ("shyer", "shy"))
    assert [(finding.number, finding.problem, finding.others) for finding in found.findings] == [
        (number, Problem.CIRCLE, (3, 4)) for number in (2, 3, 4)
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
    assert len(found.entries) + len(wrong) + len(found.steps) == len(pairs)
    ids = {person.id for person in IN_SLACK.values()} - set(erased)
    for entry in found.entries:
        assert entry.person in ids
        assert entry.values["manager"] in ids | {""}
        assert entry.values["manager"] != entry.person


BEFORE = StaffRecord("U0ADA", "Archives", "Librarian", "U0BOSS", date(2020, 1, 7))


def test_what_a_list_does_not_say_stays() -> None:
    outcome, changes = record_staff([Entry("U0ADA", {"grade": "Head", "manager": ""})], {"U0ADA": BEFORE})
    assert outcome.changes == (StaffRecords((replace(BEFORE, grade="Head", manager=""),)),)
    assert changes == {"U0ADA": Change.CHANGED}


def test_somebody_new_is_kept_with_what_the_list_says() -> None:
    outcome, changes = record_staff([Entry("U0BEN", {"department": "Archives"})], {"U0ADA": BEFORE})
    assert outcome.changes == (StaffRecords((StaffRecord("U0BEN", "Archives"),)),)
    assert changes == {"U0BEN": Change.NEW}


def test_what_is_as_before_changes_nothing() -> None:
    outcome, changes = record_staff([Entry("U0ADA", {"grade": "Librarian"})], {"U0ADA": BEFORE})
    assert (outcome.changes, changes) == ((), {"U0ADA": Change.NONE})
