"""What the app did while the calendar was moved, since the workspace was created."""

import threading
from collections import deque
from collections.abc import Sequence
from datetime import datetime

from sandbox.workspace.timeline import UNNAMED, AppTimeline, JournalEntry, MessageName, NamesPosts
from sandbox.workspace.workspace import Post

MAX_ENTRIES = 5000
"""Maximum number of entries; the oldest are dropped."""


class Journal:
    """A thread-safe list of entries. `started_at` is the time (aware) at which the calendar was first moved."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: deque[JournalEntry] = deque(maxlen=MAX_ENTRIES)
        self._last = 0
        self.started_at: datetime | None = None

    def record(self, at: datetime, posts: Sequence[Post], timeline: AppTimeline) -> None:
        """Record the app's posts at this time, with the names that the timeline has for them."""
        if not posts:
            return
        names = timeline.message_names(posts) if isinstance(timeline, NamesPosts) else [None] * len(posts)
        self._add(at, tuple((post, name or UNNAMED) for post, name in zip(posts, names, strict=True)))

    def record_stuck(self, at: datetime) -> None:
        """Record that work stayed due after the app ran."""
        self._add(at, (), stuck=True)

    def entries_after(self, number: int) -> list[JournalEntry]:
        """The entries with a higher number, oldest first."""
        with self._lock:
            return [entry for entry in self._entries if entry.number > number]

    def _add(self, at: datetime, posts: tuple[tuple[Post, MessageName], ...], *, stuck: bool = False) -> None:
        with self._lock:
            self._last += 1
            self._entries.append(JournalEntry(self._last, at, posts, stuck))
