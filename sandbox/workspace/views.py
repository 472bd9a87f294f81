"""Modals and Home tabs: each person's stack of views, with hashes and state."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.blocks import Slot, complete_blocks, slots, with_defaults
from sandbox.errors import SlackError
from sandbox.types import JSON, copied
from sandbox.workspace.element_state import initial_state
from sandbox.workspace.ids import Ids

MAX_VIEWS = 3

ViewState = dict[str, dict[str, JSON]]


@dataclass
class View:
    """An open view of a person: the completed source, Slack's ids, and the current state."""

    id: str
    user: str
    source: JSON
    hash: str
    root_id: str
    previous_id: str | None
    state: ViewState = field(default_factory=dict)

    @property
    def callback_id(self) -> str:
        return str(self.source.get("callback_id", ""))

    @property
    def external_id(self) -> str:
        return str(self.source.get("external_id", ""))

    def slots(self) -> Iterator[Slot]:
        """Its interactive elements, in reading order."""
        return slots(self.source["blocks"])

    def show(self, source: JSON, new_hash: str) -> None:
        """Replace the source. Elements with the same ids and type keep their state."""
        self.source = with_defaults(source) | {"blocks": complete_blocks(source["blocks"])}
        self.hash = new_hash
        before, self.state = self.state, {}
        for slot in self.slots():
            if not slot.is_stateful:
                continue
            state_before = before.get(slot.block_id, {}).get(slot.action_id)
            fits = state_before is not None and state_before["type"] == slot.element["type"]
            state = state_before if state_before is not None and fits else initial_state(slot.element)
            self.state.setdefault(slot.block_id, {})[slot.action_id] = state

    def set_state(self, slot: Slot, state: JSON) -> None:
        """Set the state of an element."""
        self.state.setdefault(slot.block_id, {})[slot.action_id] = state

    def payload(self, *, team_id: str, app_id: str, bot_id: str, with_state: bool) -> JSON:
        """The view object of responses and payloads. State is included in payloads only (`with_state`)."""
        source = copied(self.source)
        shown: JSON = {
            "id": self.id,
            "team_id": team_id,
            "type": source["type"],
            "blocks": source["blocks"],
            "private_metadata": source.get("private_metadata", ""),
            "callback_id": self.callback_id,
            "state": {"values": copied(self.state) if with_state else {}},
            "hash": self.hash,
            "title": source.get("title"),
            "clear_on_close": bool(source.get("clear_on_close")),
            "notify_on_close": bool(source.get("notify_on_close")),
            "close": source.get("close"),
            "submit": source.get("submit"),
            "previous_view_id": self.previous_id,
            "root_view_id": self.root_id,
            "app_id": app_id,
            "external_id": self.external_id,
            "app_installed_team_id": team_id,
            "bot_id": bot_id,
        }
        if source["type"] == "modal":
            shown["submit_disabled"] = bool(source.get("submit_disabled"))
        return shown


class Views:
    """Every open view. Not thread-safe: callers hold the workspace's lock."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user: str) -> list[View]:
        """The views of the person's open modal, bottom first; empty if none is open."""
        return self._stacks.setdefault(user, [])

    def home(self, user: str) -> View | None:
        """The person's Home tab, or None if none was published."""
        return self._homes.get(user)

    def find(self, view_id: str | None = None, external_id: str | None = None) -> View:
        """The open view with that id or external id. Raises SlackError `not_found`."""
        for view in self._all_views():
            if view.id == view_id or (external_id and view.external_id == external_id):
                return view
        raise SlackError("not_found")

    def open(self, user: str, source: JSON) -> View:
        """Open a modal. Replaces one that is open."""
        self._refuse_duplicate(source, allow=None)
        self._stacks[user] = []
        return self._put_on_top(user, source)

    def push(self, user: str, source: JSON) -> View:
        """Push a view. Raises SlackError `not_found` without an open modal, `push_limit_reached` above three views."""
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= MAX_VIEWS:
            raise SlackError("push_limit_reached")
        self._refuse_duplicate(source, allow=None)
        return self._put_on_top(user, source)

    def update(self, view: View, source: JSON, expected_hash: str | None = None) -> View:
        """Replace the source of a view. Raises SlackError `hash_conflict` if it changed since `expected_hash`."""
        if expected_hash is not None and expected_hash != view.hash:
            raise SlackError("hash_conflict")
        self._refuse_duplicate(source, allow=view)
        view.show(source, self._ids.hash())
        return view

    def publish(self, user: str, source: JSON, expected_hash: str | None = None) -> View:
        """Publish the person's Home tab. Raises SlackError `hash_conflict`."""
        home = self._homes.get(user)
        if home is None:
            view_id = self._ids.next("V")
            home = self._homes[user] = View(view_id, user, source, "", view_id, None)
        elif expected_hash is not None and expected_hash != home.hash:
            raise SlackError("hash_conflict")
        home.show(source, self._ids.hash())
        return home

    def restore(self, home: View) -> None:
        """Restore a saved Home tab."""
        self._homes[home.user] = home

    def close(self, view: View) -> None:
        """Close a modal view and every view above it."""
        stack = self.stack(view.user)
        if view in stack:
            del stack[stack.index(view) :]

    def _put_on_top(self, user: str, source: JSON) -> View:
        stack = self.stack(user)
        view_id = self._ids.next("V")
        root = stack[0].id if stack else view_id
        view = View(view_id, user, source, "", root, stack[-1].id if stack else None)
        view.show(source, self._ids.hash())
        stack.append(view)
        return view

    def _refuse_duplicate(self, source: JSON, allow: View | None) -> None:
        external_id = source.get("external_id")
        if external_id and any(v.external_id == external_id and v is not allow for v in self._all_views()):
            raise SlackError("duplicate_external_id")

    def _all_views(self) -> Iterator[View]:
        for stack in self._stacks.values():
            yield from stack
        yield from self._homes.values()
