"""Whom the programme is for, and what of the organisation's list stands in the form from the start."""

from dataclasses import replace
from datetime import date

import pytest

from mentoring.applications.application import Role
from mentoring.applications.errors import OutsideSegment
from mentoring.applications.submission import check_segment, known_before
from mentoring.core.errors import Missing, NoLongerOffered
from mentoring.core.fields import FieldName
from mentoring.core.people import AccountStatus, Person, StaffRecord
from mentoring.core.programmes import Segment
from tests.mentoring.values import ADA, BOSS, OFFER, PROGRAMME, REQUEST, kept, person, refusals, send

LISTED = replace(PROGRAMME, departments=("Archives", "IT"), grades=("A", "B", "C"))
OF_SOME = replace(LISTED, for_mentees=Segment(("IT",), ("A", "B")), for_mentors=Segment((), ("C",)))
UNASKED = replace(OF_SOME, departments=(), grades=())
IN_IT = StaffRecord(ADA.id, "IT", "B", BOSS.id, date(2020, 1, 7))
TODAY = date(2026, 11, 25)


def test_who_is_of_the_segment_may_apply() -> None:
    assert refusals(replace(REQUEST, department="IT", grade="B"), programme=OF_SOME) == ()
    assert refusals(replace(OFFER, department="Archives", grade="C"), programme=OF_SOME) == ()


def test_who_is_outside_is_told_at_the_department_and_at_the_grade() -> None:
    assert refusals(replace(REQUEST, department="Archives", grade="C"), programme=OF_SOME) == (
        OutsideSegment(FieldName.DEPARTMENT, "mentee"),
        OutsideSegment(FieldName.GRADE, "mentee"),
    )
    assert refusals(replace(OFFER, department="Archives", grade="A"), programme=OF_SOME) == (
        OutsideSegment(FieldName.GRADE, "mentor"),
    )


def test_a_question_that_is_still_open_is_asked_and_nothing_else_is_said_of_it() -> None:
    assert refusals(replace(REQUEST, department="", grade="Z"), programme=OF_SOME) == (
        Missing(FieldName.DEPARTMENT),
        NoLongerOffered(FieldName.GRADE),
    )


def test_what_somebody_says_counts_before_what_the_list_says() -> None:
    moved = replace(IN_IT, department="Archives", grade="C")
    assert refusals(replace(REQUEST, department="IT", grade="A"), programme=OF_SOME, record=moved) == ()


def test_where_the_form_does_not_ask_the_list_counts() -> None:
    assert refusals(REQUEST, programme=UNASKED, record=IN_IT) == ()
    outside = (OutsideSegment(FieldName.DEPARTMENT, "mentee"),)
    assert refusals(REQUEST, programme=UNASKED, record=replace(IN_IT, department="Archives")) == outside


@pytest.mark.parametrize("record", [None, StaffRecord(ADA.id)])
def test_who_is_not_on_the_list_is_outside_and_hears_that_we_do_not_know(record: StaffRecord | None) -> None:
    assert refusals(REQUEST, programme=UNASKED, record=record) == (
        OutsideSegment(FieldName.DEPARTMENT, "mentee", known=False),
        OutsideSegment(FieldName.GRADE, "mentee", known=False),
    )


def test_an_application_from_before_the_programme_was_for_some_is_refused_when_it_is_changed() -> None:
    before = kept(send(replace(REQUEST, department="Archives", grade="A"), programme=LISTED))
    changed = replace(REQUEST, department="Archives", grade="A", months=7)
    assert refusals(changed, programme=OF_SOME, before=before) == (OutsideSegment(FieldName.DEPARTMENT, "mentee"),)


def test_it_is_said_before_anything_is_typed_where_the_form_would_not_ask() -> None:
    check_segment(Role.MENTEE, UNASKED, IN_IT)
    check_segment(Role.MENTEE, OF_SOME, None)
    with pytest.raises(OutsideSegment) as raised:
        check_segment(Role.MENTOR, UNASKED, IN_IT)
    assert (raised.value.field, raised.value.role, raised.value.known) == (FieldName.GRADE, "mentor", True)


def test_what_the_list_says_stands_in_the_form_from_the_start() -> None:
    assert known_before(IN_IT, BOSS, Role.MENTOR, LISTED, TODAY) == IN_IT
    assert known_before(IN_IT, BOSS, Role.MENTEE, LISTED, TODAY) == replace(IN_IT, started_on=None)


def test_what_the_form_would_not_take_is_left_out() -> None:
    elsewhere = replace(IN_IT, department="Gardens", grade="Z", started_on=date(2026, 11, 26))
    assert known_before(elsewhere, BOSS, Role.MENTOR, LISTED, TODAY) == StaffRecord(ADA.id, manager=BOSS.id)
    assert known_before(IN_IT, BOSS, Role.MENTOR, PROGRAMME, TODAY) == replace(IN_IT, department="", grade="")


@pytest.mark.parametrize("standing", [standing for standing in AccountStatus if standing is not AccountStatus.MEMBER])
def test_a_manager_who_cannot_be_named_is_left_out(standing: AccountStatus) -> None:
    assert known_before(IN_IT, person(BOSS.id, standing), Role.MENTEE, LISTED, TODAY).manager == ""


def test_a_guest_is_a_manager_where_guests_are_admitted() -> None:
    admits = replace(LISTED, admits=frozenset({AccountStatus.GUEST}))
    assert known_before(IN_IT, person(BOSS.id, AccountStatus.GUEST), Role.MENTEE, admits, TODAY).manager == BOSS.id


@pytest.mark.parametrize("manager", ["", ADA.id])
def test_nobody_is_their_own_manager(manager: str) -> None:
    record = replace(IN_IT, manager=manager)
    assert known_before(record, Person(manager, AccountStatus.MEMBER), Role.MENTEE, LISTED, TODAY).manager == ""
