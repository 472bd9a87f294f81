"""Recorded traffic as the page shows it: a summary for each exchange, and the details of one."""

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
    """Selects exchanges; an empty string matches all.

    `name` is a method or a kind of delivery, `person` a user id, `text` a part of the exchange, ignoring case.
    """

    name: str = ""
    person: str = ""
    text: str = ""


@dataclass
class TrafficReader:
    """Reads exchanges, oldest first, and remembers on the way which view belongs to whom."""

    workspace: Workspace
    _views: dict[str, str] = field(default_factory=dict)

    def find(
        self, exchanges: Iterable[Exchange], traffic_filter: TrafficFilter
    ) -> Iterator[tuple[Exchange, list[str]]]:
        """The selected exchanges, each with the ids of the people it concerns."""
        text = traffic_filter.text.casefold()
        for exchange in exchanges:
            people = self.people_of(exchange.record)
            is_named = traffic_filter.name in ("", name_of(exchange.record))
            if not is_named or (traffic_filter.person and traffic_filter.person not in people):
                continue
            if not text or self._contains(exchange, text):
                yield exchange, people

    def people_of(self, record: Call | RecordedDelivery) -> list[str]:
        """Ids of the people an exchange concerns: the person who acted, and those who can see the result."""
        found = (
            self._people_of_delivery(record.payload)
            if isinstance(record, RecordedDelivery)
            else self._people_of_call(record)
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
        conversation = self.workspace.conversations.get(channel) if channel else None
        return conversation.members if conversation and conversation.kind in ("im", "mpim") else ()

    def _contains(self, exchange: Exchange, text: str) -> bool:
        # Search the redacted text only, so that nobody can find out a secret letter by letter. Redaction is slow,
        # so check the raw text first.
        shown = _summary(exchange, []) | _details(exchange.record)
        return text in _search_text(shown) and text in _search_text(redacted(shown, self.workspace.app))


def name_of(record: Call | RecordedDelivery) -> str:
    """The kind of exchange: "chat.postMessage", "command", "block_actions", "event"."""
    return record.method if isinstance(record, Call) else record.kind


def summary(exchange: Exchange, people: list[str], workspace: Workspace) -> JSON:
    """The row of an exchange in the list, without secrets. `from_app` is true for a call."""
    found: JSON = redacted(_summary(exchange, people), workspace.app)
    return found


def detail(exchange: Exchange, people: list[str], workspace: Workspace) -> JSON:
    """All details of an exchange, without secrets."""
    found: JSON = redacted(_summary(exchange, people) | _details(exchange.record), workspace.app)
    return found


def _summary(exchange: Exchange, people: list[str]) -> JSON:
    record = exchange.record
    return {
        "number": exchange.number,
        "at": exchange.at.isoformat(),
        "started": exchange.started,
        "seconds": record.seconds,
        "name": name_of(record),
        "about": "" if isinstance(record, Call) else _subject(record),
        "from_app": isinstance(record, Call),
        "ok": record.ok,
        "error": record.error,
        "status": record.response.status if record.response else None,
        "fault": record.fault_effect if isinstance(record, Call) else "",
        "retry": 0 if isinstance(record, Call) else record.retry_num,
        "people": people,
    }


def _details(record: Call | RecordedDelivery) -> JSON:
    response = record.response and {
        "status": record.response.status,
        "headers": dict(record.response.headers),
        "body": record.response.body,
    }
    if isinstance(record, RecordedDelivery):
        return {
            "sent": record.payload,
            "response": response,
            "transport": record.transport,
            "retry_reason": record.retry_reason,
            "problems": list(record.problems),
        }
    method = METHODS.get(record.method)
    return {
        "sent": dict(record.args),
        "response": response,
        "token_kind": record.token_kind,
        "scopes": list(record.scopes),
        "needs": list(method.scopes) if method else [],
        "problems": [],
    }


def _search_text(shown: JSON) -> str:
    return json.dumps(shown, ensure_ascii=False).casefold()


def _subject(delivery: RecordedDelivery) -> str:
    """A short description: the command line, the action ids, the view's callback id or the event."""
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
