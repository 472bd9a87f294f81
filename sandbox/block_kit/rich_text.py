"""Rich text: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block."""

from typing import Final

from sandbox.block_kit.schema import (
    ArraySchema,
    BooleanSchema,
    EnumSchema,
    NumberSchema,
    ObjectSchema,
    Schema,
    StringSchema,
    UnionSchema,
)
from sandbox.block_kit.string_formats import URL

STYLE: Final = ObjectSchema(
    optional=dict.fromkeys(
        ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"), BooleanSchema()
    ),
)


def _leaf(name: str, required: dict[str, Schema], **optional: Schema) -> ObjectSchema:
    return ObjectSchema(type=name, required=required, optional={**optional, "style": STYLE})


TEXT: Final = _leaf("text", {"text": StringSchema()})
LINKED: Final = _leaf("link", {"url": URL}, text=StringSchema(), unsafe=BooleanSchema())

LEAVES: Final = UnionSchema(
    TEXT,
    LINKED,
    _leaf("user", {"user_id": StringSchema()}),
    _leaf("usergroup", {"usergroup_id": StringSchema()}),
    _leaf("channel", {"channel_id": StringSchema()}),
    _leaf("team", {"team_id": StringSchema()}),
    _leaf("broadcast", {"range": EnumSchema("here", "channel", "everyone")}),
    _leaf(
        "emoji", {"name": StringSchema()}, unicode=StringSchema(), skin_tone=NumberSchema(minimum=1, maximum=6), url=URL
    ),
    _leaf("color", {"value": StringSchema()}),
    _leaf("date", {"timestamp": NumberSchema(), "format": StringSchema()}, url=URL, fallback=StringSchema()),
)

_BORDER: Final = NumberSchema(minimum=0, maximum=1)

SECTION: Final = ObjectSchema(type="rich_text_section", required={"elements": ArraySchema(LEAVES)})

LIST: Final = ObjectSchema(
    type="rich_text_list",
    required={"elements": ArraySchema(UnionSchema(SECTION), min_items=1), "style": EnumSchema("bullet", "ordered")},
    optional={"indent": NumberSchema(minimum=0, maximum=8), "offset": NumberSchema(minimum=0), "border": _BORDER},
)

QUOTE: Final = ObjectSchema(
    type="rich_text_quote",
    required={"elements": ArraySchema(LEAVES)},
    optional={"border": _BORDER},
)

PREFORMATTED: Final = ObjectSchema(
    type="rich_text_preformatted",
    required={"elements": ArraySchema(UnionSchema(TEXT, LINKED))},
    optional={"border": _BORDER, "language": StringSchema()},
)

RICH_TEXT: Final = ObjectSchema(
    type="rich_text",
    required={"elements": ArraySchema(UnionSchema(SECTION, LIST, QUOTE, PREFORMATTED))},
    optional={"block_id": StringSchema(255)},
)
