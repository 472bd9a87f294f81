"""What went over the wire as the page shows it: a row each, and the whole of one."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.page.redaction import redacted
from sandbox.records import Call, Delivery
from sandbox.traffic import Exchange
from sandbox.types import JSON
from sandbox.web_api import METHODS
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Sought:
    """Which exchanges one looks for; an empty string means any. `name` is a method or a kind of delivery, `text` stands
    anywhere in it.
    """

    name: str = ""
    person: str = ""
    text: str = ""


@dataclass
class Reader:
    """Reads exchanges, oldest first: whose view is whose is learnt on the way."""

    workspace: Workspace
    _views: dict[str, str] = field(default_factory=dict)

    def find(self, exchanges: Iterable[Exchange], sought: Sought) -> Iterator[tuple[Exchange, list[str]]]:
        """Those looked for, each with the ids of the people whom it is about."""
        text = sought.text.casefold()
        for exchange in exchanges:
            people = self.people_of(exchange.what)
            is_named = sought.name in ("", name_of(exchange.what))
            if not is_named or (sought.person and sought.person not in people):
                continue
            if not text or self._says(exchange, text):
                yield exchange, people

    def people_of(self, what: Call | Delivery) -> list[str]:
        """The people whom it is about: who acted, or who gets to see something."""
        found = self._of_delivery(what.payload) if isinstance(what, Delivery) else self._of_call(what)
        people = self.workspace.members
        return list(dict.fromkeys(one for one in found if one in people and not people[one].is_bot))

    def _of_delivery(self, payload: Mapping[str, Any]) -> Iterator[str]:
        event, user = payload.get("event") or {}, payload.get("user") or {}
        actor = payload.get("user_id") or user.get("id") or event.get("user")
        yield str(actor.get("id")) if isinstance(actor, dict) else str(actor or "")
        yield from self._in_channel(str(event.get("channel") or ""))
        if "view" in payload:
            self._views[str(payload["view"].get("id"))] = str(user.get("id"))

    def _of_call(self, call: Call) -> Iterator[str]:
        for name in ("user", "user_id", "users", "channel"):
            value = call.args.get(name)
            for one in value if isinstance(value, list) else str(value or "").split(","):
                yield str(one)
                yield from self._in_channel(str(one))
        trigger = str(call.args.get("trigger_id") or "")
        owner = self.workspace.triggers.user_of(trigger) if trigger else ""
        body = call.answer.body if call.answer else None
        view = body.get("view") if isinstance(body, dict) else None
        if owner and isinstance(view, dict):
            self._views[str(view.get("id"))] = owner
        yield owner or self._views.get(str(call.args.get("view_id") or ""), "")

    def _in_channel(self, channel: str) -> Iterable[str]:
        place = self.workspace.conversations.get(channel) if channel else None
        return place.members if place and place.kind in ("im", "mpim") else ()

    def _says(self, exchange: Exchange, text: str) -> bool:
        # What is found must stand there as it is shown, so that nobody finds a secret letter by letter. That takes its
        # time, so most is passed over before.
        shown = _row(exchange, []) | _rest(exchange.what)
        return text in _folded(shown) and text in _folded(redacted(shown, self.workspace.app))


def name_of(what: Call | Delivery) -> str:
    """What kind of thing it is: "chat.postMessage", "command", "block_actions", "event"."""
    return what.method if isinstance(what, Call) else what.kind


def row(exchange: Exchange, people: list[str], workspace: Workspace) -> JSON:
    """What a list says of it. `from_app` tells a call from a delivery."""
    found: JSON = redacted(_row(exchange, people), workspace.app)
    return found


def whole(exchange: Exchange, people: list[str], workspace: Workspace) -> JSON:
    """All of it, without secrets."""
    found: JSON = redacted(_row(exchange, people) | _rest(exchange.what), workspace.app)
    return found


def _row(exchange: Exchange, people: list[str]) -> JSON:
    what = exchange.what
    return {
        "number": exchange.number,
        "at": exchange.at.isoformat(),
        "began": exchange.began,
        "seconds": what.seconds,
        "name": name_of(what),
        "about": "" if isinstance(what, Call) else _about(what),
        "from_app": isinstance(what, Call),
        "ok": what.ok,
        "error": what.error,
        "status": what.answer.status if what.answer else None,
        "ordered": what.ordered if isinstance(what, Call) else "",
        "retry": 0 if isinstance(what, Call) else what.retry_num,
        "people": people,
    }


def _rest(what: Call | Delivery) -> JSON:
    answer = what.answer and {
        "status": what.answer.status,
        "headers": dict(what.answer.headers),
        "body": what.answer.body,
    }
    if isinstance(what, Delivery):
        return {
            "sent": what.payload,
            "answer": answer,
            "transport": what.transport,
            "retry_reason": what.retry_reason,
            "findings": list(what.findings),
        }
    method = METHODS.get(what.method)
    return {
        "sent": dict(what.args),
        "answer": answer,
        "token_kind": what.token_kind,
        "scopes": list(what.scopes),
        "needs": list(method.scopes) if method else [],
        "findings": [],
    }


def _folded(shown: JSON) -> str:
    return json.dumps(shown, ensure_ascii=False).casefold()


def _about(delivery: Delivery) -> str:
    """The point of it in a word or two: the command line, the action, the form, the event."""
    payload = delivery.payload
    match delivery.kind:
        case "command":
            return f"{payload['command']} {payload.get('text', '')}".strip()
        case "event":
            return delivery.subscription
        case "block_actions":
            return ", ".join(str(one.get("action_id")) for one in payload.get("actions", ()))
        case _:
            return str((payload.get("view") or {}).get("callback_id") or "")
