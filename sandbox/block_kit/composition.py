"""Composition objects: https://docs.slack.dev/reference/block-kit/composition-objects."""

from typing import Final

from sandbox.block_kit.rules import at_least_one, exactly_one, unique_items
from sandbox.block_kit.schema import ArraySchema, BooleanSchema, EnumSchema, ObjectSchema, StringSchema, UnionSchema
from sandbox.block_kit.string_formats import URL


def _plain_text(most: int) -> ObjectSchema:
    return ObjectSchema(type="plain_text", required={"text": StringSchema(most)}, optional={"emoji": BooleanSchema()})


def _mrkdwn(most: int) -> ObjectSchema:
    return ObjectSchema(type="mrkdwn", required={"text": StringSchema(most)}, optional={"verbatim": BooleanSchema()})


def plain_text(most: int) -> UnionSchema:
    """A `plain_text` object."""
    return UnionSchema(_plain_text(most))


def text(most: int) -> UnionSchema:
    """A `plain_text` or `mrkdwn` object."""
    return UnionSchema(_plain_text(most), _mrkdwn(most), any_of=True)


CONTEXT_TEXTS: Final = (_plain_text(3000), _mrkdwn(3000))

STYLE: Final = EnumSchema("primary", "danger")

OPTION: Final = ObjectSchema(
    required={"text": plain_text(75), "value": StringSchema(150)},
    optional={"description": plain_text(75)},
)
"""An option of a select menu."""

MRKDWN_OPTION: Final = ObjectSchema(
    required={"text": text(75), "value": StringSchema(150)},
    optional={"description": text(75)},
)
"""An option of checkboxes and radio buttons, which may use mrkdwn."""

LINK_OPTION: Final = ObjectSchema(
    required={"text": plain_text(75), "value": StringSchema(150)},
    optional={"description": plain_text(75), "url": URL},
)
"""An option of an overflow menu, the only one that may have a URL."""

OPTION_GROUP: Final = ObjectSchema(
    required={"label": plain_text(75), "options": ArraySchema(OPTION, min_items=1, max_items=100)},
)

CONFIRM: Final = ObjectSchema(
    required={"title": plain_text(100), "text": text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    optional={"style": STYLE},
)

DISPATCH_ACTION_CONFIG: Final = ObjectSchema(
    required={
        "trigger_actions_on": ArraySchema(
            EnumSchema("on_enter_pressed", "on_character_entered"), min_items=1, max_items=2
        ),
    },
    rules=(unique_items("trigger_actions_on"),),
)

CONVERSATION_FILTER: Final = ObjectSchema(
    optional={
        "include": ArraySchema(EnumSchema("im", "mpim", "private", "public"), min_items=1),
        "exclude_external_shared_channels": BooleanSchema(),
        "exclude_bot_users": BooleanSchema(),
    },
    rules=(
        at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
        unique_items("include"),
    ),
)

SLACK_FILE: Final = ObjectSchema(
    optional={"id": StringSchema(), "url": StringSchema(3000)},
    rules=(exactly_one("id", "url"),),
)

_ICONS: Final = """
    archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy cube
    download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb link map
    mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag thumbs-down
    thumbs-up trash upload user warning
"""

SLACK_ICON: Final = ObjectSchema(type="icon", required={"name": EnumSchema(*_ICONS.split())})

WORKFLOW: Final = ObjectSchema(
    required={
        "trigger": ObjectSchema(
            required={"url": URL},
            optional={
                "customizable_input_parameters": ArraySchema(
                    ObjectSchema(required={"name": StringSchema(), "value": StringSchema(min_length=0)})
                ),
            },
        ),
    },
)
