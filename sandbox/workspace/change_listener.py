"""How changes of the workspace reach others: `ChangeListener` saves them, `ChangeFeed` tells those who watch."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from sandbox.members import Member
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.views import View

ChangeTopic = Literal["messages", "views", "members", "connection", "calendar", "scenario", "tour"]


@dataclass(frozen=True)
class Change:
    """Something changed, for these people (user ids) or, with None, for everyone."""

    people: tuple[str, ...] | None
    topic: ChangeTopic


class ChangeFeed:
    """Publishes changes to subscribers, and wakes threads that wait on the condition `changed`."""

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed
        self._subscribers: list[Callable[[Change], None]] = []

    def subscribe(self, subscriber: Callable[[Change], None]) -> None:
        """Call `subscriber` on every change, in the thread that makes it. It must not block."""
        self._subscribers.append(subscriber)

    def publish(self, people: Iterable[str] | None, topic: ChangeTopic) -> None:
        """Announce a change for these people, or for everyone (None)."""
        change = Change(None if people is None else tuple(people), topic)
        with self._changed:
            self._changed.notify_all()
        for subscriber in list(self._subscribers):
            subscriber(change)


class ChangeListener:
    """Called with every change that must survive a restart. This base class does nothing.

    Each method runs with the workspace's lock held, before the caller that made the change gets its response.
    """

    def conversation_changed(self, conversation: Conversation) -> None:
        """A conversation was opened, or a person read messages in it."""

    def message_changed(self, conversation: Conversation, message: Message) -> None:
        """A message was posted or edited, or a person changed the state of an element in it."""

    def message_deleted(self, message: Message) -> None:
        """A message was deleted."""

    def member_changed(self, member: Member) -> None:
        """A member joined, or their profile changed."""

    def view_changed(self, view: View) -> None:
        """A view was published or updated, or its state changed."""
