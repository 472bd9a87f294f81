"""State of interactive elements: initial state, and the state after a choice.

The shape is that of `state.values` in Slack's payloads: a text input has `value`, a select `selected_option` (null when
empty), checkboxes and multi-selects a list (docs.slack.dev/reference/views/modal-views).
"""

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from sandbox.types import JSON

_TEXT_INPUTS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")

# Element type -> (key of its value, key of its initial value, empty value).
_STATE_KEYS: dict[str, tuple[str, str, Any]] = {
    **dict.fromkeys(_TEXT_INPUTS, ("value", "initial_value", None)),
    "rich_text_input": ("rich_text_value", "initial_value", None),
    "file_input": ("files", "", []),
    "static_select": ("selected_option", "initial_option", None),
    "external_select": ("selected_option", "initial_option", None),
    "radio_buttons": ("selected_option", "initial_option", None),
    "users_select": ("selected_user", "initial_user", None),
    "conversations_select": ("selected_conversation", "initial_conversation", None),
    "channels_select": ("selected_channel", "initial_channel", None),
    "multi_static_select": ("selected_options", "initial_options", []),
    "multi_external_select": ("selected_options", "initial_options", []),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_users_select": ("selected_users", "initial_users", []),
    "multi_conversations_select": ("selected_conversations", "initial_conversations", []),
    "multi_channels_select": ("selected_channels", "initial_channels", []),
    "datepicker": ("selected_date", "initial_date", None),
    "timepicker": ("selected_time", "initial_time", None),
    "datetimepicker": ("selected_date_time", "initial_date_time", None),
}
_ECHOED_KEYS = ("placeholder", "text", "value", "style", "url")


class ImpossibleChoiceError(ValueError):
    """The client does not offer this choice. The message names the element and the value."""


def initial_state(element: JSON) -> JSON:
    """The state of an untouched element."""
    key, initial, empty = _STATE_KEYS[element["type"]]
    return {"type": element["type"], key: element.get(initial, empty)}


def state_for(element: JSON, value: Any) -> JSON:
    """The state after a person chose `value`; None clears it.

    Text inputs take a string, options their value or text, multi-selects and checkboxes a list of those, people and
    conversations an id, dates "YYYY-MM-DD", times "HH:MM", datetimes Unix seconds. Raises ImpossibleChoiceError.
    """
    kind = element["type"]
    key, _, empty = _STATE_KEYS[kind]
    if value is None or value == "" or value == []:
        return {"type": kind, key: empty}
    return {"type": kind, key: _value_for(element, kind, key, value)}


def is_empty(state: JSON) -> bool:
    """Whether the state holds no value."""
    return not value_of(state) and value_of(state) != 0


def value_of(state: JSON) -> Any:
    """The value in a state."""
    return state[_STATE_KEYS[state["type"]][0]]


def action_entry(slot_block_id: str, element: JSON, state: JSON | None, ts: str) -> JSON:
    """An entry of `actions` in a block_actions payload."""
    entry: JSON = {"type": element["type"], "block_id": slot_block_id, "action_id": element["action_id"]}
    entry |= {key: element[key] for key in _ECHOED_KEYS if key in element}
    entry |= {key: value for key, value in element.items() if key.startswith("initial_")}
    return entry | {key: value for key, value in (state or {}).items() if key != "type"} | {"action_ts": ts}


def find_option(element: JSON, value: Any) -> JSON:
    """The option with that value or text. Raises ImpossibleChoiceError."""
    options = list(_options(element))
    for match in (_has_value, _has_text):
        for option in options:
            if match(option, value):
                return option
    offered = ", ".join(str(option["text"]["text"]) for option in options)
    raise ImpossibleChoiceError(f"{element['action_id']} offers no {value!r}; it offers: {offered}")


def _value_for(element: JSON, kind: str, key: str, value: Any) -> Any:
    if key == "value":
        return str(value)
    if key == "selected_option":
        return find_option(element, value)
    if key == "selected_options":
        return [find_option(element, one) for one in _as_list(value)]
    if key == "rich_text_value":
        return _rich_text(str(value))
    if kind.startswith("multi_"):
        return list(_as_list(value))
    try:
        if kind == "datepicker":
            return date.fromisoformat(value).isoformat()
        if kind == "timepicker":
            return time.fromisoformat(value).strftime("%H:%M")
        return int(value) if kind == "datetimepicker" else str(value)
    except (TypeError, ValueError) as error:
        raise ImpossibleChoiceError(f"{element['action_id']} cannot hold {value!r}") from error


def _as_list(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple | set | frozenset) else [value]


def _options(element: JSON) -> Iterable[JSON]:
    yield from element.get("options", ())
    for group in element.get("option_groups", ()):
        yield from group["options"]


def _has_value(option: JSON, value: Any) -> bool:
    return bool(option.get("value") == value)


def _has_text(option: JSON, value: Any) -> bool:
    return bool(option["text"]["text"] == value)


def _rich_text(text: str) -> JSON:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}


_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+")


def validation_error(element: JSON, state: JSON, *, optional: bool) -> str:
    """The client's validation error when the person submits; empty if the value is valid."""
    if is_empty(state):
        return "" if optional else "Please complete this required field."
    value = value_of(state)
    match element["type"]:
        case "plain_text_input":
            return _length_error(element, str(value))
        case "number_input":
            return _number_error(element, str(value))
        case "email_text_input":
            return "" if _EMAIL.fullmatch(value) else "Please enter a valid email address."
        case "url_text_input":
            return "" if _URL.fullmatch(value) else "Please enter a valid URL."
    most = element.get("max_selected_items")
    if isinstance(value, list) and most and len(value) > most:
        return f"Please choose at most {most} items."
    return ""


def _length_error(element: JSON, value: str) -> str:
    if len(value) < element.get("min_length", 0):
        return f"Please enter at least {element['min_length']} characters."
    if len(value) > element.get("max_length", 3000):
        return f"Please enter at most {element.get('max_length', 3000)} characters."
    return ""


def _number_error(element: JSON, value: str) -> str:
    try:
        number = float(value) if element.get("is_decimal_allowed") else int(value)
    except ValueError:
        return "Please enter a valid number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return ""
