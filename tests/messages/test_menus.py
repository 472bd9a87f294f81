"""Menus of buttons, and cards and tables in plain blocks."""

from typing import Any

import pytest

from messages.blocks import actions, button, card, confirm, section, small_print
from messages.ids import MENU, OPEN_ITEMS, OPEN_PAUSE
from messages.menus import menu, pressed
from messages.payloads import check_message, limits, message
from messages.plain_blocks import has_newer, in_plain


def chosen(option: dict[str, Any]) -> dict[str, Any]:
    """What Slack sends when an option is chosen."""
    return {"type": "overflow", "action_id": MENU, "block_id": "b", "selected_option": option}


def test_an_option_is_taken_as_the_button_that_it_stands_for() -> None:
    made = menu([button("Action items", OPEN_ITEMS, "R1"), button("Pause", OPEN_PAUSE, "R1 and more")]).to_dict()
    assert [each["text"]["text"] for each in made["options"]] == ["Action items", "Pause"]
    items, pause = (pressed(chosen(option)) for option in made["options"])
    assert (items["action_id"], items["value"], items["block_id"]) == (OPEN_ITEMS, "R1", "b")
    assert (pause["action_id"], pause["value"]) == (OPEN_PAUSE, "R1 and more")


def test_a_button_is_taken_as_it_is_and_an_option_of_another_time_names_none() -> None:
    click = {"type": "button", "action_id": OPEN_ITEMS, "value": "R1"}
    assert pressed(click) is click
    for odd in ({}, {"value": None}, {"value": ""}):
        assert pressed(chosen(odd))["action_id"] == ""
    assert pressed({"action_id": MENU})["action_id"] == ""


def test_a_menu_has_five_options_and_none_that_asks_first() -> None:
    many = [button(f"Number {n}", OPEN_ITEMS, f"R{n}") for n in range(9)]
    assert len(menu(many).options) == limits.OVERFLOW
    with pytest.raises(ValueError, match="asks first"):
        menu([button("End it", OPEN_PAUSE, "R1", confirm=confirm("End?", "Now.", yes="End it", no="Go back"))])


def test_a_card_says_and_does_the_same_in_plain_blocks() -> None:
    does = (button("Find a time", OPEN_ITEMS, "R1"), button("Pause", OPEN_PAUSE, "R1"))
    made = message("x", [small_print("above"), card("With @Ben", "Two meetings.", "Next meeting.", does)]).blocks
    assert has_newer(made)
    above, words, buttons = in_plain(made)
    assert above == made[0]
    assert words["text"]["text"] == "*With @Ben*\nTwo meetings.\nNext meeting."
    assert [each["action_id"] for each in buttons["elements"]] == [OPEN_ITEMS, OPEN_PAUSE]
    check_message({"text": "x", "blocks": in_plain(made)})


def test_a_card_without_more_is_one_block_and_the_others_stay() -> None:
    plain = message("x", [section("words"), actions(button("Pause", OPEN_PAUSE))]).blocks
    assert not has_newer(plain)
    assert in_plain(plain) == list(plain)
    assert len(in_plain(message("x", [card("Only a title")]).blocks)) == 1


def test_a_table_is_a_line_for_each_row() -> None:
    def row(*cells: str) -> list[dict[str, str]]:
        return [{"type": "raw_text", "text": each} for each in cells]

    (made,) = in_plain([{"type": "table", "rows": [row("Line", "Who"), row("2", "Ada & Ben"), row("3", "")]}])
    assert made["text"]["text"] == "Line · Who\n2 · Ada &amp; Ben\n3"
