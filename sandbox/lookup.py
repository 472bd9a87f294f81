"""Finds elements by their label and messages by their text."""

from collections.abc import Callable, Iterable

from sandbox.actions.context import NotVisibleError
from sandbox.blocks import Slot, visible_texts
from sandbox.types import JSON

MessageMatcher = str | Callable[[JSON], bool] | None


def find_element(among: Iterable[Slot], name: str) -> Slot | None:
    """The element with that block id, action id or "block_id/action_id", else the one labelled `name`, else None."""
    found = list(among)
    for slot in found:
        if name in (slot.block_id, slot.action_id, f"{slot.block_id}/{slot.action_id}"):
            return slot
    return next((slot for slot in found if slot.label == name), None)


def require_element(among: Iterable[Slot], name: str) -> Slot:
    """Like `find_element`, but raises NotVisibleError with the available names."""
    found = list(among)
    slot = find_element(found, name)
    if slot is None:
        there = ", ".join(one.label or f"{one.block_id}/{one.action_id}" for one in found)
        raise NotVisibleError(f"There is no {name!r} here. There is: {there or 'nothing'}")
    return slot


def matches(message: JSON, matching: MessageMatcher) -> bool:
    """Whether a message matches: contains a text, satisfies a function, or (None) always."""
    if matching is None:
        return True
    return matching in message_text(message) if isinstance(matching, str) else bool(matching(message))


def message_text(message: JSON) -> str:
    """All text of a message, one piece per line."""
    return "\n".join([str(message.get("text", "")), *visible_texts(message.get("blocks", []))])
