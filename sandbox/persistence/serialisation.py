"""Converts the workspace's objects to JSON and back. This is the stored format."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sandbox.types import JSON
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.views import View


def dump_conversation(conversation: Conversation) -> JSON:
    """Without the messages, which have rows of their own."""
    return {
        "id": conversation.id,
        "kind": conversation.kind,
        "members": list(conversation.members),
        "created": conversation.created,
        "name": conversation.name,
        "last_read": conversation.last_read,
    }


def load_conversation(data: Mapping[str, Any]) -> Conversation:
    return Conversation(**{**data, "members": tuple(data["members"])})


def dump_message(conversation: Conversation, message: Message) -> JSON:
    return {
        "channel": conversation.id,
        "serial": message.serial,
        "payload": message.payload,
        "only_for": message.only_for,
        "metadata": message.metadata,
        "chosen": [[*where, state] for where, state in message.chosen.items()],
    }


def load_message(data: Mapping[str, Any]) -> Message:
    chosen = {(user, block, action): state for user, block, action, state in data["chosen"]}
    return Message(data["serial"], data["payload"], data["only_for"], data["metadata"], chosen)


def dump_view(view: View) -> JSON:
    return asdict(view)


def load_view(data: Mapping[str, Any]) -> View:
    return View(**data)
