"""The blocks we send, and where each is allowed.

https://docs.slack.dev/reference/block-kit/blocks. Left out: `video`, `file`, `plan`, `task_card`, `call` and
`workflow_button`, which need scopes or features that this bot does not have.
"""

from messages.payloads import limits
from messages.payloads.charts import DATA_TABLE, DATA_VISUALIZATION, TABLE
from messages.payloads.elements import BUTTON, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION
from messages.payloads.objects import ID, IMAGE, IMAGE_ELEMENT, RICH_TEXT, plain, text_kinds, words
from messages.payloads.rules import excludes, file_input_dispatches_nothing, some_of
from messages.payloads.spec import (
    EnumSchema,
    Fields,
    Flag,
    ListSchema,
    ObjectSchema,
    TextSchema,
    UnionSchema,
    Whole,
)

_BLOCK: Fields = {"block_id": ID}


SECTION = ObjectSchema(
    {},
    _BLOCK
    | {
        "text": words(limits.SECTION),
        "fields": ListSchema(words(limits.SECTION_FIELD), 1, limits.SECTION_FIELDS),
        "accessory": IN_SECTION,
        "expand": Flag(),
    },
    (some_of("text", "fields"),),
)
INPUT = ObjectSchema(
    {"label": plain(limits.INPUT_LABEL), "element": IN_INPUT},
    _BLOCK | {"hint": plain(limits.INPUT_HINT), "optional": Flag(), "dispatch_action": Flag()},
    (file_input_dispatches_nothing,),
)
CARD = ObjectSchema(
    {},
    _BLOCK
    | {
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "title": words(limits.CARD_TITLE),
        "subtitle": words(limits.CARD_TITLE),
        "body": words(limits.CARD_BODY),
        "subtext": words(limits.CARD_BODY),
        "actions": ListSchema(UnionSchema({"button": BUTTON}), 1, limits.CARD_ACTIONS),
    },
    (some_of("hero_image", "title", "actions", "body"),),
)

EVERYWHERE: Fields = {
    "actions": ObjectSchema({"elements": ListSchema(IN_ACTIONS, 1, limits.ACTIONS)}, _BLOCK),
    "context": ObjectSchema(
        {
            "elements": ListSchema(
                UnionSchema(text_kinds(limits.CONTEXT) | {"image": IMAGE}), 1, limits.CONTEXT_ELEMENTS
            )
        },
        _BLOCK,
    ),
    "divider": ObjectSchema({}, _BLOCK),
    "header": ObjectSchema({"text": plain(limits.HEADER)}, _BLOCK | {"level": Whole(1, 4)}),
    "image": ObjectSchema(
        IMAGE.required, {**IMAGE.optional, **_BLOCK, "title": plain(limits.IMAGE_TITLE)}, IMAGE.rules
    ),
    "input": INPUT,
    "rich_text": RICH_TEXT,
    "section": SECTION,
}
CONTAINER = ObjectSchema(
    {"child_blocks": ListSchema(UnionSchema(EVERYWHERE | {"table": TABLE}), 1, limits.CONTAINER_BLOCKS)},
    _BLOCK
    | {
        "title": plain(limits.CONTAINER_TITLE),
        "rich_text_title": UnionSchema({"rich_text": RICH_TEXT}),
        "subtitle": words(limits.CONTAINER_TITLE),
        "width": EnumSchema(("narrow", "standard", "wide", "full")),
        "icon": IMAGE_ELEMENT,
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
    (some_of("title", "rich_text_title"), excludes("is_collapsible", "has_header_divider")),
)
_CAROUSEL: Fields = {
    "card": CARD,
    "carousel": ObjectSchema({"elements": ListSchema(UnionSchema({"card": CARD}), 1, limits.CAROUSEL_CARDS)}, _BLOCK),
    "container": CONTAINER,
}

_HOME: Fields = EVERYWHERE | _CAROUSEL
IN_HOME = UnionSchema(_HOME)
IN_MODAL = UnionSchema(
    EVERYWHERE
    | {
        "card": CARD,
        "alert": ObjectSchema(
            {"text": words(limits.ALERT)},
            _BLOCK | {"level": EnumSchema(("default", "info", "warning", "error", "success"))},
        ),
    }
)
IN_MESSAGE = UnionSchema(
    _HOME
    | {
        "context_actions": ObjectSchema(
            {"elements": ListSchema(IN_CONTEXT_ACTIONS, 1, limits.CONTEXT_ACTIONS)}, _BLOCK
        ),
        "markdown": ObjectSchema({"text": TextSchema(limits.MARKDOWN)}, _BLOCK),
        "table": TABLE,
        "data_table": DATA_TABLE,
        "data_visualization": DATA_VISUALIZATION,
    }
)
