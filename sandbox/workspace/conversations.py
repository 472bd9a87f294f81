"""Conversations and their messages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from sandbox.blocks import Slot, slots
from sandbox.types import JSON, copied
from sandbox.workspace.element_state import initial_state

ConversationKind = Literal["im", "mpim", "channel", "group"]
READ_SCOPES: dict[ConversationKind, str] = {
    "im": "im:read",
    "mpim": "mpim:read",
    "channel": "channels:read",
    "group": "groups:read",
}
HISTORY_SCOPES: dict[ConversationKind, str] = {
    "im": "im:history",
    "mpim": "mpim:history",
    "channel": "channels:history",
    "group": "groups:history",
}


@dataclass
class Message:
    """A stored message. `only_for` is the only reader of an ephemeral message.

    `chosen` is the state of its elements, by user id, block id and action id.
    """

    serial: int
    payload: JSON
    only_for: str | None = None
    metadata: JSON | None = None
    chosen: dict[tuple[str, str, str], JSON] = field(default_factory=dict)

    @property
    def ts(self) -> str:
        return str(self.payload["ts"])

    def set_state(self, user: str, slot: Slot, state: JSON) -> None:
        """Set the state of an element for `user`. Each person has their own state in a message."""
        self.chosen[user, slot.block_id, slot.action_id] = state

    def state_for(self, user: str) -> dict[str, dict[str, JSON]]:
        """The `state.values` of its elements for `user`."""
        values: dict[str, dict[str, JSON]] = {}
        for slot in slots(self.payload.get("blocks", ())):
            if slot.is_stateful:
                state = self.chosen.get((user, slot.block_id, slot.action_id)) or initial_state(slot.element)
                values.setdefault(slot.block_id, {})[slot.action_id] = state
        return values

    def payload_for(self, user: str) -> JSON:
        """The message as the client of `user` shows it, with their state.

        This is not a copy: read it under the workspace's lock and do not change it.
        """
        marked = {"is_ephemeral": True} if self.only_for else {}
        return {**self.payload, **marked, "state": {"values": self.state_for(user)}}

    def client_payload(self) -> JSON:
        """A copy for a client, with `is_ephemeral` on an ephemeral message."""
        shown = copied(self.payload)
        return shown | {"is_ephemeral": True} if self.only_for else shown

    def api_payload(self, *, with_metadata: bool = False) -> JSON:
        """A copy for the Web API, with metadata only on request."""
        answered = copied(self.payload)
        if with_metadata and self.metadata:
            answered["metadata"] = copied(self.metadata)
        return answered


@dataclass
class Conversation:
    """A direct message (`im`), a group direct message (`mpim`), or a public or private channel."""

    id: str
    kind: ConversationKind
    members: tuple[str, ...]
    created: int
    name: str = ""
    messages: list[Message] = field(default_factory=list)
    last_read: dict[str, str] = field(default_factory=dict)

    def message(self, ts: str) -> Message | None:
        """The message with that timestamp, including ephemeral ones, or None."""
        return next((message for message in self.messages if message.ts == ts), None)

    def messages_for(self, user: str) -> Iterator[Message]:
        """Every message visible to `user`, oldest first."""
        if user not in self.members:
            return
        yield from (message for message in self.messages if message.only_for in (None, user))

    def permanent(self) -> Iterator[Message]:
        """The messages without the ephemeral ones, oldest first."""
        yield from (message for message in self.messages if message.only_for is None)

    def unread_by(self, user: str) -> int:
        """The number of other people's messages that `user` has not read."""
        if user not in self.members:
            return 0
        since = self.last_read.get(user, "")
        unread = takewhile(lambda message: message.ts > since, reversed(self.messages))
        return sum(1 for one in unread if one.only_for in (None, user) and one.payload["user"] != user)

    def payload_name(self) -> str:
        """The `channel.name` of interaction payloads and the `channel_name` of commands."""
        return {"im": "directmessage", "group": "privategroup"}.get(self.kind, self.name)


class Conversations:
    """Every conversation of the workspace. Not thread-safe: callers hold the workspace's lock."""

    def __init__(self) -> None:
        self._all: dict[str, Conversation] = {}

    def add(self, conversation: Conversation) -> None:
        self._all[conversation.id] = conversation

    def get(self, channel: str) -> Conversation | None:
        return self._all.get(channel)

    def for_user(self, user: str) -> list[Conversation]:
        """The conversations of `user`, in the order of their creation."""
        return [conversation for conversation in self._all.values() if user in conversation.members]

    def visible_to(self, user: str) -> list[Conversation]:
        """Public channels and the conversations of `user`."""
        return [one for one in self._all.values() if one.kind == "channel" or user in one.members]

    def direct_between(self, people: Iterable[str]) -> Conversation | None:
        """The direct or group direct message of exactly these people, or None."""
        wanted = set(people)
        direct = (one for one in self._all.values() if one.kind in ("im", "mpim"))
        return next((one for one in direct if set(one.members) == wanted), None)

    def share_channel(self, one: str, other: str) -> bool:
        """Whether both are in the same channel."""
        return any(
            {one, other} <= set(conversation.members)
            for conversation in self._all.values()
            if conversation.kind in ("channel", "group")
        )

    def channel_named(self, name: str) -> Conversation | None:
        """The channel called `name` (without #), or None."""
        return next((one for one in self._all.values() if one.name == name and one.kind in ("channel", "group")), None)
