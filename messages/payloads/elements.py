"""Buttons, menus and inputs, and where each is allowed.

https://docs.slack.dev/reference/block-kit/block-elements
"""

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from messages.payloads import limits
from messages.payloads.objects import (
    ADDRESS,
    CHOICE_OPTION,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    ID,
    IMAGE,
    MENU_OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    RICH_TEXT,
    STYLE,
    plain,
)
from messages.payloads.rules import exactly_one, in_order, initial_fits_maximum, initial_is_an_option, options_differ
from messages.payloads.spec import (
    EnumSchema,
    Fields,
    Flag,
    ListSchema,
    ObjectSchema,
    Schema,
    TextSchema,
    UnionSchema,
    Whole,
)


def _reads_as(parse: Callable[[str], object], form: str) -> Callable[[str], bool]:
    def is_right(value: str) -> bool:
        try:
            parse(value)
        except (ValueError, ArithmeticError):
            return False
        return re.fullmatch(form, value, re.ASCII) is not None

    return is_right


DAY = TextSchema(kind="a date as YYYY-MM-DD", is_right=_reads_as(date.fromisoformat, r"\d{4}-\d\d-\d\d"))
CLOCK = TextSchema(kind="a time as HH:MM", is_right=_reads_as(time.fromisoformat, r"\d\d:\d\d"))
DECIMAL = TextSchema(kind="a number written as text", is_right=_reads_as(Decimal, r"-?\d+(?:\.\d+)?"))

ACTION: Fields = {"action_id": ID}
CONFIRMED: Fields = ACTION | {"confirm": CONFIRM}
FOCUSED: Fields = {"focus_on_load": Flag()}
MENU: Fields = CONFIRMED | FOCUSED | {"placeholder": plain(limits.PLACEHOLDER)}
FIELD: Fields = ACTION | FOCUSED | {"placeholder": plain(limits.PLACEHOLDER), "dispatch_action_config": DISPATCH}
SEVERAL: Fields = {"max_selected_items": Whole(1)}
CONVERSATIONS: Fields = {"default_to_current_conversation": Flag(), "filter": CONVERSATION_FILTER}
RESPONSE_URL: Fields = {"response_url_enabled": Flag()}
STATIC: Fields = {
    "options": ListSchema(MENU_OPTION, 1, limits.OPTIONS),
    "option_groups": ListSchema(OPTION_GROUP, 1, limits.OPTION_GROUPS),
}
STATIC_RULES = (*exactly_one("options", "option_groups"), options_differ, initial_is_an_option)
QUERY: Fields = {"min_query_length": Whole(0)}
OPTION: Fields = {"initial_option": MENU_OPTION}
OPTIONS: Fields = {"initial_options": ListSchema(MENU_OPTION, 1, limits.OPTIONS)}

CHOICES: Fields = {"options": ListSchema(CHOICE_OPTION, 1, limits.CHOICES)}
CHOICE_RULES = (options_differ, initial_is_an_option)
LABELLED: Fields = {"accessibility_label": TextSchema(limits.BUTTON)}
NUMBERS: Fields = {"initial_value": DECIMAL, "min_value": DECIMAL, "max_value": DECIMAL}
LINES: Fields = {"min_lines": Whole(1, limits.LINES), "max_lines": Whole(1, limits.LINES)}
FEEDBACK = ObjectSchema({"text": plain(limits.BUTTON), "value": TextSchema(limits.BUTTON_VALUE)}, LABELLED)


def _several(name: str, **more: Schema) -> ObjectSchema:
    return ObjectSchema({}, MENU | SEVERAL | {name: ListSchema(ID, 1, None)} | more, (initial_fits_maximum,))


BUTTON = ObjectSchema(
    {"text": plain(limits.BUTTON)},
    CONFIRMED | LABELLED | {"value": TextSchema(limits.BUTTON_VALUE), "url": ADDRESS, "style": STYLE},
)
OVERFLOW = ObjectSchema({"options": ListSchema(OVERFLOW_OPTION, 1, limits.OVERFLOW)}, CONFIRMED, (options_differ,))

SELECTS: Fields = {
    "static_select": ObjectSchema({}, MENU | STATIC | OPTION, STATIC_RULES),
    "external_select": ObjectSchema({}, MENU | QUERY | OPTION),
    "users_select": ObjectSchema({}, MENU | {"initial_user": ID}),
    "conversations_select": ObjectSchema({}, MENU | CONVERSATIONS | RESPONSE_URL | {"initial_conversation": ID}),
    "channels_select": ObjectSchema({}, MENU | RESPONSE_URL | {"initial_channel": ID}),
    "multi_static_select": ObjectSchema({}, MENU | SEVERAL | STATIC | OPTIONS, (*STATIC_RULES, initial_fits_maximum)),
    "multi_external_select": ObjectSchema({}, MENU | SEVERAL | QUERY | OPTIONS, (initial_fits_maximum,)),
    "multi_users_select": _several("initial_users"),
    "multi_conversations_select": _several("initial_conversations", **CONVERSATIONS),
    "multi_channels_select": _several("initial_channels"),
}
PICKERS: Fields = {
    "datepicker": ObjectSchema({}, MENU | {"initial_date": DAY}),
    "timepicker": ObjectSchema({}, MENU | {"initial_time": CLOCK, "timezone": ID}),
    "checkboxes": ObjectSchema(
        CHOICES, CONFIRMED | FOCUSED | {"initial_options": ListSchema(CHOICE_OPTION, 1, limits.CHOICES)}, CHOICE_RULES
    ),
    "radio_buttons": ObjectSchema(CHOICES, CONFIRMED | FOCUSED | {"initial_option": CHOICE_OPTION}, CHOICE_RULES),
}
# Slack wants ten digits of seconds since 1970.
MOMENT: Fields = {
    "datetimepicker": ObjectSchema({}, CONFIRMED | FOCUSED | {"initial_date_time": Whole(10**9, 10**10 - 1)})
}
RICH_INPUT: Fields = {
    "rich_text_input": ObjectSchema(
        {},
        FIELD | LINES | {"initial_value": UnionSchema({"rich_text": RICH_TEXT})},
        (in_order("min_lines", "max_lines"),),
    )
}
TYPED: Fields = {
    "plain_text_input": ObjectSchema(
        {},
        FIELD
        | {
            "initial_value": TextSchema(limits.TYPED, least=0),
            "multiline": Flag(),
            "min_length": Whole(0, limits.TYPED),
            "max_length": Whole(1, limits.TYPED),
        },
        (in_order("min_length", "max_length"),),
    ),
    "email_text_input": ObjectSchema({}, FIELD | {"initial_value": TextSchema(limits.TYPED, least=0)}),
    "url_text_input": ObjectSchema({}, FIELD | {"initial_value": TextSchema(limits.TYPED, least=0)}),
    "number_input": ObjectSchema(
        {"is_decimal_allowed": Flag()},
        FIELD | NUMBERS,
        (in_order("min_value", "initial_value", "max_value"),),
    ),
    "file_input": ObjectSchema(
        {}, ACTION | {"filetypes": ListSchema(ID, 1, None), "max_files": Whole(1, limits.FILES)}
    ),
}
PRESSED: Fields = {"button": BUTTON, "overflow": OVERFLOW}

IN_ACTIONS = UnionSchema(PRESSED | SELECTS | PICKERS | MOMENT | RICH_INPUT)
IN_INPUT = UnionSchema(TYPED | SELECTS | PICKERS | MOMENT | RICH_INPUT)
IN_SECTION = UnionSchema(PRESSED | SELECTS | PICKERS | {"image": IMAGE})
IN_CONTEXT_ACTIONS = UnionSchema(
    {
        "feedback_buttons": ObjectSchema({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, ACTION),
        "icon_button": ObjectSchema(
            {"icon": EnumSchema(("trash",)), "text": plain(limits.BUTTON)},
            CONFIRMED
            | LABELLED
            | {"value": TextSchema(limits.BUTTON_VALUE), "visible_to_user_ids": ListSchema(ID, 1, None)},
        ),
    }
)
