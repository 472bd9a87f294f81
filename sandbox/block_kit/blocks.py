"""Schemas of the blocks, and the surfaces on which each is allowed: https://docs.slack.dev/reference/block-kit/blocks."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from sandbox.block_kit import elements, string_formats
from sandbox.block_kit.charts import DATA_VISUALIZATION
from sandbox.block_kit.composition import CONTEXT_TEXTS, SLACK_FILE, SLACK_ICON, plain_text, text
from sandbox.block_kit.elements import EVERYWHERE, Surface
from sandbox.block_kit.problems import Problem, child_pointer
from sandbox.block_kit.rich_text import RICH_TEXT
from sandbox.block_kit.rules import at_least_one, at_most_one, exactly_one, unique
from sandbox.block_kit.schema import (
    ArraySchema,
    BooleanSchema,
    EnumSchema,
    NumberSchema,
    ObjectSchema,
    Rule,
    Schema,
    StringSchema,
    UnionSchema,
)
from sandbox.block_kit.tables import DATA_TABLE, TABLE

_MESSAGE: Final[frozenset[Surface]] = frozenset({"message"})
_UNIQUE_ACTIONS: Final[Rule] = unique("action_id", within="elements")

BlockDefinition = ObjectSchema | Callable[[Surface], ObjectSchema]
"""A block's schema, or a function that returns the schema for a surface if the allowed elements depend on it."""


def _block(
    name: str, required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None, *rules: Rule
) -> ObjectSchema:
    return ObjectSchema(
        type=name, required=required, optional={**(optional or {}), "block_id": StringSchema(255)}, rules=rules
    )


def _no_dispatch_of_files(value: Mapping[str, Any], at: str) -> Iterator[Problem]:
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        yield Problem(child_pointer(at, "dispatch_action"), "must not be true for a `file_input`")


def _section(surface: Surface) -> ObjectSchema:
    return _block(
        "section",
        {},
        {
            "text": text(3000),
            "fields": ArraySchema(text(2000), min_items=1, max_items=10),
            "accessory": elements.for_surface(surface, elements.ACCESSORIES),
            "expand": BooleanSchema(),
        },
        at_least_one("text", "fields"),
    )


def _actions(surface: Surface) -> ObjectSchema:
    allowed = elements.for_surface(surface, elements.ACTIONS)
    return _block("actions", {"elements": ArraySchema(allowed, min_items=1, max_items=25)}, {}, _UNIQUE_ACTIONS)


def _input(surface: Surface) -> ObjectSchema:
    return _block(
        "input",
        {"label": plain_text(2000), "element": elements.for_surface(surface, elements.INPUT_ELEMENTS)},
        {"hint": plain_text(2000), "optional": BooleanSchema(), "dispatch_action": BooleanSchema()},
        _no_dispatch_of_files,
    )


def _container(surface: Surface) -> ObjectSchema:
    # Slack's validator accepts fewer blocks here than its documentation lists: no input, rich_text or file.
    children = ("divider", "image", "section", "actions", "video", "header", "context", "table")
    return _block(
        "container",
        {
            "child_blocks": ArraySchema(
                UnionSchema(*(block_schema(name, surface) for name in children)), min_items=1, max_items=10
            )
        },
        {
            "title": plain_text(150),
            "rich_text_title": UnionSchema(RICH_TEXT),
            "subtitle": text(150),
            "icon": UnionSchema(elements.IMAGE),
            "width": EnumSchema("narrow", "standard", "wide", "full"),
            "is_collapsible": BooleanSchema(),
            "default_collapsed": BooleanSchema(),
            "has_header_divider": BooleanSchema(),
        },
        at_least_one("title", "rich_text_title"),
    )


_CARD: Final = _block(
    "card",
    {},
    {
        "hero_image": UnionSchema(elements.IMAGE),
        "icon": UnionSchema(elements.IMAGE),
        "slack_icon": SLACK_ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": ArraySchema(UnionSchema(elements.BUTTON), min_items=1, max_items=3),
    },
    at_least_one("hero_image", "title", "actions", "body"),
    at_most_one("icon", "slack_icon"),
    unique("action_id", within="actions"),
)

_TASK: Final = _block(
    "task_card",
    {"task_id": StringSchema(), "title": StringSchema()},
    {
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": ArraySchema(ObjectSchema(type="url", required={"url": string_formats.URL, "text": StringSchema()})),
        "status": EnumSchema("pending", "in_progress", "complete", "error"),
    },
)

_VIDEO: Final = _block(
    "video",
    {
        "title": plain_text(199),
        "video_url": string_formats.HTTPS_URL,
        "thumbnail_url": string_formats.WEB_URL,
        "alt_text": StringSchema(2000),
    },
    {
        "title_url": string_formats.HTTPS_URL,
        "description": plain_text(199),
        "author_name": StringSchema(49),
        "provider_name": StringSchema(),
        "provider_icon_url": string_formats.WEB_URL,
    },
)

BLOCKS: Final[Mapping[str, tuple[frozenset[Surface], BlockDefinition]]] = {
    "section": (EVERYWHERE, _section),
    "header": (EVERYWHERE, _block("header", {"text": plain_text(150)}, {"level": NumberSchema(minimum=1, maximum=4)})),
    "divider": (EVERYWHERE, _block("divider", {})),
    "context": (
        EVERYWHERE,
        _block(
            "context", {"elements": ArraySchema(UnionSchema(elements.IMAGE, *CONTEXT_TEXTS), min_items=1, max_items=10)}
        ),
    ),
    "actions": (EVERYWHERE, _actions),
    "input": (EVERYWHERE, _input),
    "image": (
        EVERYWHERE,
        _block(
            "image",
            {"alt_text": StringSchema(2000)},
            {"image_url": string_formats.WEB_URL, "slack_file": SLACK_FILE, "title": plain_text(2000)},
            exactly_one("image_url", "slack_file"),
        ),
    ),
    "rich_text": (EVERYWHERE, RICH_TEXT),
    "video": (EVERYWHERE, _VIDEO),
    "alert": (
        frozenset({"modal"}),
        _block("alert", {"text": text(200)}, {"level": EnumSchema("default", "info", "warning", "error", "success")}),
    ),
    # The documentation also lists modals, but Slack does not render the card there.
    "card": (frozenset({"message", "home"}), _CARD),
    "carousel": (
        frozenset({"message", "home"}),
        _block("carousel", {"elements": ArraySchema(UnionSchema(_CARD), min_items=1, max_items=10)}),
    ),
    "container": (_MESSAGE, _container),
    "context_actions": (
        _MESSAGE,
        _block(
            "context_actions",
            {
                "elements": ArraySchema(
                    elements.for_surface("message", ("feedback_buttons", "icon_button")), min_items=1, max_items=5
                )
            },
            {},
            _UNIQUE_ACTIONS,
        ),
    ),
    "markdown": (_MESSAGE, _block("markdown", {"text": StringSchema(12_000)})),
    "table": (_MESSAGE, TABLE),
    "data_table": (_MESSAGE, DATA_TABLE),
    "data_visualization": (_MESSAGE, DATA_VISUALIZATION),
    "task_card": (_MESSAGE, _TASK),
    "plan": (_MESSAGE, _block("plan", {"title": StringSchema()}, {"tasks": ArraySchema(UnionSchema(_TASK))})),
}


def block_schema(name: str, surface: Surface) -> ObjectSchema:
    """The schema of this block type on this surface."""
    blueprint = BLOCKS[name][1]
    return blueprint if isinstance(blueprint, ObjectSchema) else blueprint(surface)


@cache
def for_surface(surface: Surface) -> UnionSchema:
    """A schema for every block that is allowed on the surface."""
    return UnionSchema(*(block_schema(name, surface) for name, (surfaces, _) in BLOCKS.items() if surface in surfaces))
