"""The small parts that blocks and elements are made of.

https://docs.slack.dev/reference/block-kit/composition-objects
"""

import re

from messages.payloads import limits
from messages.payloads.rules import exactly_one
from messages.payloads.spec import Fields, Flag, Kinds, Many, OneOf, Shape, Spec, Text, Whole

ID = Text(limits.ID)
WEB = Text(limits.URL, kind="an http or https address", is_right=re.compile(r"https?://[^\s/]\S*").fullmatch)
ADDRESS = Text(
    limits.URL,
    kind="an http, https, mailto or slack address",
    is_right=re.compile(r"(?:https?|slack)://[^\s/]\S*|mailto:\S+").fullmatch,
)
STYLE = OneOf(("primary", "danger"))


def plain(most: int | None) -> Spec:
    """A plain_text object of at most `most` characters."""
    return Kinds({"plain_text": _plain(most)})


def words(most: int | None) -> Spec:
    """A plain_text or mrkdwn object of at most `most` characters."""
    return Kinds({"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)})


def text_kinds(most: int) -> Fields:
    """Both text objects by their type, for a list that takes other things as well."""
    return {"plain_text": _plain(most), "mrkdwn": _mrkdwn(most)}


def _plain(most: int | None) -> Shape:
    return Shape({"text": Text(most)}, {"emoji": Flag()})


def _mrkdwn(most: int | None) -> Shape:
    return Shape({"text": Text(most)}, {"verbatim": Flag()})


def _option(text: Spec, description: Spec, **more: Spec) -> Shape:
    return Shape({"text": text, "value": Text(limits.OPTION_VALUE)}, {"description": description, **more})


MENU_OPTION = _option(plain(limits.OPTION), plain(limits.OPTION))
CHOICE_OPTION = _option(words(limits.OPTION), words(limits.OPTION))
OVERFLOW_OPTION = _option(plain(limits.OPTION), plain(limits.OPTION), url=ADDRESS)

OPTION_GROUP = Shape({"label": plain(limits.OPTION), "options": Many(MENU_OPTION, 1, limits.OPTIONS)})

CONFIRM = Shape(
    {
        "title": plain(limits.CONFIRM_TITLE),
        "text": words(limits.CONFIRM_TEXT),
        "confirm": plain(limits.CONFIRM_BUTTON),
        "deny": plain(limits.CONFIRM_BUTTON),
    },
    {"style": STYLE},
)

DISPATCH = Shape(
    {"trigger_actions_on": Many(OneOf(("on_enter_pressed", "on_character_entered")), 1, 2)},
)

CONVERSATION_FILTER = Shape(
    {},
    {
        "include": Many(OneOf(("im", "mpim", "private", "public")), 1, 4),
        "exclude_external_shared_channels": Flag(),
        "exclude_bot_users": Flag(),
    },
)

SLACK_FILE = Shape({}, {"id": ID, "url": WEB}, exactly_one("id", "url"))

IMAGE = Shape(
    {"alt_text": Text(limits.ALT_TEXT)},
    {"image_url": WEB, "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)
IMAGE_ELEMENT = Kinds({"image": IMAGE})

_MARKS = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLED: Fields = {"style": Shape({}, {mark: Flag() for mark in _MARKS})}
_BORDER: Fields = {"border": OneOf((0, 1))}

_TEXT: Fields = {
    "text": Shape({"text": Text()}, _STYLED),
    "link": Shape({"url": ADDRESS}, _STYLED | {"text": Text(), "unsafe": Flag()}),
}
_PARTS: Fields = _TEXT | {
    "user": Shape({"user_id": ID}, _STYLED),
    "usergroup": Shape({"usergroup_id": ID}, _STYLED),
    "channel": Shape({"channel_id": ID}, _STYLED),
    "team": Shape({"team_id": ID}, _STYLED),
    "broadcast": Shape({"range": OneOf(("here", "channel", "everyone"))}, _STYLED),
    "emoji": Shape({"name": ID}, _STYLED | {"unicode": ID, "skin_tone": Whole(1, 6)}),
    "date": Shape({"timestamp": Whole(0), "format": Text()}, _STYLED | {"url": ADDRESS, "fallback": Text()}),
    "color": Shape({"value": Text(limits.ID)}, _STYLED),
}

_SECTION = Shape({"elements": Many(Kinds(_PARTS), 1, None)})
_LIST = Shape(
    {"elements": Many(Kinds({"rich_text_section": _SECTION}), 1, None), "style": OneOf(("bullet", "ordered"))},
    _BORDER | {"indent": Whole(0, 8), "offset": Whole(0)},
)
RICH_TEXT = Shape(
    {
        "elements": Many(
            Kinds(
                {
                    "rich_text_section": _SECTION,
                    "rich_text_list": _LIST,
                    "rich_text_quote": Shape({"elements": Many(Kinds(_PARTS), 1, None)}, _BORDER),
                    "rich_text_preformatted": Shape({"elements": Many(Kinds(_TEXT), 1, None)}, _BORDER),
                }
            ),
            1,
            None,
        )
    },
    {"block_id": ID},
)
