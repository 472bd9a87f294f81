"""A person at their Slack client, for tests and scenarios."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.actions import interactions, submissions, writing
from sandbox.actions.context import ActionContext, ActionResult, NotVisibleError
from sandbox.actions.submissions import Submission
from sandbox.blocks import Slot, slots
from sandbox.clocks import monotonic
from sandbox.lookup import MessageMatcher, find_element, matches, message_text, require_element
from sandbox.types import JSON
from sandbox.workspace.views import View


class Person:
    """One member of the workspace. Methods block until the app responds, at most three seconds.

    They raise NotVisibleError for something that is not on the person's screen (a closed form, an unknown button) and
    ImpossibleChoiceError for a choice that the client does not offer.
    """

    def __init__(self, context: ActionContext, user: str) -> None:
        self._context = context
        self._workspace = context.workspace
        self.id = user

    def command(self, line: str, channel: str | None = None) -> ActionResult:
        """Send a slash command, by default in the direct message with the bot."""
        return writing.command(self._context, self.id, line, channel)

    def say(self, text: str, channel: str | None = None, thread_ts: str | None = None) -> ActionResult:
        """Post a message, by default in the direct message with the bot."""
        return writing.say(self._context, self.id, text, channel, thread_ts)

    def share_file(self, name: str, data: bytes, text: str = "", channel: str | None = None) -> ActionResult:
        """Share a file with a message, by default in the direct message with the bot."""
        return writing.say(self._context, self.id, text, channel, files=[(name, data)])

    def open_home(self) -> ActionResult:
        """Open the app's Home tab."""
        return writing.open_home(self._context, self.id)

    @property
    def home(self) -> JSON | None:
        """The Home tab that the app last published, or None."""
        with self._workspace.lock:
            view = self._workspace.views.home(self.id)
            return self._workspace.view_payload(view) if view else None

    def inbox(self, channel: str | None = None) -> list[JSON]:
        """All messages visible to the person, oldest first, including ephemeral ones (`is_ephemeral`).

        By default those of the direct message with the bot.
        """
        with self._workspace.lock:
            if channel is None:
                conversation = self._workspace.conversations.direct_between((self._workspace.app.bot_user_id, self.id))
                return (
                    [message.client_payload() for message in conversation.messages_for(self.id)] if conversation else []
                )
            return [
                message.client_payload()
                for message in self._context.conversation(self.id, channel).messages_for(self.id)
            ]

    def conversations(self) -> list[JSON]:
        """The person's conversations: `id`, `kind`, `name`, `members`, `unread`."""
        with self._workspace.lock:
            return [
                {
                    "id": conversation.id,
                    "kind": "channel" if conversation.kind == "group" else conversation.kind,
                    "name": conversation.name,
                    "members": list(conversation.members),
                    "unread": conversation.unread_by(self.id),
                }
                for conversation in self._workspace.conversations.for_user(self.id)
            ]

    def await_message(
        self, matching: MessageMatcher = None, *, after: int = 0, timeout: float = 10.0, channel: str | None = None
    ) -> JSON:
        """The first matching message of the inbox from index `after` on. Waits up to `timeout` seconds.

        `matching` is a part of its text or of its blocks' text, or a predicate. Raises AssertionError with the messages
        that came instead.
        """

        def look() -> JSON | None:
            return next((one for one in self.inbox(channel)[after:] if matches(one, matching)), None)

        found = self._wait_for(look, timeout)
        if found is None:
            seen = "\n".join(f"- {message_text(one)}" for one in self.inbox(channel)[after:]) or "(nothing)"
            raise AssertionError(f"{self.id} got no message matching {matching!r}. They got:\n{seen}")
        return found

    @property
    def views(self) -> list[JSON]:
        """The views of the open modal with their current values, bottom first."""
        with self._workspace.lock:
            return [self._workspace.view_payload(view) for view in self._workspace.views.stack(self.id)]

    @property
    def view(self) -> JSON | None:
        """The top view of the open modal, or None."""
        views = self.views
        return views[-1] if views else None

    def await_view(self, callback_id: str | None = None, timeout: float = 10.0) -> JSON:
        """The top view, once there is one (with that callback id). Waits up to `timeout` seconds. Raises
        AssertionError.
        """

        def look() -> JSON | None:
            view = self.view
            return view if view and callback_id in (None, view["callback_id"]) else None

        found = self._wait_for(look, timeout)
        if found is None:
            raise AssertionError(f"{self.id} saw no view {callback_id or ''}; on top is {self.view}")
        return found

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill in the top view, by label, block id or action id. None clears a value.

        Text, dates ("YYYY-MM-DD") and people are strings, options their text or value, multiple choices a list.
        Elements that dispatch send block_actions one after the other, as the client does.
        """
        for name, value in values.items():
            with self._workspace.lock:
                view = self._top()
                slot = require_element([slot for slot in view.slots() if slot.is_stateful], name)
            interactions.act_on_view(self._context, self.id, view.id, slot.block_id, slot.action_id, value)

    def submit(self) -> Submission:
        """Submit the top view."""
        return submissions.submit(self._context, self.id, self._top().id)

    def close(self, *, everything: bool = False) -> None:
        """Close the top view, or (`everything`) the whole stack."""
        submissions.close(self._context, self.id, self._top().id, everything=everything)

    def click(self, button: str, *, message: JSON | None = None, confirm: bool = True) -> ActionResult:
        """Click a button, named by its action id, its text or "block_id/action_id".

        Searches `message` if given, else the top view, else the newest message that has the button. A confirmation
        dialog is confirmed, or cancelled with `confirm=False` (nothing is sent then).
        """
        return self._act(button, None, message, confirm)

    def choose(self, select: str, value: Any, *, message: JSON | None = None) -> ActionResult:
        """Choose in a select, radio buttons, checkboxes, overflow menu or date picker. Searches like `click`."""
        return self._act(select, value, message, True)

    def _act(self, name: str, value: Any, message: JSON | None, confirm: bool) -> ActionResult:
        with self._workspace.lock:
            view = None if message else self._view_with(name)
            if view:
                slot = require_element(view.slots(), name)
            else:
                channel, ts, slot = self._message_with(name, message)
        if not confirm and "confirm" in slot.element:
            return ActionResult()
        if view:
            return interactions.act_on_view(self._context, self.id, view.id, slot.block_id, slot.action_id, value)
        return interactions.act_on_message(self._context, self.id, channel, ts, slot.block_id, slot.action_id, value)

    def _view_with(self, name: str) -> View | None:
        stack, home = self._workspace.views.stack(self.id), self._workspace.views.home(self.id)
        if stack:
            return stack[-1] if find_element(stack[-1].slots(), name) else None
        return home if home and find_element(home.slots(), name) else None

    def _message_with(self, name: str, message: JSON | None) -> tuple[str, str, Slot]:
        conversations = self._workspace.conversations.for_user(self.id)
        seen = [(conversation.id, one) for conversation in conversations for one in conversation.messages_for(self.id)]
        if message is not None:
            seen = [(channel, one) for channel, one in seen if one.ts == message["ts"]]
        for channel, one in sorted(seen, key=lambda pair: pair[1].serial, reverse=True):
            slot = find_element(slots(one.payload.get("blocks", ())), name)
            if slot:
                return channel, one.ts, slot
        raise NotVisibleError(f"{self.id} sees nothing called {name!r} to click.")

    def _top(self) -> View:
        with self._workspace.lock:
            stack = self._workspace.views.stack(self.id)
            if not stack:
                raise NotVisibleError(f"{self.id} has no form open.")
            return stack[-1]

    def _wait_for(self, look: Callable[[], JSON | None], timeout: float) -> JSON | None:
        deadline = monotonic() + timeout
        with self._workspace.changed:
            while (found := look()) is None:
                left = deadline - monotonic()
                if left <= 0 or not self._workspace.changed.wait(left):
                    return look()
            return found
