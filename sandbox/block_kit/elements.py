"""Block elements, and where each is allowed: https://docs.slack.dev/reference/block-kit/block-elements."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from sandbox.block_kit import string_formats
from sandbox.block_kit.composition import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_ACTION_CONFIG,
    LINK_OPTION,
    MRKDWN_OPTION,
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
from sandbox.block_kit.schema import (
    ArraySchema,
    BooleanSchema,
    NumberSchema,
    ObjectSchema,
    Rule,
    Schema,
    StringSchema,
    UnionSchema,
)

Surface = Literal["message", "modal", "home"]
Fields = Mapping[str, Schema]

EVERYWHERE: Final[frozenset[Surface]] = frozenset({"message", "modal", "home"})

_ACTION: Final[Fields] = {"action_id": StringSchema(255)}
_BUTTON: Final[Fields] = {"style": STYLE, "accessibility_label": StringSchema(75)}
_PICKER: Final[Fields] = {**_ACTION, "confirm": CONFIRM, "focus_on_load": BooleanSchema()}
_MENU: Final[Fields] = {**_PICKER, "placeholder": plain_text(150)}
_MULTI: Final[Fields] = {**_MENU, "max_selected_items": NumberSchema(minimum=1)}
_TYPED: Final[Fields] = {
    **_ACTION,
    "placeholder": plain_text(150),
    "focus_on_load": BooleanSchema(),
    "dispatch_action_config": DISPATCH_ACTION_CONFIG,
}
_OPTIONS: Final[Fields] = {
    "options": ArraySchema(OPTION, min_items=1, max_items=100),
    "option_groups": ArraySchema(OPTION_GROUP, min_items=1, max_items=100),
}
_CONVERSATIONS: Final[Fields] = {"default_to_current_conversation": BooleanSchema(), "filter": CONVERSATION_FILTER}
_RESPONSE_URL: Final[Fields] = {"response_url_enabled": BooleanSchema()}
_ID: Final = StringSchema()
_FEEDBACK: Final = ObjectSchema(
    required={"text": plain_text(75), "value": StringSchema(2000)}, optional={"accessibility_label": StringSchema(75)}
)

_CHOOSING: Final[tuple[Rule, ...]] = (unique_options, initial_among_options)
_STATIC: Final[tuple[Rule, ...]] = (exactly_one("options", "option_groups"), *_CHOOSING)


def _element(name: str, optional: Fields, *, rules: tuple[Rule, ...] = (), **required: Schema) -> ObjectSchema:
    return ObjectSchema(type=name, required=required, optional=optional, rules=rules)


def _multi(
    name: str, initial: str, of: Schema = _ID, *, also: Fields | None = None, static: bool = False
) -> ObjectSchema:
    fields = {**_MULTI, **(also or {}), initial: ArraySchema(of, min_items=1)}
    return _element(name, fields, rules=(*(_STATIC if static else ()), initial_within_maximum(initial)))


IMAGE: Final = _element(
    "image",
    {"image_url": string_formats.WEB_URL, "slack_file": SLACK_FILE},
    alt_text=StringSchema(2000),
    rules=(exactly_one("image_url", "slack_file"),),
)
BUTTON: Final = _element(
    "button",
    {**_ACTION, **_BUTTON, "confirm": CONFIRM, "value": StringSchema(2000), "url": string_formats.URL},
    text=plain_text(75),
)

BUTTONS: Final = (
    BUTTON,
    _element("workflow_button", {**_ACTION, **_BUTTON, "confirm": CONFIRM}, text=plain_text(75), workflow=WORKFLOW),
    _element(
        "overflow", {**_ACTION, "confirm": CONFIRM}, options=ArraySchema(LINK_OPTION, 1, 5), rules=(unique_options,)
    ),
    _element("feedback_buttons", _ACTION, positive_button=_FEEDBACK, negative_button=_FEEDBACK),
    _element(
        "icon_button",
        {
            **_ACTION,
            "confirm": CONFIRM,
            "value": StringSchema(2000),
            "accessibility_label": StringSchema(75),
            "visible_to_user_ids": ArraySchema(StringSchema()),
        },
        icon=StringSchema(),
        text=plain_text(75),
    ),
)

CHOICES: Final = (
    _element(
        "checkboxes",
        {**_PICKER, "initial_options": ArraySchema(MRKDWN_OPTION, min_items=1)},
        options=ArraySchema(MRKDWN_OPTION, 1, 10),
        rules=_CHOOSING,
    ),
    _element(
        "radio_buttons",
        {**_PICKER, "initial_option": MRKDWN_OPTION},
        options=ArraySchema(MRKDWN_OPTION, 1, 10),
        rules=_CHOOSING,
    ),
    _element("datepicker", {**_MENU, "initial_date": string_formats.DATE}),
    _element("timepicker", {**_MENU, "initial_time": string_formats.TIME, "timezone": string_formats.TIME_ZONE}),
    _element("datetimepicker", {**_PICKER, "initial_date_time": NumberSchema(1_000_000_000, 9_999_999_999)}),
)

SELECTS: Final = (
    _element("static_select", {**_MENU, **_OPTIONS, "initial_option": OPTION}, rules=_STATIC),
    _element("external_select", {**_MENU, "initial_option": OPTION, "min_query_length": NumberSchema(minimum=0)}),
    _element("users_select", {**_MENU, "initial_user": StringSchema()}),
    _element(
        "conversations_select", {**_MENU, **_CONVERSATIONS, **_RESPONSE_URL, "initial_conversation": StringSchema()}
    ),
    _element("channels_select", {**_MENU, **_RESPONSE_URL, "initial_channel": StringSchema()}),
    _multi("multi_static_select", "initial_options", OPTION, also=_OPTIONS, static=True),
    _multi("multi_external_select", "initial_options", OPTION, also={"min_query_length": NumberSchema(minimum=0)}),
    _multi("multi_users_select", "initial_users"),
    _multi("multi_conversations_select", "initial_conversations", also=_CONVERSATIONS),
    _multi("multi_channels_select", "initial_channels"),
)

INPUTS: Final = (
    _element(
        "plain_text_input",
        {
            **_TYPED,
            "initial_value": StringSchema(3000),
            "multiline": BooleanSchema(),
            "min_length": NumberSchema(minimum=0, maximum=3000),
            "max_length": NumberSchema(minimum=1, maximum=3000),
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
        is_decimal_allowed=BooleanSchema(),
        rules=(
            ascending("min_value", "initial_value", "max_value"),
            whole_unless_decimal_allowed("min_value", "initial_value", "max_value"),
        ),
    ),
    _element("email_text_input", {**_TYPED, "initial_value": StringSchema()}),
    _element("url_text_input", {**_TYPED, "initial_value": StringSchema()}),
    _element(
        "rich_text_input",
        {
            **_TYPED,
            "initial_value": RICH_TEXT,
            "min_lines": NumberSchema(minimum=1, maximum=100),
            "max_lines": NumberSchema(minimum=1, maximum=100),
        },
        rules=(ascending("min_lines", "max_lines"),),
    ),
    _element(
        "file_input",
        {**_ACTION, "filetypes": ArraySchema(StringSchema(), min_items=1), "max_files": NumberSchema(1, 10)},
    ),
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
"""The surfaces of elements that are not allowed everywhere ("Available in surfaces" in their documentation)."""

_SELECT_TYPES: Final = tuple(str(each.type) for each in SELECTS)
_SHARED: Final = (*_SELECT_TYPES, "checkboxes", "radio_buttons", "datepicker", "timepicker")

ACCESSORIES: Final = (*_SHARED, "image", "button", "workflow_button", "overflow")
ACTIONS: Final = (*_SHARED, "button", "workflow_button", "overflow", "datetimepicker", "rich_text_input")
INPUT_ELEMENTS: Final = (*_SHARED, "datetimepicker", *(str(each.type) for each in INPUTS))


def for_surface(surface: Surface, types: Iterable[str]) -> UnionSchema:
    """A schema for those of the element types that are allowed on the surface."""
    return UnionSchema(*(ELEMENTS[name] for name in types if surface in SURFACES.get(name, EVERYWHERE)))
