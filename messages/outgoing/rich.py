"""Rich text: paragraphs, lists, quotes and code whose parts say what they are, so that nothing needs escaping.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from messages.outgoing import limits
from messages.outgoing.objects import ADDRESS, ID
from messages.outgoing.spec import Fields, Flag, Kinds, Many, OneOf, Shape, Text, Whole

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
