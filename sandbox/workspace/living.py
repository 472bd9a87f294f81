"""Time passing quickly: the calendar goes from one moment at which the app does something to the next."""

import logging
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from sandbox.workspace.team import Workspace

ROUNDS_AT_ONE_MOMENT = 3
SHORTEST_STRIDE, LONGEST_STRIDE = timedelta(minutes=1), timedelta(days=1)
SECONDS_TO_STOP = 10.0

log = logging.getLogger(__name__)


class Moments(Protocol):
    """What an app does by itself as time goes by. Called from several threads."""

    def next_due(self) -> datetime | None:
        """The next moment of the calendar (aware) at which the app will do something by itself; None: nothing will."""

    def settle(self) -> None:
        """Do everything that is due by now and deliver it; returns when that is done."""


@dataclass(frozen=True)
class Passed:
    """A moment (aware, UTC) at which the app was left to do what was due, and how many messages it `posted`.

    `stuck`: it did not get done with it, so that the calendar had to step past what the app kept naming as due.
    """

    at: datetime
    posted: int
    stuck: bool = False


class AlreadyLivingError(RuntimeError):
    """Somebody moves the calendar already."""


@dataclass
class Life:
    """A stretch of the calendar: what has passed of it so far. `trouble` is a sentence when the app broke it off."""

    since: datetime
    to: datetime
    passed: list[Passed] = field(default_factory=list)
    trouble: str = ""
    stop: bool = False
    done: threading.Event = field(default_factory=threading.Event)


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
        threading.Thread(target=self._live_alone, args=(self._begin(moment),), name="sandbox-living").start()

    def stop(self) -> None:
        """End the stretch under way after the moment it is at, and wait for that. Harmless without one."""
        with self._lock:
            life = self._last
            if life:
                life.stop = True
        if life and not life.done.is_set():
            self._tell()
            life.done.wait(SECONDS_TO_STOP)

    def _begin(self, moment: datetime) -> Life:
        if moment.tzinfo is None:
            raise ValueError("A calendar moves to an aware datetime.")
        if self._moments is None:
            raise RuntimeError("Nobody said what the app does by itself: give the sandbox its moments.")
        with self._lock:
            if self.is_living:
                raise AlreadyLivingError("The calendar is already moving.")
            now = self._calendar.now()
            self._last = Life(now, max(moment, now))
            return self._last

    def _end(self, life: Life) -> None:
        life.done.set()
        self._tell()

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
            steps = _Steps(life.to)
            self._tell()
            while not life.stop and (due := self._next_due()) is not None and due <= life.to:
                at = steps.next(due, self._calendar.now())
                if steps.is_stuck:
                    self._note_stuck(life)
                if at is None:
                    break
                self._settle_at(at, life)
            if not life.stop:
                self._calendar.move_to(life.to)

    def _next_due(self) -> datetime | None:
        return self._moments.next_due() if self._moments else None

    def _settle_at(self, at: datetime, life: Life) -> None:
        self._calendar.move_to(at)
        self._tell()
        before = self._workspace.posted
        if self._moments:
            self._moments.settle()
        posted = self._workspace.posted - before
        with self._lock:
            if life.passed and life.passed[-1].at == at:
                posted += life.passed.pop().posted
            life.passed.append(Passed(at, posted))

    def _note_stuck(self, life: Life) -> None:
        with self._lock:
            if life.passed:
                life.passed[-1] = replace(life.passed[-1], stuck=True)

    def _tell(self) -> None:
        self._workspace.tell(None, "calendar")


class _Steps:
    """Where to stop next; `is_stuck` once, when the app keeps naming what has passed already.

    What remains due at one and the same moment gets a few rounds, since one thing may bring about another. After that
    the calendar goes on, by a minute first and then by more, up to a day.
    """

    def __init__(self, last: datetime) -> None:
        self._end = last
        self._rounds = 0
        self._stride = SHORTEST_STRIDE
        self.is_stuck = False

    def next(self, due: datetime, now: datetime) -> datetime | None:
        """The next stop when the app names `due`; None when there is none before the end."""
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
