"""Composition objects, of which blocks and elements consist.

https://docs.slack.dev/reference/block-kit/composition-objects
"""

import re

from messages.payloads import limits
from messages.payloads.rules import exactly_one
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

ID = TextSchema(limits.ID)
WEB = TextSchema(limits.URL, kind="an http or https address", is_right=re.compile(r"https?://[^\s/]\S*").fullmatch)
ADDRESS = TextSchema(
    limits.URL,
    kind="an http, https, mailto or slack address",
    is_right=re.compile(r"(?:https?|slack)://[^\s/]\S*|mailto:\S+").fullmatch,
)
STYLE = EnumSchema(("primary", "danger"))


def plain(most: int | None) -> Schema:
    """A plain_text object of at most `most` characters."""
    return UnionSchema({"plain_text": _plain(most)})


def words(most: int | None) -> Schema:
    """A plain_text or mrkdwn object of at most `most` characters."""
    return UnionSchema({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


def text_kinds(most: int) -> Fields:
    """Both text objects by their type, for lists that also allow other types."""
    return {"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)}


def _plain(most: int | None) -> ObjectSchema:
    return ObjectSchema({"text": TextSchema(most)}, {"emoji": Flag()})


def _mrkdwn(most: int | None) -> ObjectSchema:
    return ObjectSchema({"text": TextSchema(most)}, {"verbatim": Flag()})


def _option(text: Schema, description: Schema, **more: Schema) -> ObjectSchema:
    return ObjectSchema({"text": text, "value": TextSchema(limits.OPTION_VALUE)}, {"description": description, **more})


MENU_OPTION = _option(plain(limits.OPTION), plain(limits.OPTION))
CHOICE_OPTION = _option(words(limits.OPTION), words(limits.OPTION))
OVERFLOW_OPTION = _option(plain(limits.OPTION), plain(limits.OPTION), url=ADDRESS)

OPTION_GROUP = ObjectSchema({"label": plain(limits.OPTION), "options": ListSchema(MENU_OPTION, 1, limits.OPTIONS)})

CONFIRM = ObjectSchema(
    {
        "title": plain(limits.CONFIRM_TITLE),
        "text": words(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
    },
    {"style": STYLE},
)

DISPATCH = ObjectSchema(
    {"trigger_actions_on": ListSchema(EnumSchema(("on_enter_pressed", "on_character_entered")), 1, 2)},
)

CONVERSATION_FILTER = ObjectSchema(
    {},
    {
        "include": ListSchema(EnumSchema(("im", "mpim", "private", "public")), 1, 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
)

SLACK_FILE = ObjectSchema({}, {"id": ID, "url": WEB}, exactly_one("id", "url"))

IMAGE = ObjectSchema(
    {"alt_text": TextSchema(limits.ALT_TEXT)},
    {"image_url": WEB, "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
IMAGE_ELEMENT = UnionSchema({"image": IMAGE})

_MARKS = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLED: Fields = {"style": ObjectSchema({}, {mark: Flag() for mark in _MARKS})}
_BORDER: Fields = {"border": EnumSchema((0, 1))}

_TEXT: Fields = {
    "text": ObjectSchema({"text": TextSchema()}, _STYLED),
    "link": ObjectSchema({"url": ADDRESS}, _STYLED | {"text": TextSchema(), "unsafe": Flag()}),
}
_PARTS: Fields = _TEXT | {
    "user": ObjectSchema({"user_id": ID}, _STYLED),
    "usergroup": ObjectSchema({"usergroup_id": ID}, _STYLED),
    "channel": ObjectSchema({"channel_id": ID}, _STYLED),
    "team": ObjectSchema({"team_id": ID}, _STYLED),
    "broadcast": ObjectSchema({"range": EnumSchema(("here", "channel", "everyone"))}, _STYLED),
    "emoji": ObjectSchema({"name": ID}, _STYLED | {"unicode": ID, "skin_tone": Whole(1, 6)}),
    "date": ObjectSchema(
        {"timestamp": Whole(0), "format": TextSchema()}, _STYLED | {"url": ADDRESS, "fallback": TextSchema()}
    ),
    "color": ObjectSchema({"value": TextSchema(limits.ID)}, _STYLED),
}

_SECTION = ObjectSchema({"elements": ListSchema(UnionSchema(_PARTS), 1, None)})
_LIST = ObjectSchema(
    {
        "elements": ListSchema(UnionSchema({"rich_text_section": _SECTION}), 1, None),
        "style": EnumSchema(("bullet", "ordered")),
    },
    _BORDER | {"indent": Whole(0, 8), "offset": Whole(0)},
)
RICH_TEXT = ObjectSchema(
    {
        "elements": ListSchema(
            UnionSchema(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": ObjectSchema({"elements": ListSchema(UnionSchema(_PARTS), 1, None)}, _BORDER),
                    "rich_text_preformatted": ObjectSchema(
                        {"elements": ListSchema(UnionSchema(_TEXT), 1, None)}, _BORDER
                    ),
                }
            ),
            1,
            None,
        )
    },
    {"block_id": ID},
)
