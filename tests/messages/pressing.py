"""The buttons of a message or a modal, as a person finds them."""

from collections.abc import Iterator, Mapping
from typing import Any

from messages.in_programme import split_value
from messages.payloads import Message

Shown = Message | Mapping[str, Any]


def buttons(shown: Shown) -> list[tuple[str, str | None]]:
    """Action id and value, from top to bottom. The programme that a value names is left out."""
    return [(button["action_id"], split_value(button.get("value") or "")[0] or None) for button in _buttons(shown)]


def confirmed(shown: Shown, action_id: str) -> bool:
    """Whether pressing it asks once more."""
    found = [button for button in _buttons(shown) if button["action_id"] == action_id]
    return bool(found) and all("confirm" in button for button in found)


def inputs(view: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The questions of a form, by block id."""
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def options(view: Mapping[str, Any], block_id: str) -> list[tuple[str, str]]:
    """Value and words of each choice."""
    return [(each["value"], each["text"]["text"]) for each in inputs(view)[block_id]["element"]["options"]]


def said(shown: Shown) -> str:
    """All words of it."""
    return "\n".join(_texts(shown.payload() if isinstance(shown, Message) else shown))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, item in value.items():
            if name == "text" and isinstance(item, str):
                yield item
            else:
                yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _buttons(shown: Shown) -> Iterator[dict[str, Any]]:
    for block in shown.payload()["blocks"] if isinstance(shown, Message) else shown["blocks"]:
        if "accessory" in block:
            yield block["accessory"]
        if block["type"] == "actions":
            yield from block["elements"]
        if block["type"] == "card":
            yield from block.get("actions", ())
