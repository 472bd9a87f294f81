"""Faults to order: the next calls of a method fail, come late, or succeed while the connection drops."""

import threading
from dataclasses import dataclass


@dataclass
class Fault:
    """How a call shall fail. `after_commit`: it is performed, and the caller never hears of it."""

    error: str
    status: int
    retry_after: int | None
    after_commit: bool
    left: int


class Faults:
    """The faults in wait, per Web API method. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, list[Fault]] = {}
        self._delays: dict[str, float] = {}

    def fail(
        self,
        method: str,
        error: str = "internal_error",
        times: int = 1,
        retry_after: int | None = None,
        status: int = 200,
        after_commit: bool = False,
    ) -> None:
        """Let the next `times` calls of `method` fail with `error`.

        `retry_after` (seconds) makes them 429s with a Retry-After header. With `after_commit` the call is performed,
        then the connection drops without an answer.
        """
        if retry_after is not None:
            error, status = "ratelimited", 429
        with self._lock:
            self._waiting.setdefault(method, []).append(Fault(error, status, retry_after, after_commit, times))

    def delay(self, method: str, seconds: float) -> None:
        """Hold every call of `method` back for `seconds` before it is performed, until cleared."""
        with self._lock:
            self._delays[method] = seconds

    def clear(self) -> None:
        """Forget every fault and delay."""
        with self._lock:
            self._waiting.clear()
            self._delays.clear()

    def take(self, method: str) -> Fault | None:
        """The fault for the call that just came in, if one waits for it."""
        with self._lock:
            waiting = self._waiting.get(method)
            if not waiting:
                return None
            fault = waiting[0]
            fault.left -= 1
            if fault.left <= 0:
                waiting.pop(0)
            return fault

    def seconds_to_hold(self, method: str) -> float:
        """How long a call of `method` is held back."""
        with self._lock:
            return self._delays.get(method, 0.0)
