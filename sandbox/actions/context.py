"""What every action needs: the people and conversations of the workspace, and the transport to the app."""

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
    """Result of an action. `error` is empty or an error code, `sentence` the text the client shows for it.

    `messages` are the messages, in any conversation, that appeared for the person before the app responded, oldest
    first.
    """

    error: str = ""
    sentence: str = ""
    messages: list[JSON] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.error


class NotVisibleError(LookupError):
    """The person cannot do this: the message, view or conversation is not visible to them."""


class ActionContext:
    """Dependencies of the actions. `send` blocks until the app responds: do not call it on the event loop."""

    def __init__(
        self, workspace: Workspace, transport: AppTransport, on_delivery: Callable[[RecordedDelivery], None]
    ) -> None:
        self.workspace = workspace
        self._transport = transport
        self._on_delivery = on_delivery

    def person(self, user: str) -> Member:
        """A person who can act. Raises NotVisibleError for a bot, a deactivated member or an unknown id."""
        member = self.workspace.members.get(user)
        if member is None or member.is_bot:
            raise NotVisibleError(f"There is no person {user}.")
        if member.deactivated:
            raise NotVisibleError(f"{user} is deactivated and cannot do anything.")
        return member

    def conversation(self, user: str, channel: str | None) -> Conversation:
        """A conversation with the person in it. None is their direct message with the bot, opened if it does not exist.

        Raises NotVisibleError.
        """
        with self.workspace.lock:
            if channel is None:
                return self.workspace.direct_message([user])
            found = self.workspace.conversations.get(channel)
        if found is None or user not in found.members:
            raise NotVisibleError(f"{user} is not in a conversation {channel}.")
        return found

    def send(self, kind: DeliveryKind, payload: JSON) -> RecordedDelivery:
        """Send a payload to the app and record the delivery."""
        delivery = self._transport.send(kind, payload)
        self._on_delivery(delivery)
        return delivery

    def open_view(self, user: str, view_id: str) -> View:
        """The person's open modal view or Home tab with that id. Raises NotVisibleError."""
        views, home = self.workspace.views.stack(user), self.workspace.views.home(user)
        found = next((view for view in [*views, *([home] if home else [])] if view.id == view_id), None)
        if found is None:
            raise NotVisibleError(f"{user} has no view {view_id} open.")
        return found

    def messages_since(self, user: str, serial: int) -> list[JSON]:
        """The messages visible to `user` that were posted after `serial`, each with its `channel`, oldest first."""
        with self.workspace.lock:
            found: list[tuple[Message, Conversation]] = [
                (message, conversation)
                for conversation in self.workspace.conversations.for_user(user)
                for message in conversation.messages_for(user)
                if message.serial > serial
            ]
            found.sort(key=lambda pair: pair[0].serial)
            return [message.client_payload() | {"channel": conversation.id} for message, conversation in found]
