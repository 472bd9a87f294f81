"""The blocks allowed on each surface, and the elements allowed in each block."""

from itertools import product

import pytest

from sandbox.block_kit import Problem
from tests.sandbox.block_kit.payloads import (
    Json,
    actions,
    button,
    card,
    cell,
    chart,
    container,
    data_table,
    entry,
    image,
    in_home,
    in_message,
    in_modal,
    menu,
    pie,
    plain,
    rich_text,
    section,
    video,
)

CHECKS = {"message": in_message, "modal": in_modal, "home": in_home}
MESSAGE, MODAL, HOME = "message", "modal", "home"
ALL = {MESSAGE, MODAL, HOME}

BLOCKS: dict[str, tuple[Json, set[str]]] = {
    "section": (section(), ALL),
    "header": ({"type": "header", "text": plain(), "level": 2}, ALL),
    "divider": ({"type": "divider"}, ALL),
    "context": ({"type": "context", "elements": [plain(), image()]}, ALL),
    "actions": (actions(button()), ALL),
    "input": (entry(), ALL),
    "image": (image(title=plain()), ALL),
    "image from Slack": ({"type": "image", "alt_text": "A cat", "slack_file": {"id": "F1"}}, ALL),
    "rich_text": (rich_text({"type": "text", "text": "x"}), ALL),
    "video": (video(), ALL),
    "alert": ({"type": "alert", "text": plain(), "level": "warning"}, {MODAL}),
    "card": (card(), {MESSAGE, HOME}),
    "carousel": ({"type": "carousel", "elements": [card()]}, {MESSAGE, HOME}),
    "container": (container(section(), {"type": "divider"}, width="wide"), {MESSAGE}),
    "context_actions": (
        {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}]},
        {MESSAGE},
    ),
    "markdown": ({"type": "markdown", "text": "# Hello"}, {MESSAGE}),
    "table": ({"type": "table", "rows": [[cell(), rich_text()]]}, {MESSAGE}),
    "data_table": (data_table(rows=[[cell()], [{"type": "raw_number", "value": 1.5, "text": "1.5"}]]), {MESSAGE}),
    "data_visualization": (chart(pie()), {MESSAGE}),
    "task_card": ({"type": "task_card", "task_id": "1", "title": "Look it up", "status": "complete"}, {MESSAGE}),
    "plan": ({"type": "plan", "title": "Plan", "tasks": []}, {MESSAGE}),
    "file": ({"type": "file", "external_id": "F1", "source": "remote"}, set()),
}

SECTION, ACTIONS, INPUT = "section", "actions", "input"
ANYWHERE = {SECTION, ACTIONS, INPUT}
OPTIONAL_TRIGGER = {"trigger": {"url": "https://slack.com/shortcuts/Ft1/2"}}

ELEMENTS: dict[str, tuple[Json, set[str], set[str]]] = {
    "button": (button(), {SECTION, ACTIONS}, ALL),
    "overflow": (menu("overflow"), {SECTION, ACTIONS}, ALL),
    "image": (image(), {SECTION}, ALL),
    "static_select": (menu(), ANYWHERE, ALL),
    "multi_static_select": (menu("multi_static_select"), ANYWHERE, ALL),
    **{
        kind: ({"type": kind}, ANYWHERE, ALL)
        for of, kind in (
            (of, f"{multi}{of}_select")
            for of, multi in product(("users", "conversations", "channels", "external"), ("", "multi_"))
        )
    },
    "checkboxes": (menu("checkboxes"), ANYWHERE, ALL),
    "radio_buttons": (menu("radio_buttons"), ANYWHERE, ALL),
    "datepicker": ({"type": "datepicker"}, ANYWHERE, ALL),
    "timepicker": ({"type": "timepicker"}, ANYWHERE, ALL),
    "datetimepicker": ({"type": "datetimepicker"}, {ACTIONS, INPUT}, {MESSAGE, MODAL}),
    "workflow_button": (
        {"type": "workflow_button", "text": plain(), "workflow": OPTIONAL_TRIGGER},
        {SECTION, ACTIONS},
        {MESSAGE},
    ),
    "plain_text_input": ({"type": "plain_text_input"}, {INPUT}, ALL),
    "number_input": ({"type": "number_input", "is_decimal_allowed": False}, {INPUT}, {MODAL}),
    "email_text_input": ({"type": "email_text_input"}, {INPUT}, {MODAL}),
    "url_text_input": ({"type": "url_text_input"}, {INPUT}, {MODAL}),
    "file_input": ({"type": "file_input", "filetypes": ["pdf"]}, {INPUT}, {MODAL}),
    "rich_text_input": ({"type": "rich_text_input"}, {ACTIONS, INPUT}, {MODAL, HOME}),
    "feedback_buttons": (
        {
            "type": "feedback_buttons",
            "positive_button": {"text": plain(), "value": "1"},
            "negative_button": {"text": plain(), "value": "0"},
        },
        set(),
        ALL,
    ),
}
HOLD = {
    SECTION: lambda element: section(accessory=element),
    ACTIONS: lambda element: actions(element),
    INPUT: lambda element: entry(element),
}


def types_refused(findings: list[Problem]) -> list[str]:
    return [each.message for each in findings if each.message.startswith("unsupported type")]


@pytest.mark.parametrize(("surface", "name"), list(product(CHECKS, BLOCKS)))
def test_a_surface_takes_the_blocks_that_it_shows(surface: str, name: str) -> None:
    block, surfaces = BLOCKS[name]
    findings = CHECKS[surface](block)
    assert (findings == []) == (surface in surfaces)
    assert types_refused(findings) == ([] if surface in surfaces else [f"unsupported type: {block['type']}"])


@pytest.mark.parametrize(("surface", "place", "name"), list(product(CHECKS, HOLD, ELEMENTS)))
def test_a_block_takes_the_elements_that_belong_there(surface: str, place: str, name: str) -> None:
    element, places, surfaces = ELEMENTS[name]
    findings = CHECKS[surface](HOLD[place](element))
    belongs = place in places and surface in surfaces
    assert (findings == []) == belongs
    assert types_refused(findings) == ([] if belongs else [f"unsupported type: {element['type']}"])
