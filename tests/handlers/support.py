"""What the tests of handlers share: what is on offer in a message, requests made by hand, and all that the database
holds.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from messages.ids import END_PARTNERSHIP, HAND_OVER_FORM, MENU, OVERSEE, OversightAction
from messages.in_programme import split_value
from sandbox.signing import signed_headers
from tests.local_bot import LocalBot, call

Json = dict[str, Any]

FORM_TYPE = "application/x-www-form-urlencoded"


def buttons(message: Mapping[str, Any]) -> set[str]:
    """The action ids of all that can be pressed in a message."""
    return {element["action_id"] for element in _elements(message["blocks"])}


def block_of(card: Mapping[str, Any], value: str) -> str:
    """The id of the block whose button has this value, whatever programme it names."""
    return next(str(b["block_id"]) for b in card["blocks"] if plain_value(b.get("accessory", {})) == value)


def owner_ends(town: LocalBot, user: str, mentee: str) -> None:
    """The owner `user`, in the list of partnerships, ends the one of this mentee."""
    with town.database() as tx:
        (partnership,) = [each for each in tx.partnerships.of(mentee) if each.mentee == mentee]
    person = town.person(user)
    person.choose(MENU, f"{OVERSEE} {OversightAction.HAND_OVER}:{partnership.id}")
    person.await_view(HAND_OVER_FORM)
    person.click(END_PARTNERSHIP)
    town.settle()


def plain_value(element: Mapping[str, Any]) -> str:
    """The value of a button, without the programme that it names."""
    return split_value(element.get("value") or "")[0]


def _elements(blocks: list[Json]) -> Iterator[Json]:
    for block in blocks:
        found = [*block.get("elements", ()), *block.get("actions", ()), block.get("accessory") or {}]
        yield from (element for element in found if "action_id" in element)


def direct_messages(town: LocalBot, user: str) -> list[Json]:
    """What `user` was sent by direct message, oldest first; their own words and passing answers left out."""
    inbox = town.person(user).inbox()
    return [message for message in inbox if not message.get("is_ephemeral") and message["user"] != user]


def post(town: LocalBot, payload: Mapping[str, Any]) -> tuple[int, Json | str]:
    """A signed request made by hand: a command, an interaction or an event; the status and the body of the answer."""
    if payload.get("type") == "event_callback":
        content_type, body = "application/json", json.dumps(payload).encode()
    elif "command" in payload:
        content_type, body = FORM_TYPE, urlencode(payload).encode()
    else:
        content_type, body = FORM_TYPE, urlencode({"payload": json.dumps(payload)}).encode()
    headers = signed_headers(body, content_type, town.slack.signing_secret)
    status, _, content = call(town.web, headers, body)
    text = content.decode()
    return status, json.loads(text) if text.startswith("{") else text


def last_payload(town: LocalBot, kind: str) -> Json:
    """The last request of a kind that Slack made, to be changed and made again."""
    found = next(delivery for delivery in reversed(town.slack.deliveries) if delivery.kind == kind)
    payload: Json = json.loads(json.dumps(found.payload))
    return payload


def rows(town: LocalBot) -> dict[str, list[Json]]:
    """Every row of every table."""
    assert town.storage.file is not None
    with closing(sqlite3.connect(town.storage.file)) as database:
        database.row_factory = sqlite3.Row
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [dict(row) for row in database.execute(f'SELECT * FROM "{table}"')] for table in sorted(tables)}
