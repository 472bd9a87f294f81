"""A person at their Slack client, for tests and stories: they type, read, fill in and click."""

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
    """One member of the workspace. Methods block until the app has answered, three seconds at most.

    They raise NotThereError for what is not in front of the person (a closed form, a button nobody sent them), and
    ImpossibleChoiceError for a choice their client does not offer.
    """

    def __init__(self, context: ActionContext, user: str) -> None:
        self._context = context
        self._workspace = context.workspace
        self.id = user

    def command(self, line: str, channel: str | None = None) -> ActionResult:
        """Type a slash command, in the direct message with the bot unless `channel` says where."""
        return writing.command(self._context, self.id, line, channel)

    def say(self, text: str, channel: str | None = None, thread_ts: str | None = None) -> ActionResult:
        """Write a message, in the direct message with the bot unless `channel` says where."""
        return writing.say(self._context, self.id, text, channel, thread_ts)

    def open_home(self) -> ActionResult:
        """Open the app's Home tab."""
        return writing.open_home(self._context, self.id)

    @property
    def home(self) -> JSON | None:
        """The Home tab as the app last published it."""
        with self._workspace.lock:
            view = self._workspace.views.home(self.id)
            return self._workspace.view_payload(view) if view else None

    def inbox(self, channel: str | None = None) -> list[JSON]:
        """All messages the person can see, oldest first, ephemeral ones included (`is_ephemeral`).

        In the direct message with the bot, unless `channel` names another conversation.
        """
        with self._workspace.lock:
            if channel is None:
                place = self._workspace.conversations.direct_between((self._workspace.app.bot_user_id, self.id))
                return [message.client_payload() for message in place.messages_for(self.id)] if place else []
            return [
                message.client_payload()
                for message in self._context.conversation(self.id, channel).messages_for(self.id)
            ]

    def conversations(self) -> list[JSON]:
        """The conversations the person is in: `id`, `kind`, `name`, `members`, `unread`."""
        with self._workspace.lock:
            return [
                {
                    "id": place.id,
                    "kind": "channel" if place.kind == "group" else place.kind,
                    "name": place.name,
                    "members": list(place.members),
                    "unread": place.unread_by(self.id),
                }
                for place in self._workspace.conversations.for_user(self.id)
            ]

    def await_message(
        self, matching: MessageMatcher = None, *, after: int = 0, timeout: float = 5.0, channel: str | None = None
    ) -> JSON:
        """The first message of the inbox, from index `after` on, that matches; waits up to `timeout` seconds for it.

        `matching` is a part of its text (or of its blocks' text), or a function that says so. Raises AssertionError
        with what there was instead.
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
        """The open modal's views with their current values, bottom first."""
        with self._workspace.lock:
            return [self._workspace.view_payload(view) for view in self._workspace.views.stack(self.id)]

    @property
    def view(self) -> JSON | None:
        """The view on top, or None."""
        views = self.views
        return views[-1] if views else None

    def await_view(self, callback_id: str | None = None, timeout: float = 5.0) -> JSON:
        """The view on top, once there is one (with that callback id); waits up to `timeout` seconds."""

        def look() -> JSON | None:
            view = self.view
            return view if view and callback_id in (None, view["callback_id"]) else None

        found = self._wait_for(look, timeout)
        if found is None:
            raise AssertionError(f"{self.id} saw no view {callback_id or ''}; on top is {self.view}")
        return found

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill in the view on top, by label, block id or action id; None clears.

        Text, dates ("YYYY-MM-DD") and people are strings, options their text or value, several choices a list.
        Elements that dispatch are told to the app as the client does, one after the other.
        """
        for name, value in values.items():
            with self._workspace.lock:
                view = self._top()
                slot = require_element([slot for slot in view.slots() if slot.is_stateful], name)
            interactions.act_on_view(self._context, self.id, view.id, slot.block_id, slot.action_id, value)

    def submit(self) -> Submission:
        """Press the submit button of the view on top."""
        return submissions.submit(self._context, self.id, self._top().id)

    def close(self, *, everything: bool = False) -> None:
        """Close the view on top, or (`everything`) the whole stack."""
        submissions.close(self._context, self.id, self._top().id, everything=everything)

    def click(self, button: str, *, message: JSON | None = None, confirm: bool = True) -> ActionResult:
        """Click a button, named by its action id, its text or "block_id/action_id".

        It is looked for in `message` if given, else in the view on top, else in the newest message that has it. A
        confirmation dialogue is answered yes, or no with `confirm=False` (nothing is sent then).
        """
        return self._act(button, None, message, confirm)

    def choose(self, select: str, value: Any, *, message: JSON | None = None) -> ActionResult:
        """Choose in a select, radio buttons, checkboxes, overflow menu or date picker; found as `click` finds."""
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
        places = self._workspace.conversations.for_user(self.id)
        seen = [(place.id, one) for place in places for one in place.messages_for(self.id)]
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
