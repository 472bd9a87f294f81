"""Fast-forward: moves the calendar from one time at which the app has work due to the next."""

import logging
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sandbox.clocks import monotonic
from sandbox.workspace.journal import Journal
from sandbox.workspace.steps import StopPlanner
from sandbox.workspace.timeline import AppTimeline, TimelineStep
from sandbox.workspace.workspace import Workspace

SECONDS_TO_STOP = 10.0
TICK_SECONDS = 0.1
"""Seconds between two moves while the calendar plays at a given speed: also the longest reaction time to a change."""
MAX_PLAY_DISTANCE = timedelta(days=3660)
"""How far the calendar can play."""

log = logging.getLogger(__name__)


class AlreadyMovingError(RuntimeError):
    """The calendar is already being moved."""


@dataclass
class FastForwardRun:
    """One move of the calendar, and its stops so far. `failure` is a sentence if the app failed.

    `speed` is the maximum speed as a multiple of real time; None: as fast as the app works. With a speed, the calendar
    is on its way to `next_stop`, and `ran_out` tells that nothing was due any more.
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


class FastForward:
    """Moves the calendar of `workspace` through every time at which `timeline` has work due, one run at a time.

    During a run the calendar is paused between the stops, so that each message has the time at which it was due, and
    rate limits are suspended, since they follow real time.
    """

    def __init__(self, workspace: Workspace, timeline: AppTimeline | None) -> None:
        self._workspace = workspace
        self._calendar = workspace.calendar
        self._lock = threading.Lock()
        self._timeline = timeline
        self._latest: FastForwardRun | None = None
        self.journal = Journal()

    @property
    def timeline(self) -> AppTimeline | None:
        return self._timeline

    @timeline.setter
    def timeline(self, timeline: AppTimeline | None) -> None:
        self._timeline = timeline
        self._publish()

    @property
    def is_running(self) -> bool:
        last = self._latest
        return last is not None and not last.finished.is_set()

    @property
    def latest(self) -> FastForwardRun | None:
        """A copy of the current run, else of the last one, else None."""
        with self._lock:
            return replace(self._latest, steps=list(self._latest.steps)) if self._latest else None

    def run_until(self, moment: datetime) -> list[TimelineStep]:
        """Move to `moment` (aware; a moment in the past means now) and return the stops.

        Raises AlreadyMovingError, RuntimeError without a timeline, and whatever the app raises; the calendar then stays
        at that stop.
        """
        run = self._begin_run(moment)
        try:
            self._run(run)
        finally:
            self._end_run(run)
        return list(run.steps)

    def start(self, moment: datetime) -> None:
        """Like `run_until`, in a thread. Raises AlreadyMovingError; errors of the app are logged."""
        self._start_thread(self._begin_run(moment))

    def play(self, speed: float) -> None:
        """Play the calendar at `speed` times real time until it is stopped or nothing is due.

        The calendar waits for an app that takes longer. If it plays already, only the speed changes. Raises
        AlreadyMovingError during another run.
        """
        with self._lock:
            playing = self._latest if self.is_running and self._latest and self._latest.speed is not None else None
            if playing:
                playing.speed = speed
        if playing:
            self._publish()
        else:
            self._start_thread(self._begin_run(self._calendar.now() + MAX_PLAY_DISTANCE, speed))

    def stop(self) -> None:
        """End the current run after the stop it is at, and wait for that. Does nothing if there is none."""
        with self._lock:
            run = self._latest
            if run:
                run.stopping.set()
        if run and not run.finished.is_set():
            self._publish()
            run.finished.wait(SECONDS_TO_STOP)

    def _begin_run(self, moment: datetime, speed: float | None = None) -> FastForwardRun:
        if moment.tzinfo is None:
            raise ValueError("A calendar moves to an aware datetime.")
        if self._timeline is None:
            raise RuntimeError("The sandbox has no timeline: nothing says what the app does by itself.")
        with self._lock:
            if self.is_running:
                raise AlreadyMovingError("The calendar is already moving.")
            now = self._calendar.now()
            self.journal.started_at = self.journal.started_at or now
            self._latest = FastForwardRun(now, max(moment, now), speed)
            return self._latest

    def _end_run(self, run: FastForwardRun) -> None:
        run.finished.set()
        self._publish()

    def _start_thread(self, run: FastForwardRun) -> None:
        threading.Thread(target=self._run_in_thread, args=(run,), name="sandbox-calendar").start()

    def _run_in_thread(self, run: FastForwardRun) -> None:
        try:
            self._run(run)
        except Exception:
            log.exception("The app failed to do what was due at %s", self._calendar.now())
            run.failure = "The app failed to do what was due. The log has the details."
        finally:
            self._end_run(run)

    def _run(self, run: FastForwardRun) -> None:
        with self._calendar.paused(), self._workspace.rate_limits.suspended():
            run.end = max(run.end, self._calendar.now())
            planner = StopPlanner(run.end)
            self._publish()
            while not run.stopping.is_set() and (due := self._next_due()) is not None and due <= run.end:
                at = planner.next_stop(due, self._calendar.now())
                if planner.is_stuck:
                    self._record_stuck(run)
                if at is None:
                    break
                if run.speed is None or self._advance(run, at, due):
                    self._stop_at(at, run)
            run.ran_out = run.speed is not None and not run.stopping.is_set()
            if run.speed is None and not run.stopping.is_set():
                self._calendar.move_to(run.end)

    def _next_due(self) -> datetime | None:
        return self._timeline.next_due() if self._timeline else None

    def _advance(self, run: FastForwardRun, at: datetime, due: datetime) -> bool:
        """Move to `at` at the run's speed. False if the run was stopped or the due time changed meanwhile."""
        run.next_stop = at
        self._publish()
        before = monotonic()
        while (left := at - self._calendar.now()) > timedelta(0):
            speed = run.speed or 1.0
            if run.stopping.wait(min(TICK_SECONDS, left.total_seconds() / speed)):
                return False
            now = monotonic()
            self._calendar.move_to(self._calendar.now() + min(left, timedelta(seconds=(now - before) * speed)))
            before = now
            sooner = self._next_due()
            if sooner is None or sooner < due:
                return False
        return True

    def _stop_at(self, at: datetime, run: FastForwardRun) -> None:
        self._calendar.move_to(at)
        self._publish()
        before = len(self._workspace.posted)
        if self._timeline:
            self._timeline.run_until_idle()
            posts = self._workspace.posted[before:]
            self._record_step(at, len(posts), run)
            self.journal.record(at, posts, self._timeline)

    def _record_step(self, at: datetime, posted: int, run: FastForwardRun) -> None:
        with self._lock:
            if run.steps and run.steps[-1].at == at:
                posted += run.steps.pop().posted
            run.steps.append(TimelineStep(at, posted))

    def _record_stuck(self, run: FastForwardRun) -> None:
        with self._lock:
            if run.steps:
                run.steps[-1] = replace(run.steps[-1], stuck=True)
                self.journal.record_stuck(run.steps[-1].at)

    def _publish(self) -> None:
        self._workspace.changes.publish(None, "calendar")
