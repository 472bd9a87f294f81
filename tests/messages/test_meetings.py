from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.applications.application import MeetingMode
from mentoring.core.fields import FieldName
from mentoring.meetings.log import MeetingForm, log_meeting
from mentoring.partnerships.partnership import Partnership
from messages import meetings
from messages.forms import FormMetadata, UnknownForm, Values, meta_of, read
from messages.ids import MEETING_FORM
from messages.payloads import check_view
from tests.messages.examples import (
    ADA,
    ASKED_AT,
    BEN,
    CLEO,
    ENDED,
    FIRST,
    LATER,
    NAMES,
    NOTES,
    OTHER_PARTNERSHIP,
    PARTNERSHIP,
    PLAIN,
    member,
)
from tests.messages.pressing import inputs, options

FORM = MeetingForm(
    date(2027, 2, 22),
    60,
    MeetingMode.IN_PERSON,
    ("Career planning",),
    "Notes",
    ("Read", "Call"),
    ("Write",),
    date(2027, 3, 1),
)


def form(
    *together: Partnership, values: Values | None = None, meta: FormMetadata | None = None, by: str = ADA, **more: Any
) -> dict[str, Any]:
    made = meetings.form(
        together or (PARTNERSHIP,),
        more.pop("names", NAMES),
        values or {},
        meta=meta or FormMetadata(form=meetings.LOG),
        today=LATER,
        by=by,
        programme=more.pop("programme", PLAIN),
        **more,
    )
    check_view(made)
    return made


def shown(view: dict[str, Any]) -> Values:
    """What the form reads as when it is sent as it was opened."""
    state: dict[str, Any] = {}
    for block_id, block in inputs(view).items():
        element = block["element"]
        given = {f"selected_{name.removeprefix('initial_')}": v for name, v in element.items() if "initial_" in name}
        if element["type"] == "plain_text_input":
            given = {"value": element.get("initial_value")}
        state[block_id] = {block_id: given}
    return read({**view, "state": {"values": state}})


def label(view: dict[str, Any], field: str) -> str:
    return str(inputs(view)[field]["label"]["text"])


def test_every_question_has_the_name_of_the_field_that_a_refusal_names() -> None:
    assert set(inputs(form())) == {
        FieldName.MET_ON,
        FieldName.MINUTES,
        FieldName.WAY,
        FieldName.TOPICS,
        FieldName.NOTES,
        FieldName.ACTIONS_MINE,
        FieldName.ACTIONS_THEIRS,
        FieldName.ACTION_BY,
    }
    assert FieldName.PARTNERSHIP in inputs(form(PARTNERSHIP, OTHER_PARTNERSHIP))


def test_who_sees_the_answers_is_said_once_at_the_top() -> None:
    owners = "The programme owners see totals and when you last met, never notes or action items."
    (with_ben,) = [block for block in form()["blocks"] if "Who sees this?" in str(block)]
    assert f"You and <@{BEN}> see all of it. {owners}" in with_ben["text"]["text"]
    top = form(PARTNERSHIP, OTHER_PARTNERSHIP)["blocks"][0]["text"]["text"]
    assert f"You and the person you met see all of it. {owners}" in top


def test_a_meeting_today_of_an_hour_takes_one_choice() -> None:
    values = shown(form())
    assert (values[FieldName.MET_ON], values[FieldName.MINUTES]) == (LATER.isoformat(), "60")
    required = [block_id for block_id, block in inputs(form()).items() if not block.get("optional")]
    assert required == [FieldName.MET_ON, FieldName.MINUTES, FieldName.WAY]


def test_with_several_partnerships_one_chooses_whom_one_met() -> None:
    several = form(PARTNERSHIP, replace(OTHER_PARTNERSHIP, mentee=CLEO, mentor=ADA))
    asked = options(several, FieldName.PARTNERSHIP)
    assert label(several, FieldName.ACTIONS_THEIRS) == "What will the other person do?"
    assert asked == [("R1", "Ben, your mentor"), ("R2", "Cleo, your mentee")]


def test_two_partnerships_of_the_same_two_are_told_apart() -> None:
    swapped = replace(PARTNERSHIP, id="R3", mentee=BEN, mentor=ADA)
    asked = form(PARTNERSHIP, swapped)
    assert options(asked, FieldName.PARTNERSHIP) == [("R1", "Ben, your mentor"), ("R3", "Ben, your mentee")]
    assert label(asked, FieldName.ACTIONS_THEIRS) == "What will Ben do?"


def test_somebody_without_a_name_is_called_by_their_role() -> None:
    assert label(form(names={}), FieldName.ACTIONS_THEIRS) == "What will your mentor do?"
    assert label(form(), FieldName.ACTIONS_THEIRS) == "What will Ben do?"


def test_what_they_share_comes_first_and_a_logged_topic_is_not_lost() -> None:
    def topics(**more: Any) -> list[str]:
        return [value for value, _ in options(form(**more), FieldName.TOPICS)]

    few = replace(PLAIN, topics=("A", "Career planning"))
    assert topics(programme=few) == ["Career planning", "A"]
    assert topics(programme=few, values={"topics": ["Dropped"]}) == ["Career planning", "Dropped", "A"]
    nothing = form(replace(PARTNERSHIP, topics=()), programme=replace(PLAIN, topics=()))
    assert FieldName.TOPICS not in inputs(nothing)


def test_an_unusual_length_that_was_logged_is_not_lost() -> None:
    values = meetings.values_of(replace(FIRST, minutes=25), None)
    assert shown(form(values=values))[FieldName.MINUTES] == "25"


def test_correcting_starts_from_what_was_logged_and_changes_nothing_by_itself() -> None:
    correct = form(values=meetings.values_of(FIRST, NOTES), meta=FormMetadata(form=meetings.CORRECT, about="V1"))
    assert correct["title"]["text"] == "Correct a meeting"
    assert meta_of(correct).about == "V1"
    _, sent = meetings.parse(shown(correct))
    assert sent == MeetingForm(
        FIRST.met_on,
        FIRST.minutes,
        FIRST.way,
        FIRST.topics,
        NOTES.notes,
    )


def test_a_correction_asks_what_else_was_agreed_while_the_partnership_runs() -> None:
    meta = FormMetadata(form=meetings.CORRECT, about="V1")
    assert label(form(meta=meta), FieldName.ACTIONS_THEIRS) == "What else will Ben do?"
    assert not {FieldName.ACTIONS_MINE, FieldName.ACTION_BY} & set(inputs(form(ENDED, meta=meta)))


def test_a_draft_of_the_earlier_form_fills_the_lines_of_its_person() -> None:
    old: Values = {FieldName.ACTION: "Read", FieldName.ACTION_WHO: BEN}
    assert shown(form(values=old))[FieldName.ACTIONS_THEIRS] == "Read"
    assert shown(form(values={**old, FieldName.ACTION_WHO: ADA}))[FieldName.ACTIONS_MINE] == "Read"
    with pytest.raises(UnknownForm):
        meetings.parse(old)


def test_each_line_is_one_action_item_without_its_bullet() -> None:
    _, sent = meetings.parse({FieldName.ACTIONS_MINE: "• Read\n\n - Call \n* Call\n"})
    assert sent.mine == ("Read", "Call")


def test_an_answer_arrives_as_the_rules_take_it() -> None:
    values: Values = {
        "partnership": "R1",
        "met_on": "2027-02-22",
        "minutes": "60",
        "way": "in-person",
        "topics": ["Career planning"],
        "notes": " Notes ",
        "actions_mine": "Read\nCall",
        "actions_theirs": "Write",
        "action_by": "2027-03-01",
    }
    assert meetings.parse(values) == ("R1", FORM)
    outcome = log_meeting(PARTNERSHIP, FORM, by=member(ADA), now=ASKED_AT.replace(month=2, day=25), meeting_id="V9")
    assert len(outcome.changes) == 5


def test_an_empty_form_arrives_as_gaps_for_the_rules_to_refuse() -> None:
    assert meetings.parse({"partnership": None}) == ("", MeetingForm(None, None, None))


@pytest.mark.parametrize("values", [{"minutes": "a secret"}, {"way": "a secret"}, {"met_on": "a secret"}])
def test_what_the_form_cannot_have_sent_is_an_error_that_does_not_repeat_it(values: Values) -> None:
    with pytest.raises(ValueError, match="validation error") as raised:
        meetings.parse(values)
    assert "secret" not in str(raised.value)


def test_a_draft_says_that_it_was_kept() -> None:
    kept = form(values={"notes": "Half a thought"}, restored=True)
    assert "We saved what you typed" in str(kept["blocks"])
    assert (kept["callback_id"], shown(kept)[FieldName.NOTES]) == (MEETING_FORM, "Half a thought")
