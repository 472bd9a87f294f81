"""A guided tour of an app: steps that a newcomer is shown, or that are done for them.

The caller provides the steps, as data and callables.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sandbox.workspace.fast_forward import FastForward
from sandbox.workspace.workspace import Workspace

SECONDS_TO_STOP = 10.0
UNEXPECTED = "Something went wrong. Try again, or press Show me and do it yourself. The log has the details."
NOT_DONE = "This step isn’t done yet. Try again, or press Show me and do it yourself."

T = TypeVar("T")

log = logging.getLogger(__name__)


class TourError(Exception):
    """A step could not be done. The message is a sentence for the person on the tour."""


@dataclass(frozen=True)
class Hint:
    """The next manual action, in the client of `person` (a user id). `text` describes it.

    `types` is a line that is put into the message box. `press` is a button, by action id or text: in the top form if
    one is open, else in the newest message that has it, else on the page. With an `example` (see `Person.fill`), the
    top form is to be filled in and submitted.
    """

    person: str
    text: str
    types: str = ""
    press: str = ""
    example: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Landing:
    """Where a result can be seen: the client of `person`, a conversation ("": with the app) and a message ts ("":
    newest).
    """

    person: str
    channel: str = ""
    ts: str = ""


@dataclass(frozen=True)
class TourStep:
    """One step. `title` is one or two words, `text` says what happens, and `after` what has happened.

    `person` (a user id) acts in it. `do` performs it through people's clients and returns when all consequences are
    delivered; it is idempotent and raises TourError if the step cannot be done. `is_done` decides from the current
    state, no matter who did it. `hint` is the next manual action, None when done; `landing` is where the result can be
    seen. `needs` are the keys of steps that must be done first.

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


class TourRunner:
    """Runs the `steps` of a tour; there are none at first. Thread-safe.

    While a step runs or the calendar moves, it reports the last known state instead of asking the steps: the app is
    busy.
    """

    def __init__(self, workspace: Workspace, fast_forward: FastForward) -> None:
        self._workspace = workspace
        self._fast_forward = fast_forward
        self._lock = threading.Lock()
        self._steps: tuple[TourStep, ...] = ()
        self._done: dict[str, bool] = {}
        self._thread: threading.Thread | None = None
        self._stopping = False
        self.running = ""
        """The key of the step in progress, or ""."""
        self.started_count = 0
        """The number of steps started so far."""
        self.failures: dict[str, str] = {}
        """Why a step failed when it was last tried: a sentence, by step key."""

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
        """Whether each step is done, by key, in order."""
        if not (self.running or self._fast_forward.is_running):
            self._done = {step.key: bool(_or_none(step.is_done)) for step in self._steps}
        return {step.key: self._done.get(step.key, False) for step in self._steps}

    def hint_or_landing(self, step: TourStep) -> tuple[Hint | None, Landing | None]:
        """The next manual action; for a step that is done, where its result can be seen."""
        if _or_none(step.is_done):
            return None, _or_none(step.landing)
        return _or_none(step.hint), None

    def start(self, step: TourStep) -> None:
        """Do a step, after the steps it needs, in a thread. Raises TourError if another step or the calendar is
        running.
        """
        with self._lock:
            if self.running:
                raise TourError("Another step is still running. Try again in a moment.")
            if self._fast_forward.is_running:
                raise TourError("The calendar is moving. Wait until it stops, or pause it.")
            self.running, self._stopping = step.key, False
            self.started_count += 1
            self.failures.pop(step.key, None)
            self._thread = threading.Thread(target=self._run, args=(step,), name="sandbox-tour")
            self._thread.start()
        self._publish()

    def stop(self) -> None:
        """Start no further step and wait for the current one. Does nothing if none runs."""
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
        """The steps to do before it, in order. Steps that are `done` need nothing."""
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
    """The result of a step's callable; None if it raises."""
    try:
        return ask()
    except Exception:
        log.exception("A step of the tour could not report its state")
        return None
