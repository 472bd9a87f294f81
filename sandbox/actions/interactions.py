"""What people click and choose, in messages and in views."""

from collections.abc import Iterable
from typing import Any, Literal

from sandbox.actions.context import Desk, NotThereError, Reply
from sandbox.blocks import Slot, slots
from sandbox.delivery import payloads
from sandbox.types import JSON
from sandbox.workspace.element_state import ImpossibleChoiceError, action, chosen_state, held, option_of
from sandbox.workspace.workspace import Workspace

How = Literal["now", "typing", "enter"]
_ON_ENTER = "on_enter_pressed"
_PEOPLE = ("users_select", "multi_users_select")
_PLACES = ("conversations_select", "channels_select", "multi_conversations_select", "multi_channels_select")


def act_on_message(
    desk: Desk, user: str, channel: str, ts: str, block_id: str, action_id: str, value: Any = None
) -> Reply:
    """Click or choose in a message. Raises NotThereError or ImpossibleChoiceError."""
    workspace = desk.workspace
    member, place = desk.person(user), desk.place(user, channel)
    with workspace.lock:
        message = next((one for one in place.seen_by(user) if one.ts == ts), None)
        if message is None:
            raise NotThereError(f"{user} sees no message {ts}.")
        slot = find_slot(slots(message.payload.get("blocks", ())), block_id, action_id)
        state = _chosen(workspace, slot, value)
        if slot.is_stateful and state:
            message.take(user, slot, state)
            workspace.keeper.message(place, message)
        entry = action(slot.block_id, slot.element, state, workspace.ids.timestamp())
        since = workspace.last_serial
        payload = payloads.message_action(workspace, member, place, message, entry)
    return _send(desk, user, payload, since)


def act_on_view(
    desk: Desk, user: str, view_id: str, block_id: str, action_id: str, value: Any = None, how: How = "now"
) -> Reply:
    """Click or choose in a modal or Home tab; an input is filled, and told of when it dispatches.

    A field one types into dispatches as its `dispatch_action_config` says: `how` is "typing" while the person types,
    "enter" when they press Enter, and "now" for all of it at once.
    """
    workspace = desk.workspace
    member = desk.person(user)
    with workspace.lock:
        view = desk.view_of(user, view_id)
        slot = find_slot(view.slots(), block_id, action_id)
        state = _chosen(workspace, slot, value)
        if slot.is_stateful and state:
            view.take(slot, state)
            workspace.keeper.view(view)
            workspace.tell([user], "views")
        if slot.is_input and not _dispatches(slot, how):
            return Reply()
        entry = action(slot.block_id, slot.element, state, workspace.ids.timestamp())
        since = workspace.last_serial
        payload = payloads.view_action(workspace, member, view, entry)
    return _send(desk, user, payload, since)


def _dispatches(slot: Slot, how: How) -> bool:
    """Whether an input is told of at once (docs.slack.dev/reference/block-kit/composition-objects)."""
    if not slot.block.get("dispatch_action"):
        return False
    if how == "now" or not slot.is_typed:
        return True
    config = slot.element.get("dispatch_action_config") or {}
    triggers = config.get("trigger_actions_on") or [_ON_ENTER]
    return (_ON_ENTER if how == "enter" else "on_character_entered") in triggers


def find_slot(among: Iterable[Slot], block_id: str, action_id: str) -> Slot:
    """The element with that action id in the block (any block when `block_id` is empty). Raises NotThereError."""
    for slot in among:
        if slot.action_id == action_id and block_id in ("", slot.block_id):
            return slot
    raise NotThereError(f"There is no element {block_id}/{action_id} here.")


def _send(desk: Desk, user: str, payload: JSON, since: int) -> Reply:
    if not desk.workspace.app.is_interactive:
        return Reply("not_interactive", "This app is not configured to handle interactive responses.")
    delivery = desk.send("block_actions", payload)
    seen = desk.seen_since(user, since)
    if delivery.ok:
        return Reply(messages=seen)
    code = "dispatch_failed" if delivery.error == "dropped" else delivery.error
    return Reply(code, "This app responded with an error, or did not respond.", seen)


def _chosen(workspace: Workspace, slot: Slot, value: Any) -> JSON | None:
    """The element's new state; None for a button. Raises ImpossibleChoiceError."""
    if slot.is_stateful:
        state = chosen_state(slot.element, value)
        _refuse_unknown(workspace, slot, held(state))
        return state
    if slot.element["type"] == "overflow":
        return {"type": "overflow", "selected_option": option_of(slot.element, value)}
    if slot.element["type"] == "feedback_buttons":
        return _feedback(slot, value)
    if value is not None:
        raise ImpossibleChoiceError(f"{slot.action_id} is a {slot.element['type']} and holds nothing.")
    return None


def _feedback(slot: Slot, value: Any) -> JSON:
    """The button of the two that has this value, as Slack tells of it."""
    pair = (slot.element["positive_button"], slot.element["negative_button"])
    pressed = next((one for one in pair if one["value"] == value), None)
    if pressed is None:
        raise ImpossibleChoiceError(f"{slot.action_id} offers no {value!r}.")
    return {"type": "feedback_buttons", "text": pressed["text"], "value": value}


def _refuse_unknown(workspace: Workspace, slot: Slot, value: Any) -> None:
    """A person picks among people and conversations that exist."""
    kind = slot.element["type"]
    for one in value if isinstance(value, list) else [value] if value else []:
        unknown_person = kind in _PEOPLE and one not in workspace.members
        unknown_place = kind in _PLACES and workspace.conversations.get(one) is None
        if unknown_person or unknown_place:
            raise ImpossibleChoiceError(f"{slot.action_id} offers no {one!r}.")
