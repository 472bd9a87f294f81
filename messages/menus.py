"""Menus of buttons: what is chosen in one does what its button does.

A card or a section has room for few buttons. The rarer ones stand in an overflow menu, whose options name the button
that they stand for, so that one handler serves the button under an old message and the option at Home.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import ButtonElement, OverflowMenuElement

from messages.blocks import overflow
from messages.ids import MENU
from messages.payloads import limits

_SEPARATOR = " "
"""Between an action id, which has no blank in it, and the value."""


def menu(buttons: Sequence[ButtonElement]) -> OverflowMenuElement:
    """The first five of these buttons, of which none asks first: Slack would ask before every choice of the menu."""
    return overflow(MENU, [(_value_of(each), _label_of(each)) for each in buttons[: limits.OVERFLOW]])


def _value_of(each: ButtonElement) -> str:
    if each.confirm:
        raise ValueError("a button that asks first")
    return f"{each.action_id}{_SEPARATOR}{each.value or ''}"


def _label_of(each: ButtonElement) -> str:
    return each.text.text if each.text else ""


def pressed(action: Mapping[str, Any]) -> Mapping[str, Any]:
    """An action as Slack sends it: in place of an option of such a menu, the button that it stands for."""
    if action.get("action_id") != MENU:
        return action
    chosen = action.get("selected_option") or {}
    action_id, _, value = str(chosen.get("value") or "").partition(_SEPARATOR)
    return {**action, "type": "button", "action_id": action_id, "value": value, "selected_option": None}
