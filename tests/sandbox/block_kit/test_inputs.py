"""Problems of input elements."""

import pytest

from tests.sandbox.block_kit.payloads import Json, button, entry, in_modal, mrkdwn, plain


def number(**more: object) -> Json:
    return entry({"type": "number_input", "is_decimal_allowed": True, **more})


def asked(kind: str, **more: object) -> Json:
    return entry({"type": kind, **more})


REFUSED_INPUTS = {
    "a shortest text longer than the longest": (
        asked("plain_text_input", min_length=5, max_length=4),
        "/element/min_length",
    ),
    "a lowest number above the highest": (number(min_value="2", max_value="1.5"), "/element/min_value"),
    "a number below the lowest": (number(initial_value="-2", min_value="-1"), "/element/min_value"),
    "a number above the highest": (number(initial_value="10", max_value="9"), "/element/initial_value"),
    "a limit that is no number": (number(min_value="one"), "/element/min_value"),
    "a limit that is not in a string": (number(min_value=1), "/element/min_value"),
    "a fraction where whole numbers are asked": (
        number(is_decimal_allowed=False, initial_value="1.5"),
        "/element/initial_value",
    ),
    "a number input that does not say if fractions do": (asked("number_input"), "/element"),
    "a mrkdwn label": (entry() | {"label": mrkdwn()}, "/label/type"),
    "a mrkdwn hint": (entry(hint=mrkdwn()), "/hint/type"),
    "no label": ({"type": "input", "element": {"type": "plain_text_input"}}, ""),
    "no element": ({"type": "input", "label": plain()}, ""),
    "a button as an input": (entry(button()), "/element/type"),
    "dispatching on an unknown key": (
        asked("plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_escape"]}),
        "/element/dispatch_action_config/trigger_actions_on/0",
    ),
    "dispatching on nothing": (
        asked("plain_text_input", dispatch_action_config={"trigger_actions_on": []}),
        "/element/dispatch_action_config/trigger_actions_on",
    ),
    "dispatching twice on one key": (
        asked("plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"] * 2}),
        "/element/dispatch_action_config/trigger_actions_on/1",
    ),
    "fewer lines than the fewest": (asked("rich_text_input", min_lines=9, max_lines=8), "/element/min_lines"),
    "dispatching files": (entry({"type": "file_input"}, dispatch_action=True), "/dispatch_action"),
    "a length with a fraction": (asked("plain_text_input", max_length=2.5), "/element/max_length"),
    "a length that is a truth value": (asked("plain_text_input", max_length=True), "/element/max_length"),
}


@pytest.mark.parametrize(("block", "pointer"), REFUSED_INPUTS.values(), ids=REFUSED_INPUTS.keys())
def test_a_modal_is_refused_with(block: Json, pointer: str) -> None:
    findings = in_modal(block)
    assert findings[-1].pointer == f"/view/blocks/0{pointer}"
    assert {finding.error for finding in findings} == {"invalid_arguments"}
