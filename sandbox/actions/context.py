"""The desk where people's acts are carried out: who and what is there, and how the app gets to know."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.delivery.transport import AppTransport
from sandbox.members import Member
from sandbox.traffic import DeliveryKind, RecordedDelivery
from sandbox.types import JSON
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.views import View
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class ActionResult:
    """What a person gets for an act. `error` is empty or names what went wrong; `sentence` is what they read of it.

    `messages` are those that appeared for the person until the app had answered, in any conversation, oldest first.
    """

    error: str = ""
    sentence: str = ""
    messages: list[JSON] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.error


class NotVisibleError(LookupError):
    """The person cannot do that: what they would click or write in is not in front of them."""


class ActionContext:
    """Where people act. `send` blocks until the app has answered: never call it on the event loop."""

    def __init__(
        self, workspace: Workspace, transport: AppTransport, on_delivery: Callable[[RecordedDelivery], None]
    ) -> None:
        self.workspace = workspace
        self._transport = transport
        self._on_delivery = on_delivery

    def person(self, user: str) -> Member:
        """A person who can act here. Raises NotThereError for a bot and for someone deactivated."""
        member = self.workspace.members.get(user)
        if member is None or member.is_bot:
            raise NotVisibleError(f"There is no person {user}.")
        if member.deactivated:
            raise NotVisibleError(f"{user} is deactivated and cannot do anything.")
        return member

    def conversation(self, user: str, channel: str | None) -> Conversation:
        """A conversation the person is in; None means their direct message with the bot, opened when needed."""
        with self.workspace.lock:
            if channel is None:
                return self.workspace.direct_message([user])
            found = self.workspace.conversations.get(channel)
        if found is None or user not in found.members:
            raise NotVisibleError(f"{user} is not in a conversation {channel}.")
        return found

    def send(self, kind: DeliveryKind, payload: JSON) -> RecordedDelivery:
        """Send something to the app and note it."""
        delivery = self._transport.send(kind, payload)
        self._on_delivery(delivery)
        return delivery

    def open_view(self, user: str, view_id: str) -> View:
        """The person's open view (or Home tab) with that id. Raises NotThereError."""
        views, home = self.workspace.views.stack(user), self.workspace.views.home(user)
        found = next((view for view in [*views, *([home] if home else [])] if view.id == view_id), None)
        if found is None:
            raise NotVisibleError(f"{user} has no view {view_id} open.")
        return found

    def messages_since(self, user: str, serial: int) -> list[JSON]:
        """The messages `user` can see that came after `serial`, each with its `channel`, oldest first."""
        with self.workspace.lock:
            found: list[tuple[Message, Conversation]] = [
                (message, place)
                for place in self.workspace.conversations.for_user(user)
                for message in place.messages_for(user)
                if message.serial > serial
            ]
            found.sort(key=lambda pair: pair[0].serial)
            return [message.client_payload() | {"channel": place.id} for message, place in found]
