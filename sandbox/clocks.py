"""The sandbox's clocks. No other module of the sandbox reads the time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def real_now() -> datetime:
    """The real time, aware, in UTC. Used for request signatures."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Monotonic time in seconds. Used for lifetimes, rate limits and timeouts."""
    return time.monotonic()


class Calendar:
    """A calendar that starts at `start` (default: now), runs at real speed, and can be moved forward or paused.

    Message timestamps, view hashes and event times follow it. Thread-safe.
    """

    def __init__(self, start: datetime | None = None) -> None:
        start = start or real_now()
        if start.tzinfo is None:
            raise ValueError("A calendar starts at an aware datetime.")
        self._lock = threading.Lock()
        self._base = start.astimezone(UTC)
        self._since = monotonic()
        self._holders = 0

    def now(self) -> datetime:
        """The current time on the calendar, aware, in UTC."""
        with self._lock:
            return self._now()

    def move_to(self, moment: datetime) -> None:
        """Jump to `moment` (aware) and continue at real speed. Raises ValueError for a moment in the past."""
        if moment.tzinfo is None:
            raise ValueError("A calendar moves to an aware datetime.")
        with self._lock:
            if moment < self._now():
                raise ValueError("A calendar never moves back.")
            self._base = moment.astimezone(UTC)
            self._since = monotonic()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Pause the calendar: inside this context only `move_to` changes it. Contexts may overlap."""
        with self._lock:
            self._base, self._since = self._now(), monotonic()
            self._holders += 1
        try:
            yield
        finally:
            with self._lock:
                self._holders -= 1
                self._since = monotonic()

    def _now(self) -> datetime:
        if self._holders:
            return self._base
        return self._base + timedelta(seconds=monotonic() - self._since)
