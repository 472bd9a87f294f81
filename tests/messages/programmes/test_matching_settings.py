"""The two forms that matching goes by, and what the card says of them."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from mentoring.core.fields import FieldName
from mentoring.core.programmes import USUAL, Programme, Segment, Weights
from mentoring.core.roles import RoleHolders
from mentoring.programmes.matching_settings import RulesForm, WeightsForm
from mentoring.programmes.settings import Part
from messages import programmes
from messages.forms import TICKED, Values
from messages.ids import OPEN_SETUP
from messages.programmes.matching_settings import counts
from tests.messages.examples import COHORT, CUSTOM, IN_TIME, OWEN, PLAIN

OF_SOME = replace(
    CUSTOM,
    for_mentees=Segment(("IT",), ("Assistant", "Librarian")),
    for_mentors=Segment(("Collections", "IT")),
    least_gap=1,
)


def form(part: Part, programme: Programme, values: Values | None = None) -> dict[str, dict[str, Any]]:
    view = programmes.form(part, programme, COHORT, values or {})
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def offered(element: dict[str, Any]) -> list[str]:
    return [option["text"]["text"] for option in element["options"]]


def sent(part: Part, programme: Programme, **changes: Any) -> Any:
    """What the form says when only `changes` are typed into it."""
    shown = programmes.values_of(part, programme, COHORT)
    asked = {about: value for about, value in shown.items() if about in form(part, programme)}
    return programmes.parse(part, {**asked, **changes}, programme)


def card(programme: Programme) -> str:
    return "\n".join(
        block["text"]["text"]
        for block in programmes.card(programme, COHORT, RoleHolders((OWEN,)), IN_TIME).payload()["blocks"]
        if block["type"] == "section"
    )


def test_every_part_of_the_score_can_be_set() -> None:
    assert set(form(Part.MATCHING, CUSTOM)) == {counts(part) for part in asdict(USUAL)}


def test_each_part_counts_in_one_of_four_ways() -> None:
    topics = form(Part.MATCHING, CUSTOM)[counts("topics")]
    assert [(option["value"], option["text"]["text"]) for option in topics["options"]] == [
        ("0", "Ignore"),
        ("20", "Low"),
        ("40", "Normal"),
        ("80", "High"),
    ]
    assert topics["initial_option"]["value"] == "40"
    assert sent(Part.MATCHING, CUSTOM, counts_topics="80") == WeightsForm({**asdict(USUAL), "topics": 80})


def test_a_number_that_is_none_of_the_four_is_shown_and_stays() -> None:
    odd = replace(CUSTOM, weights=Weights(language=7, at_least=35))
    shown = form(Part.MATCHING, odd)
    assert offered(shown[counts("language")]) == ["Ignore", "Low", "Normal", "7 points", "High"]
    assert shown[counts("language")]["initial_option"]["value"] == "7"
    assert shown[FieldName.AT_LEAST]["initial_option"]["value"] == "35"
    assert sent(Part.MATCHING, odd) == WeightsForm(asdict(odd.weights))


def test_a_number_that_was_never_one_of_the_four_is_not_offered_to_others() -> None:
    assert offered(form(Part.MATCHING, CUSTOM)[counts("language")]) == ["Ignore", "Low", "Normal", "High"]


def test_grades_are_not_asked_about_where_there_are_none_and_stay_as_they_are() -> None:
    assert counts("grades") not in form(Part.MATCHING, PLAIN)
    assert "grades" not in sent(Part.MATCHING, PLAIN).points


def test_a_form_from_before_there_was_a_part_leaves_it_as_it_is() -> None:
    assert programmes.parse(Part.MATCHING, {"counts_topics": "0", "counts_hopes": None}, CUSTOM) == WeightsForm(
        {"topics": 0}
    )
    assert programmes.parse(Part.RULES, {"mentee_grades": []}, CUSTOM) == RulesForm(mentee_grades=())


def test_a_draft_from_before_there_was_a_part_is_filled_with_what_stands() -> None:
    shown = form(Part.MATCHING, CUSTOM, {"counts_topics": "0"})
    assert shown[counts("topics")]["initial_option"]["value"] == "0"
    assert shown[counts("hours")]["initial_option"]["value"] == "6"


def test_rules_are_asked_about_the_lists_that_there_are() -> None:
    departments = {FieldName.MENTEE_DEPARTMENTS, FieldName.MENTOR_DEPARTMENTS}
    grades = {FieldName.MENTEE_GRADES, FieldName.MENTOR_GRADES, FieldName.LEAST_GAP}
    always = {FieldName.SHARED_HOURS}
    assert set(form(Part.RULES, CUSTOM)) == departments | grades | always
    assert set(form(Part.RULES, replace(CUSTOM, grades=()))) == departments | always
    assert set(form(Part.RULES, replace(CUSTOM, departments=()))) == grades | always
    assert set(form(Part.RULES, PLAIN)) == always


@pytest.mark.parametrize("is_ticked", [True, False])
def test_whether_people_must_share_working_hours_is_shown_and_stays(is_ticked: bool) -> None:
    programme = replace(PLAIN, shared_hours=is_ticked)
    assert ("initial_options" in form(Part.RULES, programme)[FieldName.SHARED_HOURS]) is is_ticked
    assert sent(Part.RULES, programme).shared_hours is is_ticked
    assert sent(Part.RULES, programme, shared_hours=[TICKED]).shared_hours is True
    assert sent(Part.RULES, programme, shared_hours=[]).shared_hours is False
    assert ("Only people who share working hours" in card(programme)) is is_ticked
    assert sent(Part.RULES, programme, shared_hours=None).shared_hours is None


def test_a_gap_is_offered_as_far_as_the_grades_go() -> None:
    two = replace(CUSTOM, grades=("Assistant", "Librarian"))
    assert offered(form(Part.RULES, two)[FieldName.LEAST_GAP]) == ["No minimum", "1 grade"]
    assert FieldName.LEAST_GAP not in form(Part.RULES, replace(CUSTOM, grades=("Assistant",)))


def test_a_gap_that_a_command_set_is_shown_and_stays() -> None:
    wide = replace(CUSTOM, least_gap=7)
    assert form(Part.RULES, wide)[FieldName.LEAST_GAP]["initial_option"]["text"]["text"] == "7 grades"
    assert sent(Part.RULES, wide).least_gap == 7


def test_nothing_chosen_reads_as_everybody_and_is_sent_as_such() -> None:
    shown = form(Part.RULES, CUSTOM)
    assert shown[FieldName.MENTEE_DEPARTMENTS]["placeholder"]["text"] == "All departments"
    assert "initial_options" not in shown[FieldName.MENTEE_DEPARTMENTS]
    assert sent(Part.RULES, OF_SOME, mentee_departments=[]).mentee_departments == ()


def test_what_is_chosen_is_shown_and_stays() -> None:
    shown = form(Part.RULES, OF_SOME)
    assert [one["value"] for one in shown[FieldName.MENTEE_GRADES]["initial_options"]] == ["Assistant", "Librarian"]
    assert sent(Part.RULES, OF_SOME) == RulesForm(
        ("IT",), ("Assistant", "Librarian"), ("Collections", "IT"), (), 1, False
    )


def test_a_department_that_is_on_no_list_is_offered_to_whoever_is_of_it_already() -> None:
    of_another = replace(CUSTOM, for_mentees=Segment(("Bindery",)), departments=())
    assert offered(form(Part.RULES, of_another)[FieldName.MENTEE_DEPARTMENTS]) == ["Bindery"]
    assert sent(Part.RULES, of_another).mentee_departments == ("Bindery",)


def test_long_names_come_back_whole_and_one_that_left_its_list_is_left_to_the_rules_to_refuse() -> None:
    long = "Centre for the study of everything that has ever been bound in leather"
    programme = replace(CUSTOM, departments=(*(f"{long} {n}" for n in range(4)), "IT"))
    chosen = (f"{long} 1", f"{long} 3", "IT")
    of_them = replace(programme, for_mentors=Segment(chosen))
    assert offered(form(Part.RULES, of_them)[FieldName.MENTOR_DEPARTMENTS]) == list(programme.departments)
    assert sent(Part.RULES, of_them).mentor_departments == chosen
    fewer = replace(programme, departments=(f"{long} 1", "IT"))
    values = programmes.values_of(Part.RULES, of_them, COHORT)
    read = programmes.parse(Part.RULES, values, fewer)
    assert isinstance(read, RulesForm)
    assert not set(read.mentor_departments or ()) <= set(fewer.departments)


def test_without_any_list_the_way_leads_to_the_lists() -> None:
    view = programmes.form(Part.RULES, PLAIN, COHORT, {})
    assert "submit" in view
    (said,) = [block for block in view["blocks"] if "accessory" in block]
    assert "You haven’t added any yet." in said["text"]["text"]
    assert (said["accessory"]["action_id"], said["accessory"]["value"]) == (OPEN_SETUP, Part.CHOICES)
    blocks = programmes.card(PLAIN, COHORT, RoleHolders((OWEN,)), IN_TIME).payload()["blocks"]
    (rules,) = [block for block in blocks if "Who can be matched" in str(block)]
    assert rules["accessory"]["value"] == Part.RULES
    assert "To set limits, add departments or grades." in rules["text"]["text"]


def test_the_card_says_what_has_another_weight() -> None:
    usual = "*What counts in matching*\nNormal weight for everything\nMinimum score: none (match as many people as"
    assert usual in card(CUSTOM)
    weights = replace(USUAL, topics=80, wish=40, department=0, language=3, hours=7, at_least=40)
    assert (
        "*What counts in matching*\nHigh: topics in common and a wish for one another\nIgnore: different departments\n"
        "Low: a language in common\n7 points: the same working hours\nNormal: everything else\n"
        "Minimum score: 40 out of 100"
    ) in card(replace(CUSTOM, weights=weights))


def test_the_card_says_whom_the_programme_is_for() -> None:
    assert "*Who can be matched*\nEvery department and grade" in card(CUSTOM)
    assert (
        "*Who can be matched*\nExplorers: IT, grades Assistant or Librarian\nGuides: Collections or IT\n"
        "Minimum grade gap: 1 grade"
    ) in card(OF_SOME)


@pytest.mark.parametrize(
    ("part", "values"),
    [
        (Part.MATCHING, {"counts_topics": "a secret"}),
        (Part.MATCHING, {"counts_topics": "-1"}),
        (Part.MATCHING, {"at_least": "101"}),
        (Part.RULES, {"least_gap": "a secret"}),
        (Part.RULES, {"least_gap": "-1"}),
        (Part.RULES, {"mentee_grades": "a secret"}),
    ],
)
def test_what_the_form_cannot_have_sent_is_an_error_that_does_not_repeat_it(part: Part, values: Any) -> None:
    with pytest.raises(ValueError, match="validation error") as raised:
        programmes.parse(part, values, CUSTOM)
    assert "secret" not in str(raised.value)
