from collections.abc import Mapping
from typing import Any

import pytest

from messages.forms import (
    TICKED,
    Checkbox,
    DateInput,
    FormMetadata,
    GroupedSelect,
    Input,
    MultiSelect,
    Option,
    PersonPicker,
    Select,
    TextInput,
    Values,
    hours,
    meta_of,
    read,
)

FEW = [Option(letter, letter.upper()) for letter in "abc"]
MANY = [Option(str(n), f"Number {n}") for n in range(11)]


def element(field: Input, value: str | list[str] | None) -> Mapping[str, Any]:
    made: Mapping[str, Any] = field.block({field.block_id: value}).to_dict()["element"]
    return made


def state(**elements: Mapping[str, Any]) -> dict[str, Any]:
    return {"values": {block_id: {"any-action": each} for block_id, each in elements.items()}}


def test_a_form_shows_what_was_typed_before() -> None:
    assert element(TextInput(block_id="x", label="X", most=10), "typed")["initial_value"] == "typed"
    assert element(Select(block_id="x", label="X", options=FEW), "b")["initial_option"]["value"] == "b"
    assert element(DateInput(block_id="x", label="X"), "2027-01-02")["initial_date"] == "2027-01-02"
    assert element(PersonPicker(block_id="x", label="X"), "UADA")["initial_user"] == "UADA"
    assert len(element(Checkbox(block_id="x", label="X", text="Yes"), [TICKED])["initial_options"]) == 1
    grouped = GroupedSelect(block_id="x", label="X", groups=[("First", FEW), ("Second", MANY)])
    assert element(grouped, "7")["initial_option"]["text"]["text"] == "Number 7"


def test_a_choice_that_is_no_longer_offered_is_dropped() -> None:
    assert "initial_option" not in element(Select(block_id="x", label="X", options=FEW), "z")
    chosen = element(MultiSelect(block_id="x", label="X", options=FEW), ["z", "c"])["initial_options"]
    assert [option["value"] for option in chosen] == ["c"]
    assert "initial_options" not in element(MultiSelect(block_id="x", label="X", options=FEW), ["z"])


@pytest.mark.parametrize("value", [None, "", []])
def test_nothing_typed_before_shows_nothing(value: str | list[str] | None) -> None:
    for field in (
        TextInput(block_id="x", label="X", most=10),
        Select(block_id="x", label="X", options=FEW),
        MultiSelect(block_id="x", label="X", options=FEW),
        DateInput(block_id="x", label="X"),
        PersonPicker(block_id="x", label="X"),
        Checkbox(block_id="x", label="X", text="Yes"),
    ):
        assert not any(name.startswith("initial") for name in element(field, value))


def test_a_text_that_became_too_long_is_cut_to_what_slack_takes() -> None:
    field = TextInput(block_id="x", label="X", most=4)
    assert element(field, "abcdef")["initial_value"] == "abcd"
    assert element(field, "😀😀😀😀")["initial_value"] == "😀😀"


def test_a_date_that_is_none_is_dropped() -> None:
    assert "initial_date" not in element(DateInput(block_id="x", label="X"), "soon")


def test_few_choices_are_boxes_and_many_are_a_menu() -> None:
    assert element(MultiSelect(block_id="x", label="X", options=FEW), None)["type"] == "checkboxes"
    assert element(MultiSelect(block_id="x", label="X", options=MANY), None)["type"] == "multi_static_select"


def test_a_person_who_is_looked_up_is_told_to_us_at_once() -> None:
    looked_up = PersonPicker(block_id="x", label="X", looked_up_by="look").block({}).to_dict()
    assert (looked_up["dispatch_action"], looked_up["element"]["action_id"]) == (True, "look")
    assert "dispatch_action" not in PersonPicker(block_id="x", label="X").block({}).to_dict()


def test_every_kind_of_input_is_read() -> None:
    view = {
        "state": state(
            text={"type": "plain_text_input", "value": "typed"},
            empty={"type": "plain_text_input", "value": None},
            one={"type": "static_select", "selected_option": {"value": "a"}},
            none={"type": "static_select", "selected_option": None},
            some={"type": "checkboxes", "selected_options": [{"value": "a"}, {"value": "b"}]},
            person={"type": "users_select", "selected_user": "UADA"},
            day={"type": "datepicker", "selected_date": "2027-01-02"},
            nobody={"type": "users_select", "selected_user": None},
        )
    }
    assert read(view) == {
        "text": "typed",
        "empty": None,
        "one": "a",
        "none": None,
        "some": ["a", "b"],
        "person": "UADA",
        "day": "2027-01-02",
        "nobody": None,
    }


def test_what_was_typed_is_read_without_what_nobody_can_see() -> None:
    typed = {"half": "Hi \ud83d", "unseen": "\u200b\u00a0", "apart": "cafe\u0301\r\nat one"}
    view = {"state": state(**{name: {"type": "plain_text_input", "value": text} for name, text in typed.items()})}
    assert read(view) == {"half": "Hi", "unseen": None, "apart": "café\nat one"}


def test_a_form_that_nobody_touched_reads_as_nothing() -> None:
    assert read({"blocks": []}) == {}
    assert read({"state": {"values": {}}}) == {}


def test_choices_are_read_in_the_order_of_the_list() -> None:
    block = MultiSelect(block_id="x", label="X", options=MANY).block({}).to_dict()
    chosen = [{"value": value} for value in ("10", "gone", "2")]
    view = {"blocks": [block], "state": state(x={"type": "multi_static_select", "selected_options": chosen})}
    assert read(view)["x"] == ["2", "10", "gone"]


def test_what_is_read_fills_the_form_again() -> None:
    values: Values = {"x": ["a", "c"]}
    field = MultiSelect(block_id="x", label="X", options=FEW)
    shown = field.block(values).to_dict()
    submitted = {
        "blocks": [shown],
        "state": state(x={"type": "checkboxes", "selected_options": shown["element"]["initial_options"]}),
    }
    assert read(submitted) == values


def test_a_form_remembers_what_it_is() -> None:
    meta = FormMetadata(form="basics", version=7)
    assert meta_of({"private_metadata": meta.dump()}) == meta


@pytest.mark.parametrize("metadata", ["", "basics|7", "{}", '{"form": 3}', '{"form": "x", "version": "many"}', None])
def test_an_old_form_is_told_apart_and_not_repeated(metadata: str | None) -> None:
    with pytest.raises(ValueError, match="FormMetadata") as raised:
        meta_of({"private_metadata": metadata})
    assert "basics" not in str(raised.value)


def test_a_day_has_48_half_hours() -> None:
    values = [offer.value for offer in hours()]
    assert (values[0], values[1], values[-1], len(values)) == ("00:00", "00:30", "23:30", 48)
