"""Faults to order: the next calls of a method fail, come late, or succeed while the connection drops."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox.clocks import monotonic

ANY_METHOD = "*"
"""Stands for every method."""


@dataclass
class Fault:
    """What shall befall calls of `method` (or ANY).

    They are answered `error` with `status`, or `after_commit`: performed, and the caller never hears of it; or only
    held back for `delay` seconds. `left` is for how many calls, `until` by the stopwatch; None is no end.
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
    """The faults in wait, those of one method before those of any. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._number = 0
        self.listener: Callable[[], None] = lambda: None
        """Called when one is ordered or gone; it must return at once."""

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
        """Let the next `times` calls of `method` fail with `error` (None: all of them, until lifted), or all calls for
        `lasting` seconds; the number to lift it by.

        `retry_after` (seconds) makes them 429s with a Retry-After header. With `after_commit` the call is performed,
        then the connection drops without an answer.
        """
        if retry_after is not None:
            error, status = "ratelimited", 429
        remaining = times if duration is None else None
        return self._add(Fault(0, method, error, status, retry_after, after_commit, remaining=remaining), duration)

    def delay(self, method: str, seconds: float, *, times: int | None = None, duration: float | None = None) -> int:
        """Hold calls of `method` back for `seconds` before they are performed: the next `times`, or for `lasting`
        seconds, or until lifted. Takes the place of an earlier delay of the method.
        """
        with self._lock:
            self._faults = [one for one in self._faults if not (one.delay and one.method == method)]
        return self._add(Fault(0, method, delay=seconds, remaining=times), duration)

    def active(self) -> list[Fault]:
        """Copies of those in wait, oldest first."""
        with self._lock:
            return [replace(one) for one in self._drop_expired()]

    def remove(self, number: int) -> None:
        """Forget one. Harmless when it is gone."""
        with self._lock:
            self._faults = [one for one in self._faults if one.number != number]
        self.listener()

    def clear(self) -> None:
        """Forget every fault and delay."""
        with self._lock:
            self._faults.clear()
        self.listener()

    def take_fault(self, method: str) -> Fault | None:
        """The fault for the call that just came in, if one waits for it."""
        return self._take(method, is_delay=False)

    def take_delay(self, method: str) -> float:
        """How long the call of `method` that just came in is held back."""
        found = self._take(method, is_delay=True)
        return found.delay if found else 0.0

    def seconds_left(self, fault: Fault) -> float | None:
        """How long it lasts yet; None where no time ends it."""
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
