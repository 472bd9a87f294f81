"""Chooses the next stop of a moving calendar."""

from datetime import datetime, timedelta

ROUNDS_AT_ONE_MOMENT = 3
SHORTEST_STRIDE, LONGEST_STRIDE = timedelta(minutes=1), timedelta(days=1)


class StopPlanner:
    """Chooses stops up to `last`. `is_stuck` is set once, when the app keeps reporting a due time in the past.

    Work that stays due at one time gets a few rounds, since one task may trigger another. Then the calendar moves on,
    first by a minute, then by twice as much each time, up to a day.
    """

    def __init__(self, last: datetime) -> None:
        self._end = last
        self._rounds = 0
        self._stride = SHORTEST_STRIDE
        self.is_stuck = False

    def next_stop(self, due: datetime, now: datetime) -> datetime | None:
        """The next stop when the app's next due time is `due`; None at the end."""
        self.is_stuck = False
        if due > now:
            self._rounds, self._stride = 1, SHORTEST_STRIDE
            return due
        if self._rounds < ROUNDS_AT_ONE_MOMENT:
            self._rounds += 1
            return now
        self.is_stuck = self._stride == SHORTEST_STRIDE
        if now >= self._end:
            return None
        at, self._stride = min(now + self._stride, self._end), min(self._stride * 2, LONGEST_STRIDE)
        return at
