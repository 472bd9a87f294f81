"""Time passing quickly: the calendar goes from one moment at which the app does something to the next."""

import logging
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sandbox.clocks import monotonic
from sandbox.workspace.journal import Journal
from sandbox.workspace.steps import StopPlanner
from sandbox.workspace.timeline import AppTimeline, TimelineStep
from sandbox.workspace.workspace import Workspace


class AlreadyMovingError(RuntimeError):
    """Somebody moves the calendar already."""


@dataclass
class FastForwardRun:
    """A stretch of the calendar: what has passed of it so far. `trouble` is a sentence when the app broke it off.

    `pace`: so many times as fast as real time it goes, at most; None: as fast as the app gets done. At a pace it is on
    its way to `heading`, and `ran_out` once nothing was due any more.
    """

    start: datetime
    end: datetime
    speed: float | None = None
    next_stop: datetime | None = None
    ran_out: bool = False
    steps: list[TimelineStep] = field(default_factory=list)
    failure: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)


SECONDS_TO_STOP = 10.0
TICK_SECONDS = 0.1
"""Seconds between two steps of a calendar that goes at a pace, and thus what it takes at most to hear of a change."""
MAX_PLAY_DISTANCE = timedelta(days=3660)
"""As far as a calendar goes at a pace."""

log = logging.getLogger(__name__)


class FastForward:
    """Moves the calendar of `workspace` through every moment that `moments` names, one stretch at a time.

    Meanwhile the calendar stands still between its steps, so that each message bears its own hour, and there are no
    rate limits, which follow the real clock.
    """

    def __init__(self, workspace: Workspace, moments: AppTimeline | None) -> None:
        self._workspace = workspace
        self._calendar = workspace.calendar
        self._lock = threading.Lock()
        self._timeline = moments
        self._latest: FastForwardRun | None = None
        self.journal = Journal()

    @property
    def timeline(self) -> AppTimeline | None:
        return self._timeline

    @timeline.setter
    def timeline(self, moments: AppTimeline | None) -> None:
        self._timeline = moments
        self._publish()

    @property
    def is_running(self) -> bool:
        last = self._latest
        return last is not None and not last.finished.is_set()

    @property
    def latest(self) -> FastForwardRun | None:
        """A copy of the stretch under way, else of the last one."""
        with self._lock:
            return replace(self._latest, steps=list(self._latest.steps)) if self._latest else None

    def run_until(self, moment: datetime) -> list[TimelineStep]:
        """Live up to and including `moment` (aware; one that has passed means now), and say what happened when.

        Raises AlreadyLivingError, and whatever the app raises; the calendar then stays where that happened.
        """
        life = self._begin_run(moment)
        try:
            self._run(life)
        finally:
            self._end_run(life)
        return list(life.steps)

    def start(self, moment: datetime) -> None:
        """Like `live_until`, in a thread of its own. Raises AlreadyLivingError; what the app raises is logged."""
        self._start_thread(self._begin_run(moment))

    def play(self, pace: float) -> None:
        """Let the calendar go by itself, `pace` times as fast as real time, until it is stopped or nothing is due any
        more. Where the app takes longer, the calendar waits. One that goes already goes on at this pace.

        Raises AlreadyLivingError while it is on its way somewhere.
        """
        with self._lock:
            playing = self._latest if self.is_running and self._latest and self._latest.speed is not None else None
            if playing:
                playing.speed = pace
        if playing:
            self._publish()
        else:
            self._start_thread(self._begin_run(self._calendar.now() + MAX_PLAY_DISTANCE, pace))

    def stop(self) -> None:
        """End the stretch under way after the moment it is at, and wait for that. Harmless without one."""
        with self._lock:
            life = self._latest
            if life:
                life.stopping.set()
        if life and not life.finished.is_set():
            self._publish()
            life.finished.wait(SECONDS_TO_STOP)

    def _begin_run(self, moment: datetime, pace: float | None = None) -> FastForwardRun:
        if moment.tzinfo is None:
            raise ValueError("A calendar moves to an aware datetime.")
        if self._timeline is None:
            raise RuntimeError("Nobody said what the app does by itself: give the sandbox its moments.")
        with self._lock:
            if self.is_running:
                raise AlreadyMovingError("The calendar is already moving.")
            now = self._calendar.now()
            self.journal.started_at = self.journal.started_at or now
            self._latest = FastForwardRun(now, max(moment, now), pace)
            return self._latest

    def _end_run(self, life: FastForwardRun) -> None:
        life.finished.set()
        self._publish()

    def _start_thread(self, life: FastForwardRun) -> None:
        threading.Thread(target=self._run_in_thread, args=(life,), name="sandbox-living").start()

    def _run_in_thread(self, life: FastForwardRun) -> None:
        try:
            self._run(life)
        except Exception:
            log.exception("The app failed to do what was due at %s", self._calendar.now())
            life.failure = "The app failed to do what was due. Its log says more."
        finally:
            self._end_run(life)

    def _run(self, life: FastForwardRun) -> None:
        with self._calendar.paused(), self._workspace.rate_limits.suspended():
            life.end = max(life.end, self._calendar.now())
            steps = StopPlanner(life.end)
            self._publish()
            while not life.stopping.is_set() and (due := self._next_due()) is not None and due <= life.end:
                at = steps.next_stop(due, self._calendar.now())
                if steps.is_stuck:
                    self._record_stuck(life)
                if at is None:
                    break
                if life.speed is None or self._advance(life, at, due):
                    self._stop_at(at, life)
            life.ran_out = life.speed is not None and not life.stopping.is_set()
            if life.speed is None and not life.stopping.is_set():
                self._calendar.move_to(life.end)

    def _next_due(self) -> datetime | None:
        return self._timeline.next_due() if self._timeline else None

    def _advance(self, life: FastForwardRun, at: datetime, due: datetime) -> bool:
        """Go to `at` at the pace of `life`; False where it was stopped, or something else is `due` meanwhile."""
        life.next_stop = at
        self._publish()
        before = monotonic()
        while (left := at - self._calendar.now()) > timedelta(0):
            pace = life.speed or 1.0
            if life.stopping.wait(min(TICK_SECONDS, left.total_seconds() / pace)):
                return False
            now = monotonic()
            self._calendar.move_to(self._calendar.now() + min(left, timedelta(seconds=(now - before) * pace)))
            before = now
            sooner = self._next_due()
            if sooner is None or sooner < due:
                return False
        return True

    def _stop_at(self, at: datetime, life: FastForwardRun) -> None:
        self._calendar.move_to(at)
        self._publish()
        before = len(self._workspace.posted)
        if self._timeline:
            self._timeline.run_until_idle()
            posts = self._workspace.posted[before:]
            self._record_step(at, len(posts), life)
            self.journal.record(at, posts, self._timeline)

    def _record_step(self, at: datetime, posted: int, life: FastForwardRun) -> None:
        with self._lock:
            if life.steps and life.steps[-1].at == at:
                posted += life.steps.pop().posted
            life.steps.append(TimelineStep(at, posted))

    def _record_stuck(self, life: FastForwardRun) -> None:
        with self._lock:
            if life.steps:
                life.steps[-1] = replace(life.steps[-1], stuck=True)
                self.journal.record_stuck(life.steps[-1].at)

    def _publish(self) -> None:
        self._workspace.changes.publish(None, "calendar")
