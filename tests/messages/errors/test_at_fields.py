"""A refusal stands at the field that it is about."""

from datetime import date
from typing import Any

from mentoring.applications.application import Role
from mentoring.applications.errors import CannotBeNamed, CannotTakePart, TooShortService
from mentoring.core.errors import InvalidForm, MentoringError, Missing, NotForYou, OutOfRange
from mentoring.core.fields import FieldName
from mentoring.core.people import Ineligibility
from messages import applications, blocks
from messages.errors import plain_sentence
from messages.errors.at_fields import at_first_field, field_errors
from tests.messages.examples import CLEO, COHORT, CUSTOM, IN_TIME, PLAIN, SUE

VIEW = applications.form(Role.MENTOR, PLAIN, COHORT, {}, today=IN_TIME)


def errors(*reasons: MentoringError, view: dict[str, Any] = VIEW) -> dict[str, str]:
    return field_errors(InvalidForm(reasons), view, PLAIN)


def test_each_reason_stands_at_its_field() -> None:
    assert errors(Missing(FieldName.HOPES), OutOfRange(FieldName.MONTHS, 6, 12)) == {
        "hopes": "Write a sentence or two.",
        "months": "Choose from 6 to 12 months.",
    }


def test_too_short_a_service_stands_at_the_date() -> None:
    assert list(errors(TooShortService(12, date(2027, 3, 3)))) == ["started_on"]


def test_several_reasons_at_one_field_are_read_one_after_the_other_and_only_once() -> None:
    unknown = CannotBeNamed(FieldName.MANAGER, SUE, Ineligibility.UNKNOWN)
    said = errors(unknown, Missing(FieldName.MANAGER), unknown)["manager"]
    assert said.count("Slack can’t tell me who this is") == 1
    assert "Choose your manager" in said


def test_both_people_named_have_their_own_sentence() -> None:
    named = [CannotBeNamed(field, CLEO, Ineligibility.BOT) for field in (FieldName.MANAGER, FieldName.WISH)]
    assert set(errors(*named)) == {"manager", "wish"}


def test_what_is_about_the_person_stands_at_the_first_field() -> None:
    assert list(errors(CannotTakePart(Ineligibility.GUEST))) == ["topics"]
    assert field_errors(NotForYou(), VIEW, PLAIN) == {"topics": plain_sentence(NotForYou(), PLAIN)}


def test_a_question_that_the_form_did_not_have_yet_asks_to_open_it_again() -> None:
    said = errors(Missing(FieldName.DEPARTMENT), Missing(FieldName.GRADE))
    again = "This form changed while you had it open. Close and reopen it."
    assert said == {"topics": f"{again} We kept what you typed."}
    newer = applications.form(Role.MENTOR, CUSTOM, COHORT, {}, today=IN_TIME)
    assert errors(Missing(FieldName.DEPARTMENT), view=newer) == {"department": "Choose your department."}


def test_a_view_without_fields_has_no_place_for_errors() -> None:
    nothing_to_fill = blocks.sentence_view("Title", "Words.")
    assert errors(Missing(FieldName.HOPES), view=nothing_to_fill) == {}
    assert at_first_field(nothing_to_fill, "Words.") == {}


def test_a_sentence_about_the_whole_form_stands_at_its_first_field() -> None:
    assert at_first_field(VIEW, "Words.") == {"topics": "Words."}
