"""Using the client of one person of the demo: finding and pressing a button, filling in a form, waiting."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bot.demo.texts import FormTexts
from messages import ids
from messages.in_programme import split_value
from messages.menus import pressed
from sandbox import NotVisibleError, Person, Sandbox
from sandbox.blocks import Slot, slots

TIMEOUT_SECONDS = 20.0
"""For a form to change. The first proposals take some seconds on a slow machine."""


def available_person(sandbox: Sandbox, user: str) -> Person:
    """This person, with no form open."""
    person = sandbox.person(user)
    if person.view:
        person.close(everything=True)
    return person


def press(person: Person, action_id: str, value: str) -> None:
    """Press the button with this value, whatever programme it names: in the top form if one is open, else in the newest
    message that has it.

    Raises NotVisibleError.
    """
    shown = [None] if person.view else _newest_first(person)
    if not any(click(person, message, action_id, value) for message in shown):
        raise NotVisibleError(f"{person.id} sees no {action_id} with the value {value}.")


def click(person: Person, message: Mapping[str, Any] | None, action_id: str, value: str) -> bool:
    """Press the button in this message, or (None) in the top form. False if it is not there."""
    slot = slot_of(message or person.view or {}, action_id, value)
    if slot:
        person.click(f"{slot.block_id}/{action_id}", message=dict(message) if message else None)
    return slot is not None


def choose_in_menu(person: Person, container: Mapping[str, Any], action_id: str, value: str) -> None:
    """Choose what stands for the button with this value in a menu of Home or of the form. Raises NotVisibleError."""
    for slot in slots(container.get("blocks", ())):
        for option in slot.element.get("options", ()) if slot.action_id == ids.MENU else ():
            button = pressed({"action_id": ids.MENU, "selected_option": option})
            if (button["action_id"], split_value(str(button["value"]))[0]) == (action_id, value):
                person.choose(f"{slot.block_id}/{ids.MENU}", option["value"])
                return
    raise NotVisibleError(f"{person.id} sees no {action_id} with the value {value} in a menu.")


def slot_of(container: Mapping[str, Any], action_id: str, value: str) -> Slot | None:
    """The button with this value, whatever programme it names, or None."""
    return next(
        (
            slot
            for slot in slots(container.get("blocks", ()))
            if slot.action_id == action_id and split_value(slot.element.get("value", ""))[0] == split_value(value)[0]
        ),
        None,
    )


def submit(person: Person, form: str, texts: FormTexts) -> None:
    """Wait for the form, fill it in and submit it."""
    person.await_view(form)
    person.fill(texts)
    sent = person.submit()
    is_next = sent.view is not None and sent.view["callback_id"] != form  # another form took its place
    if not sent.closed and not is_next:
        raise RuntimeError(f"{person.id} could not submit {form}: {sent.errors or sent.error}")


def values(view: Mapping[str, Any] | None, action_id: str) -> Iterator[str]:
    for slot in slots(view["blocks"] if view else ()):
        if slot.action_id == action_id:
            yield str(slot.element.get("value", ""))


def _newest_first(person: Person) -> list[dict[str, Any]]:
    channels = [conversation["id"] for conversation in person.conversations()]
    found = [message for channel in channels for message in person.inbox(channel) if message.get("blocks")]
    return sorted(found, key=lambda message: float(message["ts"]), reverse=True)


def wait_until(sandbox: Sandbox, condition: Callable[[], bool]) -> None:
    """Wait for the condition. Returns after the timeout too: the next act then fails with what is missing."""
    with sandbox.workspace.changed:
        sandbox.workspace.changed.wait_for(condition, TIMEOUT_SECONDS)
