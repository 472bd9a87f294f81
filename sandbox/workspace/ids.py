"""Ids, timestamps and hashes in Slack's formats."""

import secrets
from datetime import UTC, datetime, timedelta

from sandbox.clocks import Calendar


class Ids:
    """Issues ids (`D00000001`) and timestamps, which are unique and increasing within a workspace."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._given = 0
        self._last = 0

    def next(self, prefix: str) -> str:
        """The next id with `prefix`, such as "D" for a direct message."""
        self._given += 1
        return f"{prefix}{self._given:08X}"

    @property
    def state(self) -> tuple[int, int]:
        """The number of ids issued, and the last timestamp in microseconds."""
        return self._given, self._last

    @state.setter
    def state(self, state: tuple[int, int]) -> None:
        self._given, self._last = state

    def timestamp(self) -> str:
        """A message timestamp in seconds on the calendar, such as "1763769600.000100"; unique and increasing."""
        since_epoch = self._calendar.now() - datetime(1970, 1, 1, tzinfo=UTC)
        micros = since_epoch // timedelta(microseconds=100) * 100
        self._last = max(micros, self._last + 100)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def hash(self) -> str:
        """A new hash for a view."""
        return f"{int(self._calendar.now().timestamp())}.{secrets.token_hex(4)}"
