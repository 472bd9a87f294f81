"""The wire between the app and the workspace: what went over it, in both directions and in its order."""

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
    response: RecordedResponse | None = None
    seconds: float = 0.0
    scopes: tuple[str, ...] = ()
    fault_effect: FaultEffect = ""


@dataclass
class RecordedDelivery:
    """One command, interaction or event sent to the app, and what came of it.

    `error` is empty, or `dropped` (nothing listens), `operation_timeout` (no answer within three seconds),
    `dispatch_failed` (no sane answer), or `refused` (an answer Slack does not accept: `findings` says why).
    `seconds` is how long the answer took, by the real clock.
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


MAX_COMPLETE = 2_000
"""Of so many the whole is there to look at; of earlier calls the answers are let go."""


@dataclass(frozen=True)
class Exchange:
    """A call or a delivery. They are numbered from 1 as they end; `began` is by the real clock (seconds, never back),
    `at` by the calendar.
    """

    number: int
    at: datetime
    started: float
    record: Call | RecordedDelivery


class TrafficLog:
    """Keeps what went over the wire. Safe to use from several threads."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._lock = threading.Lock()
        self._calls: list[Call] = []
        self._deliveries: list[RecordedDelivery] = []
        self._recent: deque[Exchange] = deque()
        self._number = 0
        self._trimmed = 0
        self.listener: Callable[[], None] = lambda: None
        """Called after each; it must return at once."""

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
        """The last of both, oldest first."""
        with self._lock:
            return list(self._recent)

    @property
    def last_number(self) -> int:
        """The number of the last one; 0 before the first."""
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

    def _append(self, what: Call | RecordedDelivery, at: datetime, seconds: float) -> None:
        self._number += 1
        self._recent.append(Exchange(self._number, at, monotonic() - seconds, what))
        if len(self._recent) > MAX_COMPLETE and isinstance(self._recent.popleft().record, Call):
            self._calls[self._trimmed] = replace(self._calls[self._trimmed], response=None)
            self._trimmed += 1
