"""The only place of the sandbox that reads time: a calendar that can be moved, and the real clocks."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta


def real_now() -> datetime:
    """The real moment, aware, in UTC. Signatures are made with it, whatever the calendar says."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds of a clock that never jumps: lifetimes, rate limits and time-outs are measured with it."""
    return time.monotonic()


class Calendar:
    """A calendar that flows at real speed from `start` (now when left out), can be moved forward and held still.

    Message timestamps, view hashes and event times follow it. Safe to use from several threads.
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
        """The calendar's moment, aware, in UTC."""
        with self._lock:
            return self._now()

    def move_to(self, moment: datetime) -> None:
        """Jump to `moment` (aware); real time flows on from there. ValueError when it lies in the past."""
        if moment.tzinfo is None:
            raise ValueError("A calendar moves to an aware datetime.")
        with self._lock:
            if moment < self._now():
                raise ValueError("A calendar never moves back.")
            self._base = moment.astimezone(UTC)
            self._since = monotonic()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Meanwhile the calendar stands still: it moves by `move_to` alone. It flows on once nobody holds it."""
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
