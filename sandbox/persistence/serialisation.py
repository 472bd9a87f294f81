"""What is kept of a workspace, as JSON and back again."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sandbox.types import JSON
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.views import View


def conversation_says(conversation: Conversation) -> JSON:
    """All but its messages, which have rows of their own."""
    return {
        "id": conversation.id,
        "kind": conversation.kind,
        "members": list(conversation.members),
        "created": conversation.created,
        "name": conversation.name,
        "last_read": conversation.last_read,
    }


def conversation_of(says: Mapping[str, Any]) -> Conversation:
    return Conversation(**{**says, "members": tuple(says["members"])})


def message_says(conversation: Conversation, message: Message) -> JSON:
    return {
        "channel": conversation.id,
        "serial": message.serial,
        "payload": message.payload,
        "only_for": message.only_for,
        "metadata": message.metadata,
        "chosen": [[*where, state] for where, state in message.chosen.items()],
    }


def message_of(says: Mapping[str, Any]) -> Message:
    chosen = {(user, block, action): state for user, block, action, state in says["chosen"]}
    return Message(says["serial"], says["payload"], says["only_for"], says["metadata"], chosen)


def view_says(view: View) -> JSON:
    return asdict(view)


def view_of(says: Mapping[str, Any]) -> View:
    return View(**says)
