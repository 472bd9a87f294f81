"""Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from typing import Final

from sandbox.block_kit.schema import Array, Boolean, Choice, Kind, Number, Object, OneOf, String
from sandbox.block_kit.string_formats import LINK

STYLE: Final = Object(
    optional=dict.fromkeys(
        ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"), Boolean()
    ),
)


def _leaf(name: str, required: dict[str, Kind], **optional: Kind) -> Object:
    return Object(type=name, required=required, optional={**optional, "style": STYLE})


TEXT: Final = _leaf("text", {"text": String()})
LINKED: Final = _leaf("link", {"url": LINK}, text=String(), unsafe=Boolean())

LEAVES: Final = OneOf(
    TEXT,
    LINKED,
    _leaf("user", {"user_id": String()}),
    _leaf("usergroup", {"usergroup_id": String()}),
    _leaf("channel", {"channel_id": String()}),
    _leaf("team", {"team_id": String()}),
    _leaf("broadcast", {"range": Choice("here", "channel", "everyone")}),
    _leaf("emoji", {"name": String()}, unicode=String(), skin_tone=Number(least=1, most=6), url=LINK),
    _leaf("color", {"value": String()}),
    _leaf("date", {"timestamp": Number(), "format": String()}, url=LINK, fallback=String()),
)

_BORDER: Final = Number(least=0, most=1)

SECTION: Final = Object(type="rich_text_section", required={"elements": Array(LEAVES)})

LIST: Final = Object(
    type="rich_text_list",
    required={"elements": Array(OneOf(SECTION), least=1), "style": Choice("bullet", "ordered")},
    optional={"indent": Number(least=0, most=8), "offset": Number(least=0), "border": _BORDER},
)

QUOTE: Final = Object(
    type="rich_text_quote",
    required={"elements": Array(LEAVES)},
    optional={"border": _BORDER},
)

PREFORMATTED: Final = Object(
    type="rich_text_preformatted",
    required={"elements": Array(OneOf(TEXT, LINKED))},
    optional={"border": _BORDER, "language": String()},
)

RICH_TEXT: Final = Object(
    type="rich_text",
    required={"elements": Array(OneOf(SECTION, LIST, QUOTE, PREFORMATTED))},
    optional={"block_id": String(255)},
)
