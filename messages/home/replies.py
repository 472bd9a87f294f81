"""Replies to what was pressed at Home, where there is no conversation to reply in: modals."""

from typing import Any

from messages.blocks import fit, modal, section
from messages.ids import REPLY_VIEW
from messages.payloads import Message, limits

_ANY = "Mentoring"


def reply_view(message: Message, title: str = "") -> dict[str, Any]:
    """What a reply says, as a modal. Without a `title`, its text is one if it is short enough."""
    view = modal(REPLY_VIEW, title or fit(message.text, _ANY), [section(message.text)])
    return {**view, "blocks": list(message.blocks[: limits.VIEW_BLOCKS])} if message.blocks else view


def done_view() -> dict[str, Any]:
    """In place of such a reply, once something in it was pressed: it showed how things stood before."""
    return modal(REPLY_VIEW, "Done", [section("Done. Home shows how things stand now.")])
