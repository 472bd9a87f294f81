"""A guided tour of what an app can do: steps which a newcomer is shown, or which are done for them.

What the steps are is the app's matter: they are handed in, as data and callables.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox.workspace.fast_forward import FastForward
from sandbox.workspace.workspace import Workspace


class TourError(Exception):
    """A step could not be done; says why in a sentence for whoever takes the tour."""


@dataclass(frozen=True)
class Hint:
    """What to do next by hand, at the client of `person` (a user id). `words` say it.

    `types` is a line that is typed into the message box, for the person to send. `press` is a button, by its action id
    or by the words on it: in the form on top if one is open, else in the newest message that has it, else on the page.
    With an `example` (as `Person.fill` takes it) the form on top is to be filled in and sent.
    """

    person: str
    text: str
    types: str = ""
    press: str = ""
    example: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Landing:
    """Where something can be seen: whose client, in which conversation ("": that with the app), at which message (its
    ts; "": the newest).
    """

    person: str
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True)
class TourStep:
    """One step. `title` is a word or two; `text` tells in a sentence or two what happens, and `after` what came of it.

    `person` (a user id) is whose step it is. `do` does it at people's own clients, and returns when all that follows
    is there; doing it twice is harmless. It raises TourError where it cannot be done. `is_done` says from what is there
    whether it has happened, whoever did it; `hint` what comes next by hand, None when it is done; `landing` where it
    can be seen. `needs` are the keys of the steps without which it makes no sense: they are done first.

    The callables may be called in any thread.
    """

    key: str
    title: str
    text: str
    after: str
    person: str
    do: Callable[[], None]
    is_done: Callable[[], bool]
    hint: Callable[[], Hint | None]
    landing: Callable[[], Landing]
    needs: tuple[str, ...] = ()


SECONDS_TO_STOP = 10.0
UNEXPECTED = "That did not work out. Try again, or press Show me and do it by hand. The log says more."
NOT_DONE = "It has not come to that yet. Try again, or press Show me and do it by hand."

T = TypeVar("T")

log = logging.getLogger(__name__)


class TourRunner:
    """The `steps` of a tour, none at first. Safe to use from several threads.

    Which steps are done is asked of the steps themselves, but not while one of them runs or the calendar moves: the app
    has other things to do then.
    """

    def __init__(self, workspace: Workspace, living: FastForward) -> None:
        self._workspace = workspace
        self._fast_forward = living
        self._lock = threading.Lock()
        self._steps: tuple[TourStep, ...] = ()
        self._done: dict[str, bool] = {}
        self._thread: threading.Thread | None = None
        self._stopping = False
        self.running = ""
        """The key of the step under way, or ""."""
        self.started_count = 0
        """How many steps have been started so far."""
        self.failures: dict[str, str] = {}
        """What kept a step from being done when it was last tried: a sentence, by its key."""

    @property
    def steps(self) -> tuple[TourStep, ...]:
        return self._steps

    @steps.setter
    def steps(self, steps: Sequence[TourStep]) -> None:
        self._steps, self._done, self.failures = tuple(steps), {}, {}
        self._publish()

    def step(self, key: str) -> TourStep | None:
        return next((step for step in self._steps if step.key == key), None)

    def done(self) -> dict[str, bool]:
        """By key, in order, whether each step has happened."""
        if not (self.running or self._fast_forward.is_running):
            self._done = {step.key: bool(_or_none(step.is_done)) for step in self._steps}
        return {step.key: self._done.get(step.key, False) for step in self._steps}

    def hint_or_landing(self, step: TourStep) -> tuple[Hint | None, Landing | None]:
        """What comes next in it by hand; once it is done, where that can be seen."""
        if _or_none(step.is_done):
            return None, _or_none(step.landing)
        return _or_none(step.hint), None

    def start(self, step: TourStep) -> None:
        """Do a step, and first what it needs, in a thread of its own. Raises TourError while that cannot begin."""
        with self._lock:
            if self.running:
                raise TourError("One moment: another step is under way.")
            if self._fast_forward.is_running:
                raise TourError("The calendar is moving. Let it arrive first, or pause it.")
            self.running, self._stopping = step.key, False
            self.started_count += 1
            self.failures.pop(step.key, None)
            self._thread = threading.Thread(target=self._run, args=(step,), name="sandbox-tour")
            self._thread.start()
        self._publish()

    def stop(self) -> None:
        """Take no further step, and wait for the one under way. Harmless when there is none."""
        thread, self._stopping = self._thread, True
        self._fast_forward.stop()
        if thread and thread is not threading.current_thread():
            thread.join(SECONDS_TO_STOP)

    def _run(self, step: TourStep) -> None:
        try:
            done = {one.key: one.is_done() for one in self._steps}
            for one in (*self.prerequisites(step, done), step):
                if not self._stopping:
                    self._do(one)
        except TourError as error:
            self.failures[step.key] = str(error)
        except Exception:
            log.exception("The step %s of the tour failed", step.key)
            self.failures[step.key] = UNEXPECTED
        finally:
            self.running = ""
            self._publish()

    def prerequisites(self, step: TourStep, done: Mapping[str, bool]) -> list[TourStep]:
        """What has to be done before it, in the order of the tour. What is `done` needs nothing any more."""
        wanted = {step.key}
        for one in reversed(self._steps):
            if one.key in wanted and not done[one.key]:
                wanted.update(key for key in one.needs if not done[key])
        return [one for one in self._steps if one.key in wanted - {step.key}]

    def _do(self, step: TourStep) -> None:
        self.running = step.key
        self._publish()
        if not step.is_done():
            step.do()
        if not step.is_done():
            raise TourError(NOT_DONE)
        self._done[step.key] = True
        self._publish()

    def _publish(self) -> None:
        self._workspace.changes.publish(None, "tour")


def _or_none(ask: Callable[[], T]) -> T | None:
    """What a step says of itself; None where that fails."""
    try:
        return ask()
    except Exception:
        log.exception("A step of the tour could not tell how it stands")
        return None
