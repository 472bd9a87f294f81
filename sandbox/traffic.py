"""The wire between the app and the workspace: what went over it, in both directions and in its order."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sandbox.clocks import Calendar, monotonic
from sandbox.records import Call, Delivery

KEPT = 2_000
"""Of so many the whole is there to look at; of earlier calls the answers are let go."""


@dataclass(frozen=True)
class Exchange:
    """A call or a delivery. They are numbered from 1 as they end; `began` is by the real clock (seconds, never back),
    `at` by the calendar.
    """

    number: int
    at: datetime
    began: float
    what: Call | Delivery


class Wire:
    """Keeps what went over the wire. Safe to use from several threads."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._lock = threading.Lock()
        self._calls: list[Call] = []
        self._deliveries: list[Delivery] = []
        self._recent: deque[Exchange] = deque()
        self._number = 0
        self._let_go = 0
        self.listener: Callable[[], None] = lambda: None
        """Called after each; it must return at once."""

    @property
    def calls(self) -> list[Call]:
        """Every call so far."""
        with self._lock:
            return list(self._calls)

    @property
    def deliveries(self) -> list[Delivery]:
        """Every delivery so far."""
        with self._lock:
            return list(self._deliveries)

    @property
    def recent(self) -> list[Exchange]:
        """The last of both, oldest first."""
        with self._lock:
            return list(self._recent)

    @property
    def newest(self) -> int:
        """The number of the last one; 0 before the first."""
        return self._number

    def note_call(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)
            self._keep(call, call.at, call.seconds)
        self.listener()

    def note_delivery(self, delivery: Delivery) -> None:
        with self._lock:
            self._deliveries.append(delivery)
            self._keep(delivery, self._calendar.now(), delivery.seconds)
        self.listener()

    def _keep(self, what: Call | Delivery, at: datetime, seconds: float) -> None:
        self._number += 1
        self._recent.append(Exchange(self._number, at, monotonic() - seconds, what))
        if len(self._recent) > KEPT and isinstance(self._recent.popleft().what, Call):
            self._calls[self._let_go] = replace(self._calls[self._let_go], answer=None)
            self._let_go += 1
