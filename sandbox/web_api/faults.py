"""Injected faults: the next calls of a method fail, are delayed, or lose their response."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox.clocks import monotonic

ANY_METHOD = "*"
"""Matches every method."""


@dataclass
class Fault:
    """What happens to calls of `method` (or ANY_METHOD).

    Without `after_commit`, the call is not performed and gets `error` with `status`. With it, the call is performed and
    the connection closed without a response. A fault with a `delay` only delays the call by so many seconds.
    `remaining` is the number of calls it still applies to, `until` the stopwatch's time at which it ends; None means no
    limit.
    """

    number: int
    method: str
    error: str = ""
    status: int = 200
    retry_after: int | None = None
    after_commit: bool = False
    delay: float = 0.0
    remaining: int | None = None
    until: float | None = None


class Faults:
    """The active faults. A fault of one method takes precedence over ANY_METHOD. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._number = 0
        self.listener: Callable[[], None] = lambda: None
        """Called when a fault is added or removed; it must not block."""

    def fail(
        self,
        method: str,
        error: str = "internal_error",
        times: int | None = 1,
        retry_after: int | None = None,
        status: int = 200,
        after_commit: bool = False,
        duration: float | None = None,
    ) -> int:
        """Let the next `times` calls of `method` fail with `error` (None: all calls), or all calls for `duration`
        seconds.

        Returns the number for `remove`. `retry_after` (seconds) makes the responses 429s with a Retry-After header.
        With `after_commit`, the call is performed and the connection closed without a response.
        """
        if retry_after is not None:
            error, status = "ratelimited", 429
        remaining = times if duration is None else None
        return self._add(Fault(0, method, error, status, retry_after, after_commit, remaining=remaining), duration)

    def delay(self, method: str, seconds: float, *, times: int | None = None, duration: float | None = None) -> int:
        """Delay the next `times` calls of `method`, or all calls for `duration` seconds, or all until removed.

        Returns the number for `remove`. Replaces an earlier delay of the same method.
        """
        with self._lock:
            self._faults = [one for one in self._faults if not (one.delay and one.method == method)]
        return self._add(Fault(0, method, delay=seconds, remaining=times), duration)

    def active(self) -> list[Fault]:
        """Copies of the active faults, oldest first."""
        with self._lock:
            return [replace(one) for one in self._drop_expired()]

    def remove(self, number: int) -> None:
        """Remove a fault. Does nothing if it is gone."""
        with self._lock:
            self._faults = [one for one in self._faults if one.number != number]
        self.listener()

    def clear(self) -> None:
        """Remove every fault and delay."""
        with self._lock:
            self._faults.clear()
        self.listener()

    def take_fault(self, method: str) -> Fault | None:
        """The fault for a call that has just arrived, or None. Counts the call."""
        return self._take(method, is_delay=False)

    def take_delay(self, method: str) -> float:
        """The delay in seconds for a call that has just arrived. Counts the call."""
        found = self._take(method, is_delay=True)
        return found.delay if found else 0.0

    def seconds_left(self, fault: Fault) -> float | None:
        """How long the fault stays active; None if it has no time limit."""
        return None if fault.until is None else max(0.0, fault.until - self._clock())

    def _add(self, fault: Fault, duration: float | None) -> int:
        with self._lock:
            self._number += 1
            fault.number = self._number
            fault.until = None if duration is None else self._clock() + duration
            self._faults.append(fault)
        self.listener()
        return fault.number

    def _take(self, method: str, *, is_delay: bool) -> Fault | None:
        if not self._faults:
            return None
        with self._lock:
            fits = [
                one
                for one in self._drop_expired()
                if one.method in (method, ANY_METHOD) and bool(one.delay) is is_delay
            ]
            fault = next((one for one in fits if one.method == method), fits[0] if fits else None)
            if fault is None or fault.remaining is None:
                return fault
            fault.remaining -= 1
            if fault.remaining <= 0:
                self._faults.remove(fault)
        self.listener()
        return fault

    def _drop_expired(self) -> list[Fault]:
        now = self._clock()
        self._faults = [one for one in self._faults if one.until is None or now < one.until]
        return self._faults
