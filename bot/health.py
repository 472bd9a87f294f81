"""Whether the database can be read and written, for `/healthz`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.clocks import Clock
from storage import Storage

FRESH = timedelta(seconds=5)
"""How long a result is used again: a check writes to the disk, and waits if the database does not answer."""


@dataclass(frozen=True)
class Health:
    """What works: reading and writing the database, and the delivery threads. `failing` counts jobs, profiles, proposal
    runs and deliveries that failed at their last try and are tried again.
    """

    reads: bool
    writes: bool
    delivers: bool
    failing: int = 0

    @property
    def ok(self) -> bool:
        return self.reads and self.writes and self.delivers

    def as_json(self) -> dict[str, bool | int]:
        works = {"ok": self.ok, "reads": self.reads, "writes": self.writes, "delivers": self.delivers}
        return {**works, "failing": self.failing} if self.failing else {**works}


class DatabaseHealth:
    """Checks the database, once at a time and at most once in FRESH (by the stopwatch)."""

    def __init__(self, storage: Storage, stopwatch: Clock) -> None:
        self._storage = storage
        self._stopwatch = stopwatch
        self._lock = Lock()
        self._checked_at: datetime | None = None
        self._found = (True, True)

    def check(self) -> tuple[bool, bool]:
        """Whether it can be read, and written. While another thread checks, the result before."""
        now = self._stopwatch()
        with self._lock:
            if self._checked_at and now - self._checked_at < FRESH:
                return self._found
            self._checked_at = now
        reads = self._storage.is_reachable()
        self._found = found = (reads, reads and self._storage.is_writable())
        return found
