"""TODO"""

from datetime import date
from typing import Any

from mentoring.applications.application import Role
from mentoring.applications.errors import CannotBeNamed, CannotTakePart, TooShortService
from mentoring.core.errors import MentoringError, Missing, NotForYou, OutOfRange, Refused
from mentoring.core.fields import Field
from mentoring.core.people import Hindrance
from messages import applications, blocks
from messages.errors import plain_sentence
from messages.errors.at_fields import at_first_field, field_errors
from tests.messages.examples import CLEO, COHORT, CUSTOM, IN_TIME, PLAIN, SUE

VIEW = applications.form(Role.MENTOR, PLAIN, COHORT, {}, today=IN_TIME)


def errors(*reasons: MentoringError, view: dict[str, Any] = VIEW) -> dict[str, str]:
    return field_errors(Refused(reasons), view, PLAIN)


def test_each_reason_stands_at_its_field() -> None:
    assert errors(Missing(Field.HOPES), OutOfRange(Field.MONTHS, 6, 12)) == {
        "hopes": "Please write a sentence or two.",
        "months": "Please choose between 6 and 12 months.",
    }


def test_too_short_a_service_stands_at_the_date() -> None:
    assert list(errors(TooShortService(12, date(2027, 3, 3)))) == ["started_on"]


def test_several_reasons_at_one_field_are_read_one_after_the_other_and_only_once() -> None:
    unknown = CannotBeNamed(Field.MANAGER, SUE, Hindrance.UNKNOWN)
    said = errors(unknown, Missing(Field.MANAGER), unknown)["manager"]
    assert said.count("still asking Slack") == 1
    assert "Please choose your manager" in said


def test_both_people_named_have_their_own_sentence() -> None:
    named = [CannotBeNamed(field, CLEO, Hindrance.BOT) for field in (Field.MANAGER, Field.WISH)]
    assert set(errors(*named)) == {"manager", "wish"}


def test_what_is_about_the_person_stands_at_the_first_field() -> None:
    assert list(errors(CannotTakePart(Hindrance.GUEST))) == ["topics"]
    assert field_errors(NotForYou(), VIEW, PLAIN) == {"topics": plain_sentence(NotForYou(), PLAIN)}


def test_a_question_that_the_form_did_not_have_yet_asks_to_open_it_again() -> None:
    said = errors(Missing(Field.DEPARTMENT), Missing(Field.GRADE))
    again = "The form has changed while you had it open. Please close it and open it again."
    assert said == {"topics": f"{again} What you typed is kept."}
    newer = applications.form(Role.MENTOR, CUSTOM, COHORT, {}, today=IN_TIME)
    assert errors(Missing(Field.DEPARTMENT), view=newer) == {"department": "Please choose your department."}


def test_a_view_without_fields_has_no_place_for_errors() -> None:
    nothing_to_fill = blocks.sentence_view("Title", "Words.")
    assert errors(Missing(Field.HOPES), view=nothing_to_fill) == {}
    assert at_first_field(nothing_to_fill, "Words.") == {}


def test_a_sentence_about_the_whole_form_stands_at_its_first_field() -> None:
    assert at_first_field(VIEW, "Words.") == {"topics": "Words."}
