"""The composition objects: https://docs.slack.dev/reference/block-kit/composition-objects."""

from typing import Final

from sandbox.block_kit.rules import at_least_one, exactly_one, unique_items
from sandbox.block_kit.schema import Array, Boolean, Choice, Object, OneOf, String
from sandbox.block_kit.string_formats import LINK


def _plain_text(most: int) -> Object:
    return Object(type="plain_text", required={"text": String(most)}, optional={"emoji": Boolean()})


def _mrkdwn(most: int) -> Object:
    return Object(type="mrkdwn", required={"text": String(most)}, optional={"verbatim": Boolean()})


def plain_text(most: int) -> OneOf:
    """A text object where Slack takes `plain_text` only."""
    return OneOf(_plain_text(most))


def text(most: int) -> OneOf:
    """A text object of either type."""
    return OneOf(_plain_text(most), _mrkdwn(most), any_of=True)


CONTEXT_TEXTS: Final = (_plain_text(3000), _mrkdwn(3000))

STYLE: Final = Choice("primary", "danger")

OPTION: Final = Object(
    required={"text": plain_text(75), "value": String(150)},
    optional={"description": plain_text(75)},
)
"""An option of a select menu."""

MARKED_OPTION: Final = Object(
    required={"text": text(75), "value": String(150)},
    optional={"description": text(75)},
)
"""An option of checkboxes and radio buttons, which show mrkdwn as well."""

LINKED_OPTION: Final = Object(
    required={"text": plain_text(75), "value": String(150)},
    optional={"description": plain_text(75), "url": LINK},
)
"""An option of an overflow menu, which alone may carry a link."""

OPTION_GROUP: Final = Object(
    required={"label": plain_text(75), "options": Array(OPTION, least=1, most=100)},
)

CONFIRM: Final = Object(
    required={"title": plain_text(100), "text": text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    optional={"style": STYLE},
)

DISPATCH_ACTION_CONFIG: Final = Object(
    required={
        "trigger_actions_on": Array(Choice("on_enter_pressed", "on_character_entered"), least=1, most=2),
    },
    rules=(unique_items("trigger_actions_on"),),
)

CONVERSATION_FILTER: Final = Object(
    optional={
        "include": Array(Choice("im", "mpim", "private", "public"), least=1),
        "exclude_external_shared_channels": Boolean(),
        "exclude_bot_users": Boolean(),
    },
    rules=(
        at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
        unique_items("include"),
    ),
)

SLACK_FILE: Final = Object(
    optional={"id": String(), "url": String(3000)},
    rules=(exactly_one("id", "url"),),
)

_ICONS: Final = """
    archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy cube
    download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb link map
    mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag thumbs-down
    thumbs-up trash upload user warning
"""

SLACK_ICON: Final = Object(type="icon", required={"name": Choice(*_ICONS.split())})

WORKFLOW: Final = Object(
    required={
        "trigger": Object(
            required={"url": LINK},
            optional={
                "customizable_input_parameters": Array(Object(required={"name": String(), "value": String(least=0)})),
            },
        ),
    },
)
