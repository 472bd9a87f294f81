from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.applications.application import NOT_LISTED, ApplicationForm, MeetingMode, Role
from mentoring.core.fields import FieldName
from messages import applications
from messages.forms import TICKED, Values
from messages.ids import APPLICATION_FORM, LOOK_UP_PERSON
from messages.payloads import check_view
from tests.messages.examples import (
    CLEO,
    COHORT,
    CUSTOM,
    HOPES,
    IN_TIME,
    OFFER,
    OFFERED,
    OWEN,
    PLAIN,
    REQUEST,
    RUNNING,
    SUE,
)


def inputs(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def form(role: Role = Role.MENTEE, **changes: Any) -> dict[str, Any]:
    return applications.form(role, replace(PLAIN, **changes), COHORT, {}, today=IN_TIME)


def test_every_question_has_the_name_of_the_field_that_a_refusal_names() -> None:
    asked = inputs(applications.form(Role.MENTOR, CUSTOM, COHORT, {}, today=IN_TIME))
    assert set(asked) == {
        FieldName.TOPICS,
        FieldName.HOPES,
        FieldName.MONTHS,
        FieldName.WAYS,
        FieldName.LANGUAGES,
        FieldName.OTHER_LANGUAGES,
        FieldName.DEPARTMENT,
        FieldName.GRADE,
        FieldName.STARTED_ON,
        FieldName.PLACES,
        FieldName.MANAGER,
        FieldName.NO_MANAGER,
        FieldName.WISH,
        FieldName.EXPECTATIONS,
        FieldName.SUPERVISOR,
    }


def test_only_who_volunteers_is_asked_for_service_and_places() -> None:
    assert not {"started_on", "places"} & set(inputs(form(Role.MENTEE)))
    assert {"started_on", "places"} <= set(inputs(form(Role.MENTOR)))


def test_what_the_owners_have_no_list_of_is_not_asked() -> None:
    assert not {"department", "grade"} & set(inputs(form()))
    assert "topics" not in inputs(form(topics=()))
    assert "department" in inputs(form(departments=("IT",)))


@pytest.mark.parametrize("role", Role)
def test_who_sees_the_answers_is_said_at_the_top_and_at_each_question_that_only_owners_see(role: Role) -> None:
    view = applications.form(role, CUSTOM, COHORT, {}, today=IN_TIME)
    assert "The programme owners see all of them." in view["blocks"][0]["text"]["text"]
    seen = "languages, department and what you hope for" if role is Role.MENTEE else "languages and department"
    assert f"topics, length, ways to meet, {seen}" in view["blocks"][0]["text"]["text"]
    promises = {FieldName.EXPECTATIONS, FieldName.SUPERVISOR}
    hints = {block_id: block.get("hint", {}).get("text", "") for block_id, block in inputs(view).items()}
    assert {block_id for block_id, hint in hints.items() if "Owners only" not in hint} - promises == {
        FieldName.TOPICS,
        FieldName.MONTHS,
        FieldName.WAYS,
        FieldName.LANGUAGES,
        FieldName.OTHER_LANGUAGES,
        FieldName.DEPARTMENT,
        *([FieldName.HOPES] if role is Role.MENTEE else []),
    }


def test_a_department_that_is_not_asked_for_is_not_said_to_be_seen() -> None:
    assert "ways to meet, languages and what you hope for." in form()["blocks"][0]["text"]["text"]
    assert "ways to meet and languages." in form(Role.MENTOR)["blocks"][0]["text"]["text"]


def test_to_change_an_application_one_reads_that_its_date_stays_and_nothing_of_a_waiting_list() -> None:
    view = applications.form(Role.MENTOR, PLAIN, COHORT, {}, today=RUNNING, sent_on=OFFER.sent_on)
    assert view["title"]["text"] == "Change your application"
    assert "keeps its date, 16 January 2027" in str(view["blocks"][0])
    assert "waiting list" not in str(view["blocks"][0])
    assert "waiting list" in str(applications.form(Role.MENTOR, PLAIN, COHORT, {}, today=RUNNING)["blocks"][0])


def test_only_the_wish_another_language_and_either_the_manager_or_that_there_is_none_may_be_left_out() -> None:
    optional = [block_id for block_id, block in inputs(form(Role.MENTOR)).items() if block.get("optional")]
    assert optional == [FieldName.OTHER_LANGUAGES, FieldName.MANAGER, FieldName.NO_MANAGER, FieldName.WISH]


def test_the_day_of_starting_is_asked_of_all_only_where_service_counts() -> None:
    assert inputs(form(Role.MENTOR, service_months=0))[FieldName.STARTED_ON]["optional"]
    assert not inputs(form(Role.MENTOR, service_months=1))[FieldName.STARTED_ON].get("optional")


def test_nobody_has_to_choose_a_department_or_grade_that_is_not_theirs() -> None:
    asked = inputs(form(departments=("Archives",), grades=("A", "B")))
    for field in (FieldName.DEPARTMENT, FieldName.GRADE):
        *_, last = asked[field]["element"]["options"]
        assert (last["value"], last["text"]["text"]) == (NOT_LISTED, "Mine isn’t on this list")


def test_a_list_as_long_as_slack_allows_keeps_all_its_entries_and_that_none_of_them_is_theirs() -> None:
    many = tuple(f"Department {number}" for number in range(100))
    groups = inputs(form(departments=many))[FieldName.DEPARTMENT]["element"]["option_groups"]
    values = [option["value"] for group in groups for option in group["options"]]
    assert values == [*many, NOT_LISTED]


def test_a_person_without_a_manager_says_so_and_finds_it_again() -> None:
    sent = applications.parse(Role.MENTEE, {"no_manager": [TICKED]})
    assert (sent.manager, sent.no_manager) == ("", True)
    nobody_above = replace(HOPES, manager="", no_manager=True)
    assert applications.values_of(REQUEST, nobody_above)[FieldName.NO_MANAGER] == [TICKED]
    assert applications.values_of(REQUEST, HOPES)[FieldName.NO_MANAGER] is None
    shown = str([block.to_dict() for block in applications.card(REQUEST, nobody_above, PLAIN)])
    assert "none to name" in shown


def test_the_people_named_are_looked_up_as_they_are_picked() -> None:
    asked = inputs(form())
    assert {asked[name]["element"]["action_id"] for name in ("manager", "wish")} == {LOOK_UP_PERSON}


def test_the_form_remembers_its_role() -> None:
    view = form(Role.MENTOR)
    assert view["callback_id"] == APPLICATION_FORM
    assert view["private_metadata"] == '{"form":"mentor"}'


def test_the_form_remembers_which_version_of_the_application_it_shows() -> None:
    view = applications.form(Role.MENTEE, CUSTOM, COHORT, {}, today=IN_TIME, version=3)
    assert view["private_metadata"] == '{"form":"mentee","version":3,"shares_hopes":true}'


def test_an_answer_arrives_as_the_rules_take_it() -> None:
    values: Values = {
        "topics": ["Job search", "Career planning", "Job search"],
        "hopes": "  A new start\n",
        "months": "7",
        "ways": ["walking", "video"],
        "languages": ["en", "cy", "other", "en"],
        "other_languages": " Klingon ",
        "department": "IT",
        "grade": None,
        "manager": SUE,
        "wish": None,
        "started_on": "2020-05-06",
        "places": "3",
        "expectations": [TICKED],
        "supervisor": [],
    }
    assert applications.parse(Role.MENTOR, values) == ApplicationForm(
        role=Role.MENTOR,
        topics=("Job search", "Career planning"),
        hopes="A new start",
        months=7,
        ways=(MeetingMode.VIDEO, MeetingMode.WALKING),
        languages="English, Welsh, Klingon",
        department="IT",
        manager=SUE,
        started_on=date(2020, 5, 6),
        places=3,
        read_expectations=True,
        informed_supervisor=False,
    )


@pytest.mark.parametrize("role", Role)
def test_an_empty_form_arrives_as_gaps_for_the_rules_to_refuse(role: Role) -> None:
    sent = applications.parse(role, {})
    assert (sent.topics, sent.hopes, sent.months, sent.ways, sent.manager) == ((), "", 0, (), "")
    assert sent.places == (0 if role is Role.MENTOR else 1)


def test_a_mentee_offers_no_places_whatever_was_sent() -> None:
    sent = applications.parse(Role.MENTEE, {"places": "3", "started_on": "2020-05-06"})
    assert (sent.places, sent.started_on) == (1, None)


@pytest.mark.parametrize(
    "values",
    [
        {"months": "a secret"},
        {"ways": ["a secret"]},
        {"started_on": "a secret"},
        {"topics": "a secret"},
        {"hopes": ["a"]},
        {"languages": ["en", "a secret"]},
    ],
)
def test_what_the_form_cannot_have_sent_is_an_error_that_does_not_repeat_it(values: Values) -> None:
    with pytest.raises(ValueError, match="validation error") as raised:
        applications.parse(Role.MENTOR, values)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(("application", "confidence"), [(REQUEST, HOPES), (OFFER, OFFERED)])
def test_changing_an_application_starts_from_what_was_sent(application: Any, confidence: Any) -> None:
    again = applications.parse(application.role, applications.values_of(application, confidence))
    assert again == ApplicationForm(
        role=application.role,
        topics=application.topics,
        hopes=confidence.hopes,
        months=application.months,
        ways=application.ways,
        languages=application.languages,
        manager=confidence.manager,
        wish=confidence.wish,
        started_on=application.started_on,
        places=application.places,
        read_expectations=True,
        informed_supervisor=True,
    )


@pytest.mark.parametrize(
    ("stored", "chosen", "others"),
    [
        ("English, Welsh", ["en", "cy"], None),
        ("Deutsch and fluent english", ["en", "de"], None),
        ("English; some Klingon", ["en"], "some Klingon"),
        ("Klingon", ["other"], "Klingon"),
        ("-", None, None),
    ],
)
def test_languages_that_were_once_typed_are_chosen_in_the_form(
    stored: str, chosen: list[str] | None, others: str | None
) -> None:
    values = applications.values_of(replace(REQUEST, languages=stored), HOPES)
    assert set(values["languages"] or ()) == set(chosen or ())
    for filled in (values, {"languages": stored}):
        view = applications.form(Role.MENTEE, PLAIN, COHORT, filled, today=IN_TIME)
        element, other = (inputs(view)[name]["element"] for name in ("languages", "other_languages"))
        assert [option["value"] for option in element.get("initial_options", ())] == (chosen or [])
        assert other.get("initial_value") == others
        check_view(view)


def test_a_form_that_asked_for_languages_in_words_is_read() -> None:
    assert applications.parse(Role.MENTEE, {"languages": "English and German"}).languages == "English and German"


def test_the_languages_of_the_country_come_first() -> None:
    groups = inputs(form(country="ZA"))["languages"]["element"]["option_groups"]
    assert groups[0]["label"]["text"] == "Common languages"
    assert [option["value"] for option in groups[0]["options"]][:4] == ["en", "zu", "xh", "af"]
    assert [group["label"]["text"] for group in groups[1:4]] == ["A", "B", "C"]
    offered = [option["value"] for group in groups for option in group["options"]]
    assert len(offered) == len(set(offered)) > 250
    assert offered[-1] == "other"


def test_a_draft_says_that_it_was_kept() -> None:
    view = applications.form(Role.MENTEE, PLAIN, COHORT, {"hopes": "Half"}, today=IN_TIME, restored=True)
    assert any("We saved what you typed" in str(block) for block in view["blocks"])
    assert "We saved" not in str(form())


def test_the_owners_page_of_expectations_is_linked_and_a_broken_address_does_no_harm() -> None:
    assert "Read <https://x.example|what we ask of you> before you apply." in str(
        form(expectations_url="https://x.example")
    )
    assert "https:// no" in str(form(expectations_url="https:// no"))


def test_an_owner_reads_everything_and_who_waits() -> None:
    shown = str(applications.owner_view(REQUEST, HOPES, PLAIN, COHORT))
    for told in (f"<@{REQUEST.person}>", "lead a team & do not know", f"<@{SUE}>", f"<@{CLEO}>", "Waiting since"):
        assert told in shown
    assert OWEN not in shown


def test_what_was_erased_is_not_there_to_read() -> None:
    shown = str(applications.owner_view(REQUEST, None, PLAIN, COHORT))
    assert "Hopes" not in shown
    assert "Career planning" in shown
