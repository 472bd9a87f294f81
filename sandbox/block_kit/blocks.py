"""The blocks, and the surfaces that show each: https://docs.slack.dev/reference/block-kit/blocks."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from sandbox.block_kit import elements, string_formats
from sandbox.block_kit.charts import DATA_VISUALIZATION
from sandbox.block_kit.composition import CONTEXT_TEXTS, SLACK_FILE, SLACK_ICON, plain_text, text
from sandbox.block_kit.elements import EVERYWHERE, Surface
from sandbox.block_kit.problems import Finding, below
from sandbox.block_kit.rich_text import RICH_TEXT
from sandbox.block_kit.rules import at_least_one, at_most_one, exactly_one, unique
from sandbox.block_kit.schema import Array, Boolean, Choice, Kind, Number, Object, OneOf, Rule, String
from sandbox.block_kit.tables import DATA_TABLE, TABLE

_MESSAGE: Final[frozenset[Surface]] = frozenset({"message"})
_UNIQUE_ACTIONS: Final[Rule] = unique("action_id", within="elements")

Blueprint = Object | Callable[[Surface], Object]
"""A block, or how to make it for a surface where that decides which elements it takes."""


def _block(name: str, required: Mapping[str, Kind], optional: Mapping[str, Kind] | None = None, *rules: Rule) -> Object:
    return Object(type=name, required=required, optional={**(optional or {}), "block_id": String(255)}, rules=rules)


def _no_dispatch_of_files(value: Mapping[str, Any], at: str) -> Iterator[Finding]:
    if value["element"]["type"] == "file_input" and value.get("dispatch_action"):
        yield Finding(below(at, "dispatch_action"), "must not be true for a `file_input`")


def _section(surface: Surface) -> Object:
    return _block(
        "section",
        {},
        {
            "text": text(3000),
            "fields": Array(text(2000), least=1, most=10),
            "accessory": elements.on(surface, elements.ACCESSORIES),
            "expand": Boolean(),
        },
        at_least_one("text", "fields"),
    )


def _actions(surface: Surface) -> Object:
    allowed = elements.on(surface, elements.ACTIONS)
    return _block("actions", {"elements": Array(allowed, least=1, most=25)}, {}, _UNIQUE_ACTIONS)


def _input(surface: Surface) -> Object:
    return _block(
        "input",
        {"label": plain_text(2000), "element": elements.on(surface, elements.INPUT_ELEMENTS)},
        {"hint": plain_text(2000), "optional": Boolean(), "dispatch_action": Boolean()},
        _no_dispatch_of_files,
    )


def _container(surface: Surface) -> Object:
    # Slack's own validator takes fewer blocks here than its documentation names: no input, rich_text or file.
    children = ("divider", "image", "section", "actions", "video", "header", "context", "table")
    return _block(
        "container",
        {"child_blocks": Array(OneOf(*(made(name, surface) for name in children)), least=1, most=10)},
        {
            "title": plain_text(150),
            "rich_text_title": OneOf(RICH_TEXT),
            "subtitle": text(150),
            "icon": OneOf(elements.IMAGE),
            "width": Choice("narrow", "standard", "wide", "full"),
            "is_collapsible": Boolean(),
            "default_collapsed": Boolean(),
            "has_header_divider": Boolean(),
        },
        at_least_one("title", "rich_text_title"),
    )


_CARD: Final = _block(
    "card",
    {},
    {
        "hero_image": OneOf(elements.IMAGE),
        "icon": OneOf(elements.IMAGE),
        "slack_icon": SLACK_ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": Array(OneOf(elements.BUTTON), least=1, most=3),
    },
    at_least_one("hero_image", "title", "actions", "body"),
    at_most_one("icon", "slack_icon"),
    unique("action_id", within="actions"),
)

_TASK: Final = _block(
    "task_card",
    {"task_id": String(), "title": String()},
    {
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": Array(Object(type="url", required={"url": string_formats.LINK, "text": String()})),
        "status": Choice("pending", "in_progress", "complete", "error"),
    },
)

_VIDEO: Final = _block(
    "video",
    {
        "title": plain_text(199),
        "video_url": string_formats.SECURE_ADDRESS,
        "thumbnail_url": string_formats.WEB_ADDRESS,
        "alt_text": String(2000),
    },
    {
        "title_url": string_formats.SECURE_ADDRESS,
        "description": plain_text(199),
        "author_name": String(49),
        "provider_name": String(),
        "provider_icon_url": string_formats.WEB_ADDRESS,
    },
)

BLOCKS: Final[Mapping[str, tuple[frozenset[Surface], Blueprint]]] = {
    "section": (EVERYWHERE, _section),
    "header": (EVERYWHERE, _block("header", {"text": plain_text(150)}, {"level": Number(least=1, most=4)})),
    "divider": (EVERYWHERE, _block("divider", {})),
    "context": (
        EVERYWHERE,
        _block("context", {"elements": Array(OneOf(elements.IMAGE, *CONTEXT_TEXTS), least=1, most=10)}),
    ),
    "actions": (EVERYWHERE, _actions),
    "input": (EVERYWHERE, _input),
    "image": (
        EVERYWHERE,
        _block(
            "image",
            {"alt_text": String(2000)},
            {"image_url": string_formats.WEB_ADDRESS, "slack_file": SLACK_FILE, "title": plain_text(2000)},
            exactly_one("image_url", "slack_file"),
        ),
    ),
    "rich_text": (EVERYWHERE, RICH_TEXT),
    "video": (EVERYWHERE, _VIDEO),
    "alert": (
        frozenset({"modal"}),
        _block("alert", {"text": text(200)}, {"level": Choice("default", "info", "warning", "error", "success")}),
    ),
    # Its page names modals too, which leave the card out when they are shown.
    "card": (frozenset({"message", "home"}), _CARD),
    "carousel": (
        frozenset({"message", "home"}),
        _block("carousel", {"elements": Array(OneOf(_CARD), least=1, most=10)}),
    ),
    "container": (_MESSAGE, _container),
    "context_actions": (
        _MESSAGE,
        _block(
            "context_actions",
            {"elements": Array(elements.on("message", ("feedback_buttons", "icon_button")), least=1, most=5)},
            {},
            _UNIQUE_ACTIONS,
        ),
    ),
    "markdown": (_MESSAGE, _block("markdown", {"text": String(12_000)})),
    "table": (_MESSAGE, TABLE),
    "data_table": (_MESSAGE, DATA_TABLE),
    "data_visualization": (_MESSAGE, DATA_VISUALIZATION),
    "task_card": (_MESSAGE, _TASK),
    "plan": (_MESSAGE, _block("plan", {"title": String()}, {"tasks": Array(OneOf(_TASK))})),
}


def made(name: str, surface: Surface) -> Object:
    """The block of this type as the surface takes it."""
    blueprint = BLOCKS[name][1]
    return blueprint if isinstance(blueprint, Object) else blueprint(surface)


@cache
def on(surface: Surface) -> OneOf:
    """Every block that the surface shows."""
    return OneOf(*(made(name, surface) for name, (surfaces, _) in BLOCKS.items() if surface in surfaces))
