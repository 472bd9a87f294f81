"""The block elements, and where each may stand: https://docs.slack.dev/reference/block-kit/block-elements."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from sandbox.block_kit import string_formats
from sandbox.block_kit.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    LINKED_OPTION,
    MARKED_OPTION,
    OPTION,
    OPTION_GROUP,
    SLACK_FILE,
    STYLE,
    WORKFLOW,
    plain_text,
)
from sandbox.block_kit.rich_text import RICH_TEXT
from sandbox.block_kit.rules import (
    ascending,
    exactly_one,
    initial_among_options,
    initial_within_maximum,
    unique_options,
    whole_unless_decimal_allowed,
)
from sandbox.block_kit.schema import Array, Boolean, Kind, Number, Object, OneOf, Rule, String

Surface = Literal["message", "modal", "home"]
Fields = Mapping[str, Kind]

EVERYWHERE: Final[frozenset[Surface]] = frozenset({"message", "modal", "home"})

_ACTION: Final[Fields] = {"action_id": String(255)}
_BUTTON: Final[Fields] = {"style": STYLE, "accessibility_label": String(75)}
_PICKER: Final[Fields] = {**_ACTION, "confirm": CONFIRM, "focus_on_load": Boolean()}
_MENU: Final[Fields] = {**_PICKER, "placeholder": plain_text(150)}
_MULTI: Final[Fields] = {**_MENU, "max_selected_items": Number(least=1)}
_TYPED: Final[Fields] = {
    **_ACTION,
    "placeholder": plain_text(150),
    "focus_on_load": Boolean(),
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
_OPTIONS: Final[Fields] = {
    "options": Array(OPTION, least=1, most=100),
    "option_groups": Array(OPTION_GROUP, least=1, most=100),
}
_CONVERSATIONS: Final[Fields] = {"default_to_current_conversation": Boolean(), "filter": CONVERSATION_FILTER}
_RESPONSE_URL: Final[Fields] = {"response_url_enabled": Boolean()}
_ID: Final = String()
_FEEDBACK: Final = Object(
    required={"text": plain_text(75), "value": String(2000)}, optional={"accessibility_label": String(75)}
)

_CHOOSING: Final[tuple[Rule, ...]] = (unique_options, initial_among_options)
_STATIC: Final[tuple[Rule, ...]] = (exactly_one("options", "option_groups"), *_CHOOSING)


def _element(name: str, optional: Fields, *, rules: tuple[Rule, ...] = (), **required: Kind) -> Object:
    return Object(type=name, required=required, optional=optional, rules=rules)


def _multi(name: str, initial: str, of: Kind = _ID, *, also: Fields | None = None, static: bool = False) -> Object:
    fields = {**_MULTI, **(also or {}), initial: Array(of, least=1)}
    return _element(name, fields, rules=(*(_STATIC if static else ()), initial_within_maximum(initial)))


IMAGE: Final = _element(
    "image",
    {"image_url": string_formats.WEB_ADDRESS, "slack_file": SLACK_FILE},
    alt_text=String(2000),
    rules=(exactly_one("image_url", "slack_file"),),
)
BUTTON: Final = _element(
    "button",
    {**_ACTION, **_BUTTON, "confirm": CONFIRM, "value": String(2000), "url": string_formats.LINK},
    text=plain_text(75),
)

BUTTONS: Final = (
    BUTTON,
    _element("workflow_button", {**_ACTION, **_BUTTON, "confirm": CONFIRM}, text=plain_text(75), workflow=WORKFLOW),
    _element("overflow", {**_ACTION, "confirm": CONFIRM}, options=Array(LINKED_OPTION, 1, 5), rules=(unique_options,)),
    _element("feedback_buttons", _ACTION, positive_button=_FEEDBACK, negative_button=_FEEDBACK),
    _element(
        "icon_button",
        {
            **_ACTION,
            "confirm": CONFIRM,
            "value": String(2000),
            "accessibility_label": String(75),
            "visible_to_user_ids": Array(String()),
        },
        icon=String(),
        text=plain_text(75),
    ),
)

CHOICES: Final = (
    _element(
        "checkboxes",
        {**_PICKER, "initial_options": Array(MARKED_OPTION, least=1)},
        options=Array(MARKED_OPTION, 1, 10),
        rules=_CHOOSING,
    ),
    _element(
        "radio_buttons",
        {**_PICKER, "initial_option": MARKED_OPTION},
        options=Array(MARKED_OPTION, 1, 10),
        rules=_CHOOSING,
    ),
    _element("datepicker", {**_MENU, "initial_date": string_formats.DATE}),
    _element("timepicker", {**_MENU, "initial_time": string_formats.TIME, "timezone": string_formats.TIME_ZONE}),
    _element("datetimepicker", {**_PICKER, "initial_date_time": Number(1_000_000_000, 9_999_999_999)}),
)

SELECTS: Final = (
    _element("static_select", {**_MENU, **_OPTIONS, "initial_option": OPTION}, rules=_STATIC),
    _element("external_select", {**_MENU, "initial_option": OPTION, "min_query_length": Number(least=0)}),
    _element("users_select", {**_MENU, "initial_user": String()}),
    _element("conversations_select", {**_MENU, **_CONVERSATIONS, **_RESPONSE_URL, "initial_conversation": String()}),
    _element("channels_select", {**_MENU, **_RESPONSE_URL, "initial_channel": String()}),
    _multi("multi_static_select", "initial_options", OPTION, also=_OPTIONS, static=True),
    _multi("multi_external_select", "initial_options", OPTION, also={"min_query_length": Number(least=0)}),
    _multi("multi_users_select", "initial_users"),
    _multi("multi_conversations_select", "initial_conversations", also=_CONVERSATIONS),
    _multi("multi_channels_select", "initial_channels"),
)

INPUTS: Final = (
    _element(
        "plain_text_input",
        {
            **_TYPED,
            "initial_value": String(3000),
            "multiline": Boolean(),
            "min_length": Number(least=0, most=3000),
            "max_length": Number(least=1, most=3000),
        },
        rules=(ascending("min_length", "max_length"),),
    ),
    _element(
        "number_input",
        {
            **_TYPED,
            "initial_value": string_formats.NUMBER,
            "min_value": string_formats.NUMBER,
            "max_value": string_formats.NUMBER,
        },
        is_decimal_allowed=Boolean(),
        rules=(
            ascending("min_value", "initial_value", "max_value"),
            whole_unless_decimal_allowed("min_value", "initial_value", "max_value"),
        ),
    ),
    _element("email_text_input", {**_TYPED, "initial_value": String()}),
    _element("url_text_input", {**_TYPED, "initial_value": String()}),
    _element(
        "rich_text_input",
        {
            **_TYPED,
            "initial_value": RICH_TEXT,
            "min_lines": Number(least=1, most=100),
            "max_lines": Number(least=1, most=100),
        },
        rules=(ascending("min_lines", "max_lines"),),
    ),
    _element("file_input", {**_ACTION, "filetypes": Array(String(), least=1), "max_files": Number(1, 10)}),
)

ELEMENTS: Final = {element.type: element for element in (IMAGE, *BUTTONS, *CHOICES, *SELECTS, *INPUTS)}

SURFACES: Final[Mapping[str, frozenset[Surface]]] = {
    "datetimepicker": frozenset({"message", "modal"}),
    "email_text_input": frozenset({"modal"}),
    "file_input": frozenset({"modal"}),
    "number_input": frozenset({"modal"}),
    "rich_text_input": frozenset({"modal", "home"}),
    "url_text_input": frozenset({"modal"}),
    "workflow_button": frozenset({"message"}),
}
"""Elements that are not to be had everywhere, as their own pages say ("Available in surfaces")."""

_SELECT_TYPES: Final = tuple(str(each.type) for each in SELECTS)
_SHARED: Final = (*_SELECT_TYPES, "checkboxes", "radio_buttons", "datepicker", "timepicker")

ACCESSORIES: Final = (*_SHARED, "image", "button", "workflow_button", "overflow")
ACTIONS: Final = (*_SHARED, "button", "workflow_button", "overflow", "datetimepicker", "rich_text_input")
INPUT_ELEMENTS: Final = (*_SHARED, "datetimepicker", *(str(each.type) for each in INPUTS))


def on(surface: Surface, types: Iterable[str]) -> OneOf:
    """Those of the element types that this surface has."""
    return OneOf(*(ELEMENTS[name] for name in types if surface in SURFACES.get(name, EVERYWHERE)))
