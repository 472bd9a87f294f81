"""Virtual time: a stopwatch that only runs, and a calendar that runs with it and is sometimes put forward or back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sandbox import Calendar


class Time:
    """Both start at `start` (aware). Nothing moves but by `pass_to` and `put`."""

    def __init__(self, start: datetime) -> None:
        self.start = start.astimezone(UTC)
        self._now = self.start
        self._ahead = timedelta(0)
        self.latest = self.start
        """The latest that the calendar has ever shown."""
        self.passed: Callable[[datetime, datetime], None] = lambda since, until: None
        """Hears of each stretch of the calendar that passes; not of those that are put."""

    def stopwatch(self) -> datetime:
        return self._now

    def calendar(self) -> datetime:
        return self._now + self._ahead

    def seconds(self) -> float:
        """Since the start, by the stopwatch."""
        return (self._now - self.start).total_seconds()

    def pass_to(self, moment: datetime) -> None:
        """Let time pass until the stopwatch shows `moment`; where it does already, none passes."""
        if moment <= self._now:
            return
        since, self._now = self.calendar(), moment
        self.latest = max(self.latest, self.calendar())
        self.passed(since, self.calendar())

    def put(self, by: timedelta) -> None:
        """Put the calendar forward, or back."""
        self._ahead += by
        self.latest = max(self.latest, self.calendar())

    def when(self, calendar: datetime) -> datetime:
        """What the stopwatch will show when the calendar shows `calendar`, unless it is put until then."""
        return calendar - self._ahead


class SlackClock(Calendar):
    """Slack's own clock, which is right: nobody puts it."""

    def __init__(self, time: Time) -> None:
        super().__init__(time.start)
        self._time = time

    def now(self) -> datetime:
        return self._time.stopwatch()
