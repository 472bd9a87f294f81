"""Filling in a form as a person's client does, and finding the buttons of a message."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sandbox.blocks import slots
from sandbox.workspace.element_state import initial_state, state_for
from tests.simulation.cast import BOSS, Player
from tests.simulation.chance import Chance


def filled(view: Mapping[str, Any], view_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The view as it is sent: `values` by block id, the rest as it stands in the form."""
    state: dict[str, dict[str, Any]] = {}
    for slot in slots(view["blocks"]):
        if slot.is_stateful:
            chosen = values.get(slot.block_id)
            held = initial_state(slot.element) if chosen is None else state_for(slot.element, chosen)
            state.setdefault(slot.block_id, {})[slot.action_id] = held
    return {**view, "id": view_id, "state": {"values": state}}


def buttons(blocks: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Action id and value of each button of a message."""
    for block in blocks:
        elements = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())]
        for element in elements:
            if element.get("type") == "button":
                yield element["action_id"], element.get("value", "")


def choices(view: Mapping[str, Any], block_id: str) -> list[str]:
    """The values that a question of the form offers; none if it does not ask."""
    asked = [block["element"] for block in view["blocks"] if block.get("block_id") == block_id]
    return [option["value"] for element in asked for option in element["options"]]


def application(player: Player, chance: Chance, today: date) -> dict[str, Any]:
    values: dict[str, Any] = {
        "topics": list(player.topics),
        "hopes": f"Something of use, {chance.randint(1, 9)}.",
        "months": player.length,
        "ways": [chance.one_of(("in-person", "video", "phone", "walking"))],
        "languages": ["en"],
        "manager": BOSS,
        "expectations": ["yes"],
        "supervisor": ["yes"],
    }
    if player.role == "mentor":
        values |= {"started_on": today.replace(year=today.year - 4, day=1).isoformat(), "places": str(player.places)}
    return values


def meeting(chance: Chance, met_on: date) -> dict[str, Any]:
    return {"met_on": met_on.isoformat(), "minutes": "60", "way": chance.one_of(("video", "phone"))}


def check_in(chance: Chance, decision: str, *, may_contact: bool) -> dict[str, Any]:
    further = {"trust": str(chance.randint(1, 5)), "often": "just-right", "learn": ["c_talk", "c_fair"]}
    return looking_back(chance) | further | {"decision": decision, "may_contact": ["yes"] if may_contact else []}


def looking_back(chance: Chance) -> dict[str, Any]:
    """Of the closing survey, and of what two who never met are asked in its place."""
    return {"rating": str(chance.randint(1, 5)), "helps": "Time.", "why_not": ["no-time"], "words": "Ask."}
