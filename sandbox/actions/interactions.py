"""Clicks and choices, in messages and in views."""

from collections.abc import Iterable
from typing import Any, Literal

from sandbox.actions.context import ActionContext, ActionResult, NotVisibleError
from sandbox.blocks import Slot, slots
from sandbox.delivery import payloads
from sandbox.types import JSON
from sandbox.workspace.element_state import ImpossibleChoiceError, action_entry, find_option, state_for, value_of
from sandbox.workspace.workspace import Workspace

InputTrigger = Literal["now", "typing", "enter"]
_ON_ENTER = "on_enter_pressed"
_PEOPLE = ("users_select", "multi_users_select")
_PLACES = ("conversations_select", "channels_select", "multi_conversations_select", "multi_channels_select")


def act_on_message(
    context: ActionContext, user: str, channel: str, ts: str, block_id: str, action_id: str, value: Any = None
) -> ActionResult:
    """Click or choose in a message. Raises NotVisibleError or ImpossibleChoiceError."""
    workspace = context.workspace
    member, conversation = context.person(user), context.conversation(user, channel)
    with workspace.lock:
        message = next((one for one in conversation.messages_for(user) if one.ts == ts), None)
        if message is None:
            raise NotVisibleError(f"{user} sees no message {ts}.")
        slot = find_slot(slots(message.payload.get("blocks", ())), block_id, action_id)
        state = _new_state(workspace, slot, value)
        if slot.is_stateful and state:
            message.set_state(user, slot, state)
            workspace.change_listener.message_changed(conversation, message)
        entry = action_entry(slot.block_id, slot.element, state, workspace.ids.timestamp())
        serial = workspace.last_serial
        payload = payloads.message_action(workspace, member, conversation, message, entry)
    return _send(context, user, payload, serial)


def act_on_view(
    context: ActionContext,
    user: str,
    view_id: str,
    block_id: str,
    action_id: str,
    value: Any = None,
    trigger: InputTrigger = "now",
) -> ActionResult:
    """Click or choose in a modal or Home tab. An input is filled, and sent to the app if it dispatches.

    A text input dispatches as its `dispatch_action_config` says: `trigger` is "typing" while the person types, "enter"
    when they press Enter, and "now" when the whole value is set at once. Raises NotVisibleError or
    ImpossibleChoiceError.
    """
    workspace = context.workspace
    member = context.person(user)
    with workspace.lock:
        view = context.open_view(user, view_id)
        slot = find_slot(view.slots(), block_id, action_id)
        state = _new_state(workspace, slot, value)
        if slot.is_stateful and state:
            view.set_state(slot, state)
            workspace.change_listener.view_changed(view)
            workspace.changes.publish([user], "views")
        if slot.is_input and not _dispatches(slot, trigger):
            return ActionResult()
        entry = action_entry(slot.block_id, slot.element, state, workspace.ids.timestamp())
        serial = workspace.last_serial
        payload = payloads.view_action(workspace, member, view, entry)
    return _send(context, user, payload, serial)


def _dispatches(slot: Slot, trigger: InputTrigger) -> bool:
    """Whether an input sends block_actions (docs.slack.dev/reference/block-kit/composition-objects)."""
    if not slot.block.get("dispatch_action"):
        return False
    if trigger == "now" or not slot.is_typed:
        return True
    config = slot.element.get("dispatch_action_config") or {}
    triggers = config.get("trigger_actions_on") or [_ON_ENTER]
    return (_ON_ENTER if trigger == "enter" else "on_character_entered") in triggers


def find_slot(among: Iterable[Slot], block_id: str, action_id: str) -> Slot:
    """The element with that action id in the block, or in any block if `block_id` is empty. Raises NotVisibleError."""
    for slot in among:
        if slot.action_id == action_id and block_id in ("", slot.block_id):
            return slot
    raise NotVisibleError(f"There is no element {block_id}/{action_id} here.")


def _send(context: ActionContext, user: str, payload: JSON, serial: int) -> ActionResult:
    if not context.workspace.app.is_interactive:
        return ActionResult("not_interactive", "This app is not configured to handle interactive responses.")
    delivery = context.send("block_actions", payload)
    seen = context.messages_since(user, serial)
    if delivery.ok:
        return ActionResult(messages=seen)
    code = "dispatch_failed" if delivery.error == "dropped" else delivery.error
    return ActionResult(code, "This app responded with an error, or did not respond.", seen)


def _new_state(workspace: Workspace, slot: Slot, value: Any) -> JSON | None:
    """The element's new state; None for a button. Raises ImpossibleChoiceError."""
    if slot.is_stateful:
        state = state_for(slot.element, value)
        _refuse_unknown(workspace, slot, value_of(state))
        return state
    if slot.element["type"] == "overflow":
        return {"type": "overflow", "selected_option": find_option(slot.element, value)}
    if slot.element["type"] == "feedback_buttons":
        return _feedback(slot, value)
    if value is not None:
        raise ImpossibleChoiceError(f"{slot.action_id} is a {slot.element['type']} and holds nothing.")
    return None


def _feedback(slot: Slot, value: Any) -> JSON:
    """The state of the feedback button with this value, as block_actions reports it."""
    pair = (slot.element["positive_button"], slot.element["negative_button"])
    pressed = next((one for one in pair if one["value"] == value), None)
    if pressed is None:
        raise ImpossibleChoiceError(f"{slot.action_id} offers no {value!r}.")
    return {"type": "feedback_buttons", "text": pressed["text"], "value": value}


def _refuse_unknown(workspace: Workspace, slot: Slot, value: Any) -> None:
    """Raises ImpossibleChoiceError for a person or conversation that does not exist."""
    kind = slot.element["type"]
    for one in value if isinstance(value, list) else [value] if value else []:
        unknown_person = kind in _PEOPLE and one not in workspace.members
        unknown_place = kind in _PLACES and workspace.conversations.get(one) is None
        if unknown_person or unknown_place:
            raise ImpossibleChoiceError(f"{slot.action_id} offers no {one!r}.")
