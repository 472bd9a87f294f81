"""Takes somebody through a tour: does its steps, one at a time, and knows how far it has come."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from sandbox.tours import Hint, Landing, Step, TourError
from sandbox.workspace.fast_forward import Living
from sandbox.workspace.workspace import Workspace

SECONDS_TO_STOP = 10.0
UNEXPECTED = "That did not work out. Try again, or press Show me and do it by hand. The log says more."
UNDONE = "It has not come to that yet. Try again, or press Show me and do it by hand."

T = TypeVar("T")

log = logging.getLogger(__name__)


class Touring:
    """The `steps` of a tour, none at first. Safe to use from several threads.

    Which steps are done is asked of the steps themselves, but not while one of them runs or the calendar moves: the app
    has other things to do then.
    """

    def __init__(self, workspace: Workspace, living: Living) -> None:
        self._workspace = workspace
        self._living = living
        self._lock = threading.Lock()
        self._steps: tuple[Step, ...] = ()
        self._done: dict[str, bool] = {}
        self._thread: threading.Thread | None = None
        self._stopping = False
        self.running = ""
        """The key of the step under way, or ""."""
        self.started = 0
        """How many steps have been started so far."""
        self.trouble: dict[str, str] = {}
        """What kept a step from being done when it was last tried: a sentence, by its key."""

    @property
    def steps(self) -> tuple[Step, ...]:
        return self._steps

    @steps.setter
    def steps(self, steps: Sequence[Step]) -> None:
        self._steps, self._done, self.trouble = tuple(steps), {}, {}
        self._tell()

    def step(self, key: str) -> Step | None:
        return next((step for step in self._steps if step.key == key), None)

    def done(self) -> dict[str, bool]:
        """By key, in order, whether each step has happened."""
        if not (self.running or self._living.is_living):
            self._done = {step.key: bool(_told(step.is_done)) for step in self._steps}
        return {step.key: self._done.get(step.key, False) for step in self._steps}

    def look(self, step: Step) -> tuple[Hint | None, Landing | None]:
        """What comes next in it by hand; once it is done, where that can be seen."""
        if _told(step.is_done):
            return None, _told(step.landing)
        return _told(step.hint), None

    def start(self, step: Step) -> None:
        """Do a step, and first what it needs, in a thread of its own. Raises TourError while that cannot begin."""
        with self._lock:
            if self.running:
                raise TourError("One moment: another step is under way.")
            if self._living.is_living:
                raise TourError("The calendar is moving. Let it arrive first, or pause it.")
            self.running, self._stopping = step.key, False
            self.started += 1
            self.trouble.pop(step.key, None)
            self._thread = threading.Thread(target=self._run, args=(step,), name="sandbox-tour")
            self._thread.start()
        self._tell()

    def stop(self) -> None:
        """Take no further step, and wait for the one under way. Harmless when there is none."""
        thread, self._stopping = self._thread, True
        self._living.stop()
        if thread and thread is not threading.current_thread():
            thread.join(SECONDS_TO_STOP)

    def _run(self, step: Step) -> None:
        try:
            done = {one.key: one.is_done() for one in self._steps}
            for one in (*self.missing(step, done), step):
                if not self._stopping:
                    self._do(one)
        except TourError as error:
            self.trouble[step.key] = str(error)
        except Exception:
            log.exception("The step %s of the tour failed", step.key)
            self.trouble[step.key] = UNEXPECTED
        finally:
            self.running = ""
            self._tell()

    def missing(self, step: Step, done: Mapping[str, bool]) -> list[Step]:
        """What has to be done before it, in the order of the tour. What is `done` needs nothing any more."""
        wanted = {step.key}
        for one in reversed(self._steps):
            if one.key in wanted and not done[one.key]:
                wanted.update(key for key in one.needs if not done[key])
        return [one for one in self._steps if one.key in wanted - {step.key}]

    def _do(self, step: Step) -> None:
        self.running = step.key
        self._tell()
        if not step.is_done():
            step.do()
        if not step.is_done():
            raise TourError(UNDONE)
        self._done[step.key] = True
        self._tell()

    def _tell(self) -> None:
        self._workspace.tell(None, "tour")


def _told(ask: Callable[[], T]) -> T | None:
    """What a step says of itself; None where that fails."""
    try:
        return ask()
    except Exception:
        log.exception("A step of the tour could not tell how it stands")
        return None
