"""What went over the wire, kept for tests and for whoever is curious."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sandbox.types import JSON

TokenKind = Literal["bot", "app", "none", "unknown"]
DeliveryKind = Literal["command", "block_actions", "view_submission", "view_closed", "event"]
Transport = Literal["deliver", "socket", "http", "none"]
Ordered = Literal["", "answer", "dropped"]


@dataclass(frozen=True)
class Answer:
    """What was answered: HTTP status, headers, and the body (an object, text, or None). The app's come with lower-case
    names of headers.
    """

    status: int
    headers: Mapping[str, str]
    body: JSON | str | None


@dataclass(frozen=True)
class Call:
    """One Web API call: its arguments parsed (without the token), and how it ended. `at` is the calendar's moment.

    `scopes` are those it drew on, and `seconds` how long its caller waited, by the real clock. `answer` is None for a
    call of long ago. What was `ordered` of the faults: the "answer", so that nothing was done, or "dropped", so that it
    was done and the caller never heard.
    """

    method: str
    args: Mapping[str, Any]
    token_kind: TokenKind
    ok: bool
    error: str
    at: datetime
    answer: Answer | None = None
    seconds: float = 0.0
    scopes: tuple[str, ...] = ()
    ordered: Ordered = ""


@dataclass
class Delivery:
    """One command, interaction or event sent to the app, and what came of it.

    `error` is empty, or `dropped` (nothing listens), `operation_timeout` (no answer within three seconds),
    `dispatch_failed` (no sane answer), or `refused` (an answer Slack does not accept: `findings` says why).
    `seconds` is how long the answer took, by the real clock.
    """

    kind: DeliveryKind
    payload: JSON
    transport: Transport = "none"
    answer: Answer | None = None
    error: str = ""
    findings: list[str] = field(default_factory=list)
    retry_num: int = 0
    retry_reason: str = ""
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.error

    @property
    def event_id(self) -> str:
        """The event's id; the same for every redelivery. Empty for commands and interactions."""
        return str(self.payload.get("event_id", ""))

    @property
    def subscription(self) -> str:
        """What the manifest subscribes to, to be sent this event. Empty for commands and interactions."""
        event = self.payload.get("event") if self.kind == "event" else None
        if event is None:
            return ""
        place = event.get("channel_type")
        places = {"channel": "channels", "group": "groups"}
        return f"message.{places.get(place, place)}" if event["type"] == "message" else str(event["type"])
