"""What the people of a story do, each at their own client."""

import threading
from collections.abc import Mapping
from typing import Any

from bot.house import House
from bot.match.acts import release
from mentoring.setup import Part
from messages.ids import ACCEPT_MATCH, APPLICATION_FORM, DESK_VIEW, MEETING_FORM, OPEN_SETUP, PROPOSE, SETUP_FORM
from sandbox import Person, Sandbox

_TRIES = 200
_BREATH = 0.05


def list_choices(owner: Person, **choices: str) -> None:
    """Say what people choose from: topics, departments, grades, one to a line."""
    card = owner.command("/mentor setup").messages[-1]
    block = next(b["block_id"] for b in card["blocks"] if b.get("accessory", {}).get("value") == Part.CHOICES)
    owner.click(f"{block}/{OPEN_SETUP}", message=card)
    owner.await_view(SETUP_FORM)
    owner.fill(choices)
    owner.submit()


def apply(sandbox: Sandbox, person: str, command: str, says: Mapping[str, Any]) -> None:
    """Type the command, fill in the form and send it; again while Slack is still being asked who a manager is."""
    member = sandbox.person(person)
    member.command(command)
    member.await_view(APPLICATION_FORM)
    member.fill(says)
    for _ in range(_TRIES):
        sent = member.submit()
        if sent.closed:
            return
        threading.Event().wait(_BREATH)
    raise RuntimeError(f"{person} could not apply: {sent.errors or sent.error}")


def propose(sandbox: Sandbox, owner: str) -> None:
    """Ask for proposals, and wait until there are some."""
    person = sandbox.person(owner)
    person.command("/mentor match")
    person.await_view(DESK_VIEW)
    person.click(PROPOSE)
    settle(sandbox)
    person.close(everything=True)


def approve_and_release(sandbox: Sandbox) -> None:
    """All proposals are approved by the operator, for a committee that met elsewhere; both of each match are asked."""
    house = sandbox.moments
    if isinstance(house, House):
        release(house.storage, house.identity.workspace, approving=True, calendar=sandbox.calendar.now)
    settle(sandbox)


def accept(sandbox: Sandbox, person: str) -> bool:
    """Say yes to each match that they are asked about; whether there was one."""
    member = sandbox.person(person)
    asked = [message for message in member.inbox() if ACCEPT_MATCH in str(message.get("blocks"))]
    for message in asked:
        member.click(ACCEPT_MATCH, message=message)
    return bool(asked)


def log_meeting(sandbox: Sandbox, person: str, **says: str) -> None:
    """Log a meeting with the only partner they have."""
    member = sandbox.person(person)
    member.command("/mentor log")
    member.await_view(MEETING_FORM)
    member.fill(says)
    sent = member.submit()
    if not sent.closed:
        raise RuntimeError(f"{person} could not log a meeting: {sent.errors or sent.error}")


def settle(sandbox: Sandbox) -> None:
    """Wait until the bot has done and delivered all that is due now."""
    if sandbox.moments:
        sandbox.moments.settle()
