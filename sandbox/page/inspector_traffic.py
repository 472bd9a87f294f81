"""What went over the wire as the page shows it: a row each, and the whole of one."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.page.redaction import redacted
from sandbox.traffic import Call, Exchange, RecordedDelivery
from sandbox.types import JSON
from sandbox.web_api import METHODS
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class TrafficFilter:
    """Which exchanges one looks for; an empty string means any. `name` is a method or a kind of delivery, `text` stands
    anywhere in it.
    """

    name: str = ""
    person: str = ""
    text: str = ""


@dataclass
class TrafficReader:
    """Reads exchanges, oldest first: whose view is whose is learnt on the way."""

    workspace: Workspace
    _views: dict[str, str] = field(default_factory=dict)

    def find(self, exchanges: Iterable[Exchange], sought: TrafficFilter) -> Iterator[tuple[Exchange, list[str]]]:
        """Those looked for, each with the ids of the people whom it is about."""
        text = sought.text.casefold()
        for exchange in exchanges:
            people = self.people_of(exchange.record)
            is_named = sought.name in ("", name_of(exchange.record))
            if not is_named or (sought.person and sought.person not in people):
                continue
            if not text or self._contains(exchange, text):
                yield exchange, people

    def people_of(self, what: Call | RecordedDelivery) -> list[str]:
        """The people whom it is about: who acted, or who gets to see something."""
        found = (
            self._people_of_delivery(what.payload) if isinstance(what, RecordedDelivery) else self._people_of_call(what)
        )
        people = self.workspace.members
        return list(dict.fromkeys(one for one in found if one in people and not people[one].is_bot))

    def _people_of_delivery(self, payload: Mapping[str, Any]) -> Iterator[str]:
        event, user = payload.get("event") or {}, payload.get("user") or {}
        actor = payload.get("user_id") or user.get("id") or event.get("user")
        yield str(actor.get("id")) if isinstance(actor, dict) else str(actor or "")
        yield from self._members_of(str(event.get("channel") or ""))
        if "view" in payload:
            self._views[str(payload["view"].get("id"))] = str(user.get("id"))

    def _people_of_call(self, call: Call) -> Iterator[str]:
        for name in ("user", "user_id", "users", "channel"):
            value = call.args.get(name)
            for one in value if isinstance(value, list) else str(value or "").split(","):
                yield str(one)
                yield from self._members_of(str(one))
        trigger = str(call.args.get("trigger_id") or "")
        owner = self.workspace.triggers.user_of(trigger) if trigger else ""
        body = call.response.body if call.response else None
        view = body.get("view") if isinstance(body, dict) else None
        if owner and isinstance(view, dict):
            self._views[str(view.get("id"))] = owner
        yield owner or self._views.get(str(call.args.get("view_id") or ""), "")

    def _members_of(self, channel: str) -> Iterable[str]:
        place = self.workspace.conversations.get(channel) if channel else None
        return place.members if place and place.kind in ("im", "mpim") else ()

    def _contains(self, exchange: Exchange, text: str) -> bool:
        # What is found must stand there as it is shown, so that nobody finds a secret letter by letter. That takes its
        # time, so most is passed over before.
        shown = _summary(exchange, []) | _details(exchange.record)
        return text in _search_text(shown) and text in _search_text(redacted(shown, self.workspace.app))


def name_of(what: Call | RecordedDelivery) -> str:
    """What kind of thing it is: "chat.postMessage", "command", "block_actions", "event"."""
    return what.method if isinstance(what, Call) else what.kind


def summary(exchange: Exchange, people: list[str], workspace: Workspace) -> JSON:
    """What a list says of it. `from_app` tells a call from a delivery."""
    found: JSON = redacted(_summary(exchange, people), workspace.app)
    return found


def detail(exchange: Exchange, people: list[str], workspace: Workspace) -> JSON:
    """All of it, without secrets."""
    found: JSON = redacted(_summary(exchange, people) | _details(exchange.record), workspace.app)
    return found


def _summary(exchange: Exchange, people: list[str]) -> JSON:
    what = exchange.record
    return {
        "number": exchange.number,
        "at": exchange.at.isoformat(),
        "began": exchange.started,
        "seconds": what.seconds,
        "name": name_of(what),
        "about": "" if isinstance(what, Call) else _subject(what),
        "from_app": isinstance(what, Call),
        "ok": what.ok,
        "error": what.error,
        "status": what.response.status if what.response else None,
        "ordered": what.fault_effect if isinstance(what, Call) else "",
        "retry": 0 if isinstance(what, Call) else what.retry_num,
        "people": people,
    }


def _details(what: Call | RecordedDelivery) -> JSON:
    answer = what.response and {
        "status": what.response.status,
        "headers": dict(what.response.headers),
        "body": what.response.body,
    }
    if isinstance(what, RecordedDelivery):
        return {
            "sent": what.payload,
            "answer": answer,
            "transport": what.transport,
            "retry_reason": what.retry_reason,
            "findings": list(what.problems),
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


def _search_text(shown: JSON) -> str:
    return json.dumps(shown, ensure_ascii=False).casefold()


def _subject(delivery: RecordedDelivery) -> str:
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
