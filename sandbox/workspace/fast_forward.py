"""Time passing quickly: the calendar goes from one moment at which the app does something to the next."""

import logging
import threading
from dataclasses import replace
from datetime import datetime, timedelta

from sandbox.clocks import monotonic
from sandbox.workspace.journal import Journal
from sandbox.workspace.life import AlreadyLivingError, Life
from sandbox.workspace.steps import Steps
from sandbox.workspace.timeline import Moments, Passed
from sandbox.workspace.workspace import Workspace

SECONDS_TO_STOP = 10.0
TICK = 0.1
"""Seconds between two steps of a calendar that goes at a pace, and thus what it takes at most to hear of a change."""
FARTHEST = timedelta(days=3660)
"""As far as a calendar goes at a pace."""

log = logging.getLogger(__name__)


class Living:
    """Moves the calendar of `workspace` through every moment that `moments` names, one stretch at a time.

    Meanwhile the calendar stands still between its steps, so that each message bears its own hour, and there are no
    rate limits, which follow the real clock.
    """

    def __init__(self, workspace: Workspace, moments: Moments | None) -> None:
        self._workspace = workspace
        self._calendar = workspace.calendar
        self._lock = threading.Lock()
        self._moments = moments
        self._last: Life | None = None
        self.journal = Journal()

    @property
    def moments(self) -> Moments | None:
        return self._moments

    @moments.setter
    def moments(self, moments: Moments | None) -> None:
        self._moments = moments
        self._tell()

    @property
    def is_living(self) -> bool:
        last = self._last
        return last is not None and not last.done.is_set()

    @property
    def last(self) -> Life | None:
        """A copy of the stretch under way, else of the last one."""
        with self._lock:
            return replace(self._last, passed=list(self._last.passed)) if self._last else None

    def live_until(self, moment: datetime) -> list[Passed]:
        """Live up to and including `moment` (aware; one that has passed means now), and say what happened when.

        Raises AlreadyLivingError, and whatever the app raises; the calendar then stays where that happened.
        """
        life = self._begin(moment)
        try:
            self._live(life)
        finally:
            self._end(life)
        return list(life.passed)

    def start(self, moment: datetime) -> None:
        """Like `live_until`, in a thread of its own. Raises AlreadyLivingError; what the app raises is logged."""
        self._in_a_thread(self._begin(moment))

    def play(self, pace: float) -> None:
        """Let the calendar go by itself, `pace` times as fast as real time, until it is stopped or nothing is due any
        more. Where the app takes longer, the calendar waits. One that goes already goes on at this pace.

        Raises AlreadyLivingError while it is on its way somewhere.
        """
        with self._lock:
            playing = self._last if self.is_living and self._last and self._last.pace is not None else None
            if playing:
                playing.pace = pace
        if playing:
            self._tell()
        else:
            self._in_a_thread(self._begin(self._calendar.now() + FARTHEST, pace))

    def stop(self) -> None:
        """End the stretch under way after the moment it is at, and wait for that. Harmless without one."""
        with self._lock:
            life = self._last
            if life:
                life.stopping.set()
        if life and not life.done.is_set():
            self._tell()
            life.done.wait(SECONDS_TO_STOP)

    def _begin(self, moment: datetime, pace: float | None = None) -> Life:
        if moment.tzinfo is None:
            raise ValueError("A calendar moves to an aware datetime.")
        if self._moments is None:
            raise RuntimeError("Nobody said what the app does by itself: give the sandbox its moments.")
        with self._lock:
            if self.is_living:
                raise AlreadyLivingError("The calendar is already moving.")
            now = self._calendar.now()
            self.journal.since = self.journal.since or now
            self._last = Life(now, max(moment, now), pace)
            return self._last

    def _end(self, life: Life) -> None:
        life.done.set()
        self._tell()

    def _in_a_thread(self, life: Life) -> None:
        threading.Thread(target=self._live_alone, args=(life,), name="sandbox-living").start()

    def _live_alone(self, life: Life) -> None:
        try:
            self._live(life)
        except Exception:
            log.exception("The app failed to do what was due at %s", self._calendar.now())
            life.trouble = "The app failed to do what was due. Its log says more."
        finally:
            self._end(life)

    def _live(self, life: Life) -> None:
        with self._calendar.held(), self._workspace.rates.lifted():
            life.to = max(life.to, self._calendar.now())
            steps = Steps(life.to)
            self._tell()
            while not life.stopping.is_set() and (due := self._next_due()) is not None and due <= life.to:
                at = steps.next(due, self._calendar.now())
                if steps.is_stuck:
                    self._note_stuck(life)
                if at is None:
                    break
                if life.pace is None or self._walk(life, at, due):
                    self._settle_at(at, life)
            life.ran_out = life.pace is not None and not life.stopping.is_set()
            if life.pace is None and not life.stopping.is_set():
                self._calendar.move_to(life.to)

    def _next_due(self) -> datetime | None:
        return self._moments.next_due() if self._moments else None

    def _walk(self, life: Life, at: datetime, due: datetime) -> bool:
        """Go to `at` at the pace of `life`; False where it was stopped, or something else is `due` meanwhile."""
        life.heading = at
        self._tell()
        before = monotonic()
        while (left := at - self._calendar.now()) > timedelta(0):
            pace = life.pace or 1.0
            if life.stopping.wait(min(TICK, left.total_seconds() / pace)):
                return False
            now = monotonic()
            self._calendar.move_to(self._calendar.now() + min(left, timedelta(seconds=(now - before) * pace)))
            before = now
            sooner = self._next_due()
            if sooner is None or sooner < due:
                return False
        return True

    def _settle_at(self, at: datetime, life: Life) -> None:
        self._calendar.move_to(at)
        self._tell()
        before = len(self._workspace.posted)
        if self._moments:
            self._moments.settle()
            posts = self._workspace.posted[before:]
            self._note(at, len(posts), life)
            self.journal.note(at, posts, self._moments)

    def _note(self, at: datetime, posted: int, life: Life) -> None:
        with self._lock:
            if life.passed and life.passed[-1].at == at:
                posted += life.passed.pop().posted
            life.passed.append(Passed(at, posted))

    def _note_stuck(self, life: Life) -> None:
        with self._lock:
            if life.passed:
                life.passed[-1] = replace(life.passed[-1], stuck=True)
                self.journal.note_stuck(life.passed[-1].at)

    def _tell(self) -> None:
        self._workspace.tell(None, "calendar")
