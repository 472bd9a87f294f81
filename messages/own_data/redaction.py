"""Taking erased people out of messages of the bot that others have in Slack."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from messages.blocks import section
from messages.ids import COMMAND
from messages.payloads import Message, message
from messages.text import GONE

_ID = re.compile(r"\b[UW][A-Z0-9]{2,}\b")
_READ = "text", "blocks", "attachments", "files"
"""The parts of a message that people read. Its author and reactions are not among them."""
_LABELS = "accessibility_label"
"""A part of buttons that may have a name in plain text."""


def people_in(posted: Mapping[str, Any]) -> frozenset[str]:
    """Everything that may be a Slack user id in what a message says, also behind its buttons. `posted` is Slack's
    message object.
    """
    read = json.dumps({part: posted.get(part) for part in _READ})
    return frozenset(_ID.findall(read))


def without_people(posted: Mapping[str, Any], erased: Collection[str]) -> dict[str, Any] | None:
    """The text and blocks of a message without these people (Slack user ids), for `chat.update`. None if they are
    named in a place from which they cannot be taken out, such as the value of a button.
    """
    left = {
        "text": _without(posted.get("text", ""), erased),
        "blocks": _without(posted.get("blocks") or [], erased),
    }
    return None if people_in(left) & set(erased) else left


def removed() -> Message:
    """What replaces a message about a person who was erased."""
    words = (
        "*This message was about someone who has left.* Their data is erased, and this message with it. For how things "
        f"stand now, type `{COMMAND}`."
    )
    return message("This message was about someone who has left", [section(words)])


def _without(value: Any, erased: Collection[str]) -> Any:
    if isinstance(value, str):
        for person in erased:
            value = re.sub(rf"<@{person}(\|[^>]*)?>", GONE, value)
        return value
    if isinstance(value, list):
        return [_without(each, erased) for each in value]
    if isinstance(value, dict):
        if value.get("type") == "user" and value.get("user_id") in erased:  # a mention in rich text
            return {"type": "text", "text": GONE}
        return {name: _without(each, erased) for name, each in value.items() if name != _LABELS}
    return value
