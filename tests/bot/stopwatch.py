"""A stopwatch that a test moves."""

from datetime import datetime, timedelta


class Stopwatch:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)
