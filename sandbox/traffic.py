"""The recorded traffic between app and workspace, in both directions and in order."""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sandbox.clocks import Calendar, monotonic
from sandbox.types import JSON

TokenKind = Literal["bot", "app", "none", "unknown"]
DeliveryKind = Literal["command", "block_actions", "view_submission", "view_closed", "event"]
Transport = Literal["deliver", "socket", "http", "none"]
FaultEffect = Literal["", "answer", "dropped"]


@dataclass(frozen=True)
class RecordedResponse:
    """The response to a call or delivery: HTTP status, headers, and body (an object, text, or None).

    Header names of the app's responses are in lower case.
    """

    status: int
    headers: Mapping[str, str]
    body: JSON | str | None


@dataclass(frozen=True)
class Call:
    """A Web API call: its parsed arguments (without the token) and its outcome. `at` is the time on the calendar.

    `scopes` are the scopes it used, `seconds` how long the caller waited (real time). `response` is None for old calls.
    `fault_effect` is what an injected fault did: "answer" replaced the response and nothing was done; "dropped"
    performed the call and closed the connection without a response.
    """

    method: str
    args: Mapping[str, Any]
    token_kind: TokenKind
    ok: bool
    error: str
    at: datetime
    response: RecordedResponse | None = None
    seconds: float = 0.0
    scopes: tuple[str, ...] = ()
    fault_effect: FaultEffect = ""


@dataclass
class RecordedDelivery:
    """A command, interaction or event sent to the app, and its outcome.

    `error` is empty, or `dropped` (nothing listens), `operation_timeout` (no response within three seconds),
    `dispatch_failed` (an unusable response), or `refused` (a response that Slack refuses; see `problems`). `seconds` is
    the time until the response (real time).
    """

    kind: DeliveryKind
    payload: JSON
    transport: Transport = "none"
    response: RecordedResponse | None = None
    error: str = ""
    problems: list[str] = field(default_factory=list)
    retry_num: int = 0
    retry_reason: str = ""
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.error

    @property
    def event_id(self) -> str:
        """The event's id, the same for every redelivery. Empty for commands and interactions."""
        return str(self.payload.get("event_id", ""))

    @property
    def subscription(self) -> str:
        """The event subscription that covers it, such as "message.im". Empty for commands and interactions."""
        event = self.payload.get("event") if self.kind == "event" else None
        if event is None:
            return ""
        place = event.get("channel_type")
        places = {"channel": "channels", "group": "groups"}
        return f"message.{places.get(place, place)}" if event["type"] == "message" else str(event["type"])


MAX_COMPLETE = 2_000
"""The number of exchanges kept complete. Older calls lose their response."""


@dataclass(frozen=True)
class Exchange:
    """A call or a delivery. Numbers start at 1, in the order of completion.

    `started` is monotonic time in seconds, `at` the time on the calendar.
    """

    number: int
    at: datetime
    started: float
    record: Call | RecordedDelivery


class TrafficLog:
    """Records traffic. Thread-safe."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._lock = threading.Lock()
        self._calls: list[Call] = []
        self._deliveries: list[RecordedDelivery] = []
        self._recent: deque[Exchange] = deque()
        self._number = 0
        self._trimmed = 0
        self.listener: Callable[[], None] = lambda: None
        """Called after each exchange; it must not block."""

    @property
    def calls(self) -> list[Call]:
        """Every call so far."""
        with self._lock:
            return list(self._calls)

    @property
    def deliveries(self) -> list[RecordedDelivery]:
        """Every delivery so far."""
        with self._lock:
            return list(self._deliveries)

    @property
    def recent(self) -> list[Exchange]:
        """The latest exchanges, oldest first."""
        with self._lock:
            return list(self._recent)

    @property
    def last_number(self) -> int:
        """The number of the last exchange; 0 if there is none."""
        return self._number

    def record_call(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)
            self._append(call, call.at, call.seconds)
        self.listener()

    def record_delivery(self, delivery: RecordedDelivery) -> None:
        with self._lock:
            self._deliveries.append(delivery)
            self._append(delivery, self._calendar.now(), delivery.seconds)
        self.listener()

    def _append(self, record: Call | RecordedDelivery, at: datetime, seconds: float) -> None:
        self._number += 1
        self._recent.append(Exchange(self._number, at, monotonic() - seconds, record))
        if len(self._recent) > MAX_COMPLETE and isinstance(self._recent.popleft().record, Call):
            self._calls[self._trimmed] = replace(self._calls[self._trimmed], response=None)
            self._trimmed += 1
