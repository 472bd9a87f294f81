"""Scenarios: people, and what they have already done when the workspace opens. The content comes from the caller."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from sandbox.members import Member
from sandbox.persistence.state import WorkspaceFile
from sandbox.workspace.workspace import Workspace

log = logging.getLogger(__name__)

FAILED = "The scenario stopped before its end. Start again, or look around. The log has the details."


class Stage(Protocol):
    """The sandbox in which a scenario is played."""

    def start(self) -> None:
        """Serve the workspace."""

    def stop_calendar(self) -> None:
        """Stop a calendar that is moving."""


StageT = TypeVar("StageT", bound=Stage)


class ScenarioCancelledError(Exception):
    """The scenario that is being played must end: the sandbox stops, or another scenario starts."""


@dataclass(frozen=True)
class Progress:
    """How far a scenario is: `done` of `total` steps (0 of 0: unknown). `text` names what is happening."""

    text: str
    done: int
    total: int


OnProgress = Callable[[Progress], None]
"""Reports progress to the page. Raises ScenarioCancelledError when the scenario must end."""


@dataclass(frozen=True)
class StartingPerson:
    """A person (user id) whom a newcomer could be first; `text` says why."""

    person: str
    text: str


@dataclass(frozen=True)
class Scenario(Generic[StageT]):
    """A scenario that can be started.

    `play` acts as the people, through their clients. `about` is one or two sentences for the list of scenarios;
    `start_as` suggests whom to be once the scenario has started. `starts_at` turns the real time into the time on the
    calendar at which the scenario starts.
    """

    key: str
    title: str
    about: str
    people: Sequence[Member]
    play: Callable[[StageT, OnProgress], None]
    start_as: Sequence[StartingPerson] = ()
    starts_at: Callable[[datetime], datetime] = lambda now: now


class ScenarioRunner(Generic[StageT]):
    """The `available` scenarios and the `current` one.

    `current` is the scenario saved in `file`, else the one with the key `chosen`, else None. `start_scenario` is called
    with a scenario's key to start it instead; None where scenarios cannot be started.
    """

    def __init__(
        self,
        workspace: Workspace,
        available: Sequence[Scenario[StageT]],
        chosen: str,
        start_scenario: Callable[[str], None] | None,
        file: WorkspaceFile | None,
    ) -> None:
        notes = file.notes if file else {}
        self._workspace = workspace
        self._file = file
        self.available = available
        # Files of an older version call the scenario "story" and the run "beginning".
        current = notes.get("scenario", notes.get("story", chosen))
        self.current = next((scenario for scenario in available if scenario.key == current), None)
        self.start_scenario = start_scenario
        self.run = notes.get("run", notes.get("beginning")) or secrets.token_hex(8)
        """A random id, new each time a scenario starts."""
        self.is_played = "played" in notes
        self.progress: Progress | None = None
        """Set while the scenario is being played."""
        self.failure = ""
        """A sentence for the page if the scenario failed."""
        self._cancelled = threading.Event()
        self._save_notes(scenario=self.current.key if self.current else "", run=self.run)

    @contextmanager
    def playing(self, stage: StageT) -> Iterator[None]:
        """Play the current scenario in its own thread unless it was played before. Leaving the context cancels it."""
        if self.is_played:
            yield
            return
        self._cancelled.clear()
        self._publish(Progress("Getting ready", 0, 0))
        player = threading.Thread(target=self._play, args=(stage,), name="sandbox-scenario")
        player.start()
        try:
            yield
        finally:
            self._cancelled.set()
            stage.stop_calendar()
            player.join()

    def _play(self, stage: StageT) -> None:
        try:
            if self.current:
                with self._workspace.rate_limits.suspended():
                    self.current.play(stage, self._on_progress)
            self._save_notes(played="yes")
            self.is_played = True
        except ScenarioCancelledError:
            log.info("The scenario was cancelled")
        except Exception:
            if not self._cancelled.is_set():
                log.exception("The scenario failed")
                self.failure = FAILED
        finally:
            self._publish(None)

    def _on_progress(self, progress: Progress) -> None:
        if self._cancelled.is_set():
            raise ScenarioCancelledError
        self._publish(progress)

    def _save_notes(self, **notes: str) -> None:
        if self._file:
            self._file.save_notes(**notes)

    def _publish(self, progress: Progress | None) -> None:
        self.progress = progress
        self._workspace.changes.publish(None, "scenario")
