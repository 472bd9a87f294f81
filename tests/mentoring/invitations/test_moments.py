"""What counts as a moment: what is known for the first time does not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.core.people import StaffRecord
from mentoring.core.programmes import InvitationMoment
from mentoring.invitations.moments import MomentNoted, TitleNoted, moments_of, title_moment
from tests.mentoring.factories import ADA, BEN, CHI

TODAY = date(2026, 12, 7)
STORED = StaffRecord(ADA, "Maps", manager=BEN)


def found(
    after: StaffRecord, before: StaffRecord | None = STORED, managers: tuple[str, ...] = (BEN,)
) -> list[tuple[str, str]]:
    known = {before.person: before} if before else {}
    noted = moments_of(known, [after], managers, frozenset(InvitationMoment), TODAY)
    assert all(each.on == TODAY for each in noted)
    return [(each.person, str(each.moment)) for each in noted]


@pytest.mark.parametrize(("department", "expected"), [("Archives", [(ADA, "change")]), ("Maps", []), ("", [])])
def test_another_department_is_a_change_and_none_is_not(department: str, expected: list[tuple[str, str]]) -> None:
    assert found(replace(STORED, department=department)) == expected


def test_the_first_department_that_is_known_is_no_change() -> None:
    assert found(STORED, replace(STORED, department="")) == []
    assert found(STORED, None, ()) == []


def test_a_person_who_manages_nobody_yet_gets_somebody_to_manage() -> None:
    moved = replace(STORED, manager=CHI)
    assert found(moved) == [(CHI, "manager")]
    assert found(moved, managers=(BEN, CHI)) == []
    assert found(moved, replace(STORED, manager=""), ()) == []
    hired = replace(moved, started_on=TODAY - timedelta(weeks=8))
    assert found(hired, None, ()) == [(CHI, "manager")]
    assert found(replace(hired, started_on=TODAY - timedelta(weeks=9)), None, ()) == []


def test_only_what_a_programme_wants_is_noted() -> None:
    both = replace(STORED, department="Archives", manager=CHI)
    noted = moments_of({ADA: STORED}, [both], (BEN,), {InvitationMoment.CHANGE}, TODAY)
    assert noted == (MomentNoted(ADA, InvitationMoment.CHANGE, TODAY),)


@pytest.mark.parametrize(
    ("before", "mark", "is_change"), [("", "a", False), ("a", "b", True), ("a", "", False), ("a", "a", None)]
)
def test_a_title_that_changes_is_a_moment(before: str, mark: str, is_change: bool | None) -> None:
    saved = title_moment(ADA, before, mark, TODAY)
    if is_change is None:
        assert saved == ()
    else:
        changed = (MomentNoted(ADA, InvitationMoment.CHANGE, TODAY),) if is_change else ()
        assert saved == (TitleNoted(ADA, mark), *changed)
