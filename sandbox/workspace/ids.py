"""Ids, timestamps and hashes in the forms Slack gives them."""

import secrets
from datetime import UTC, datetime, timedelta

from sandbox.clocks import Calendar


class Ids:
    """Counts out ids (`D00000001`) and timestamps that never repeat nor go back within a workspace."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._given = 0
        self._last = 0

    def next(self, prefix: str) -> str:
        """The next id beginning with `prefix`, such as "D" for a direct message."""
        self._given += 1
        return f"{prefix}{self._given:08X}"

    @property
    def state(self) -> tuple[int, int]:
        """How many ids were given out, and the last timestamp in microseconds."""
        return self._given, self._last

    @state.setter
    def state(self, state: tuple[int, int]) -> None:
        self._given, self._last = state

    def timestamp(self) -> str:
        """A message timestamp in seconds of the calendar, such as "1763769600.000100"; a string, unique, increasing."""
        since_epoch = self._calendar.now() - datetime(1970, 1, 1, tzinfo=UTC)
        micros = since_epoch // timedelta(microseconds=100) * 100
        self._last = max(micros, self._last + 100)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def hash(self) -> str:
        """A view's hash; it changes with each update."""
        return f"{int(self._calendar.now().timestamp())}.{secrets.token_hex(4)}"
