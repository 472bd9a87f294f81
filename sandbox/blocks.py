"""Blocks with the ids and defaults that Slack adds, and their interactive elements."""

import secrets
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.types import JSON, copied

_ALPHANUMERIC = string.ascii_letters + string.digits
_TYPED_ELEMENTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
_INPUT_ELEMENTS = _TYPED_ELEMENTS | {
    "rich_text_input",
    "file_input",
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
    "checkboxes",
    "radio_buttons",
    "datepicker",
    "timepicker",
    "datetimepicker",
}
INTERACTIVE = _INPUT_ELEMENTS | {"button", "overflow", "workflow_button", "icon_button", "feedback_buttons"}


@dataclass(frozen=True)
class Slot:
    """An interactive element and its block."""

    block: JSON
    element: JSON

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])

    @property
    def is_input(self) -> bool:
        return self.block.get("type") == "input"

    @property
    def is_stateful(self) -> bool:
        return self.element["type"] in _INPUT_ELEMENTS

    @property
    def is_typed(self) -> bool:
        """Whether this is an element for typed text."""
        return self.element["type"] in _TYPED_ELEMENTS

    @property
    def label(self) -> str:
        """An input's label or a button's text; empty for other elements."""
        text = self.block.get("label") if self.is_input else self.element.get("text")
        return str(text.get("text", "")) if isinstance(text, dict) else ""


def random_name(length: int = 5) -> str:
    """A block_id or action_id for a block or element that was sent without one."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(length))


def complete_blocks(blocks: Sequence[JSON]) -> list[JSON]:
    """A copy of `blocks` with the ids and defaults that Slack adds."""
    completed = copied(list(blocks))
    for block in completed:
        _complete_block(block)
    return completed


def with_defaults(part: JSON) -> JSON:
    """A copy of a view or part of it with the defaults that Slack adds to text objects. Does not add block ids."""
    completed = copied(part)
    _complete_inside(completed)
    return completed


def _complete_block(block: JSON) -> None:
    block.setdefault("block_id", random_name())
    if block.get("type") == "input":
        block.setdefault("optional", False)
        block.setdefault("dispatch_action", False)
    for nested in block.get("child_blocks", ()) or (
        block.get("elements", ()) if block.get("type") == "carousel" else ()
    ):
        nested.setdefault("block_id", random_name())
    for value in block.values():
        _complete_inside(value)


def _complete_inside(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _complete_inside(item)
    elif isinstance(value, dict):
        kind = value.get("type")
        if kind == "plain_text":
            value.setdefault("emoji", True)
        elif kind == "mrkdwn":
            value.setdefault("verbatim", False)
        elif kind in INTERACTIVE:
            value.setdefault("action_id", random_name())
        for inner in value.values():
            _complete_inside(inner)


def slots(blocks: Sequence[JSON]) -> Iterator[Slot]:
    """Every interactive element of completed blocks with its block, in reading order."""
    for block in blocks:
        yield from _slots_inside(block, block)


def _slots_inside(value: Any, block: JSON) -> Iterator[Slot]:
    if isinstance(value, list):
        for item in value:
            yield from _slots_inside(item, block)
    elif isinstance(value, dict):
        if value.get("type") in INTERACTIVE:
            yield Slot(block, value)
            return
        holder = value if "block_id" in value else block
        for inner in value.values():
            yield from _slots_inside(inner, holder)


def visible_texts(value: Any) -> Iterator[str]:
    """Every visible text in blocks or a part of them."""
    if isinstance(value, list):
        for item in value:
            yield from visible_texts(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                if key in ("text", "title", "subtitle", "caption", "alt_text"):
                    yield inner
            else:
                yield from visible_texts(inner)
