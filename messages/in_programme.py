"""How buttons and forms carry the id of the programme that they are about, and how a message names it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import ButtonElement

from messages import ids
from messages.blocks import section, small_print
from messages.payloads import Message, limits

_CARRIERS = frozenset(
    {
        ids.ADD_ANNOUNCEMENT,
        ids.ADD_PERSON,
        ids.ALLOW,
        ids.APPROVE,
        ids.APPROVE_ANNOUNCEMENT,
        ids.APPROVE_SEVERAL,
        ids.ASK_AGAIN,
        ids.CHANGE_ANNOUNCEMENT,
        ids.END_LEAVE,
        ids.EXTEND_OFFER,
        ids.FORBID,
        ids.GO_TO_STEP,
        ids.LEAVE_OUT_ANNOUNCEMENT,
        ids.OPEN_ALL_PARTNERSHIPS,
        ids.OPEN_ANNOUNCEMENTS,
        ids.OPEN_GUIDE,
        ids.OPEN_LEAVE,
        ids.OPEN_NEEDS,
        ids.OPEN_OFFERS,
        ids.OPEN_OWNERS,
        ids.OPEN_OWNER_RECORD,
        ids.OPEN_PEOPLE,
        ids.OPEN_PLAN,
        ids.OPEN_REMARKS,
        ids.REMARKS_PAGE,
        ids.OPEN_ANSWERS,
        ids.ANSWERS_PAGE,
        ids.OWNER_RECORD_PAGE,
        ids.PARTNERSHIPS_PAGE,
        ids.PEOPLE_PAGE,
        ids.SEARCH_PARTNERSHIPS,
        ids.SEARCH_PEOPLE,
        ids.OPEN_REQUEST,
        ids.OPEN_REVIEW,
        ids.OPEN_SETUP,
        ids.OPEN_SESSIONS,
        ids.PLAN_SESSION,
        ids.OPEN_EVALUATION,
        ids.OPEN_SUGGESTIONS,
        ids.OPEN_SPONSOR_PAGE,
        ids.OPEN_STATUS,
        ids.OPEN_VOLUNTEER,
        ids.PAIR_BY_HAND,
        ids.OPEN_EXPORT,
        ids.EXPORT_WORKBOOK,
        ids.EXPORT_CSV,
        ids.PREVIEW,
        ids.PREVIEW_ANNOUNCEMENT,
        ids.PROPOSE,
        ids.PUT_BACK_ANNOUNCEMENT,
        ids.RECALL_OFFER,
        ids.REFUSE,
        ids.RELEASE,
        ids.REMIND_OFFER,
        ids.REVIEW_PAGE,
        ids.SEND_CHARTS,
        ids.RESUME_SPONSOR_PAGE,
        ids.SEND_CSV,
        ids.SEND_SPONSOR_PAGE,
        ids.SEND_WORKBOOK,
        ids.SKIP_STEP,
        ids.STOP_SPONSOR_PAGE,
        ids.STOP_ANNOUNCEMENT,
        ids.TICK_STEP,
        ids.UNDO_REFUSAL,
        ids.UNTICK_STEP,
        ids.WHAT_WOULD_HELP,
        ids.WHY_NOT,
    }
)
"""The buttons that name their programme. The others have the id of something that belongs to one."""
_SEPARATOR = "@"
"""Between a button's value and the programme's id. Neither contains it."""


def view_in(view: Mapping[str, Any], programme_id: str, name: str = "") -> dict[str, Any]:
    """The modal, whose buttons and form name this programme. Its `name` (mrkdwn) is shown above, if there is one."""
    above = [small_print(name).to_dict()] if name else []
    room = limits.VIEW_BLOCKS - len(above)
    found = {**view, "blocks": [*above, *(_block_in(block, programme_id) for block in view["blocks"][:room])]}
    if view.get("private_metadata"):
        meta = {**json.loads(view["private_metadata"]), "programme": programme_id}
        found["private_metadata"] = json.dumps(meta, separators=(",", ":"))
    return found


def message_in(message: Message, programme_id: str) -> Message:
    """The message, whose buttons name this programme."""
    return replace(message, blocks=tuple(_block_in(block, programme_id) for block in message.blocks))


def button_in(element: ButtonElement, programme_id: str) -> ButtonElement:
    """The button, which names this programme if it has to."""
    if element.action_id in _CARRIERS:
        element.value = carry(element.value or "", programme_id)
    return element


def carry(value: str, programme_id: str) -> str:
    """The value of a button that names this programme."""
    return f"{value}{_SEPARATOR}{programme_id}"


def split_value(value: str) -> tuple[str, str]:
    """The value of a button, and the id of the programme that it names, or ""."""
    plain, separator, programme_id = value.rpartition(_SEPARATOR)
    return (plain, programme_id) if separator else (value, "")


def _block_in(block: Mapping[str, Any], programme_id: str) -> dict[str, Any]:
    found = dict(block)
    if "accessory" in found:
        found["accessory"] = _element_in(found["accessory"], programme_id)
    for name in ("elements", "actions"):
        if name in found:
            found[name] = [_element_in(element, programme_id) for element in found[name]]
    return found


def _element_in(element: Any, programme_id: str) -> Any:
    if not isinstance(element, Mapping) or element.get("type") != "button":
        return element
    value = str(element.get("value") or "")
    if element.get("action_id") not in _CARRIERS or split_value(value)[1]:
        return element
    return {**element, "value": carry(value, programme_id)}


def together(messages: Sequence[Message], names: Sequence[str]) -> Message:
    """One message of several about different programmes, each under its name (mrkdwn). A single one stays as it is.

    As many as fit; the rest is left out.
    """
    if len(messages) == 1:
        return messages[0]
    blocks: list[Mapping[str, Any]] = []
    for each, name in zip(messages, names, strict=True):
        if len(blocks) + 1 + len(each.blocks) <= limits.MESSAGE_BLOCKS:
            blocks += [section(f"*{name}*").to_dict(), *each.blocks]
    return replace(messages[0], blocks=tuple(blocks))


def with_programme_name(message: Message, name: str) -> Message:
    """The message with the name of its programme (mrkdwn) above it, for readers who are in several."""
    return replace(message, text=f"{name}: {message.text}", blocks=(small_print(name).to_dict(), *message.blocks))
