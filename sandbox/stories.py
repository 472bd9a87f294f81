"""Stories: people, and what they have already done when the workspace opens. The content comes from the caller."""

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
    """The sandbox in which a story is played."""

    def start(self) -> None:
        """Serve the workspace."""

    def stop_calendar(self) -> None:
        """Stop a calendar that is moving."""


StageT = TypeVar("StageT", bound=Stage)


class StoryCancelledError(Exception):
    """The story that is being played must end: the sandbox stops, or another story starts."""


@dataclass(frozen=True)
class Progress:
    """How far a story is: `done` of `of` steps (0 of 0: unknown). `words` name what is happening."""

    words: str
    done: int
    of: int


OnProgress = Callable[[Progress], None]
"""Reports progress to the page. Raises StoryCancelledError when the story must end."""


@dataclass(frozen=True)
class StartingPerson:
    """A person (user id) whom a newcomer could be first; `words` say why."""

    person: str
    words: str


@dataclass(frozen=True)
class Story(Generic[StageT]):
    """A scenario that can be started.

    `play` acts as the people, through their clients. `about` is one or two sentences for the list of stories; `first`
    suggests whom to be once the story is on. `starts_at` turns the real time into the time on the calendar at which
    the story starts.
    """

    key: str
    title: str
    about: str
    people: Sequence[Member]
    play: Callable[[StageT, OnProgress], None]
    first: Sequence[StartingPerson] = ()
    starts_at: Callable[[datetime], datetime] = lambda now: now


class Stories(Generic[StageT]):
    """The `available` stories and the `current` one.

    `current` is the story saved in `file`, else the one with the key `chosen`, else None. `start_story` is called with
    a story's key to start it instead; None where stories cannot be started.
    """

    def __init__(
        self,
        workspace: Workspace,
        available: Sequence[Story[StageT]],
        chosen: str,
        start_story: Callable[[str], None] | None,
        file: WorkspaceFile | None,
    ) -> None:
        notes = file.notes if file else {}
        self._workspace = workspace
        self._file = file
        self.available = available
        self.current = next((story for story in available if story.key == notes.get("story", chosen)), None)
        self.start_story = start_story
        self.beginning = notes.get("beginning") or secrets.token_hex(8)
        """A random id, new each time a story starts."""
        self.is_played = "played" in notes
        self.progress: Progress | None = None
        """Set while the story is being played."""
        self.failure = ""
        """A sentence for the page if the story failed."""
        self._cancelled = threading.Event()
        self._save_notes(story=self.current.key if self.current else "", beginning=self.beginning)

    @contextmanager
    def playing(self, stage: StageT) -> Iterator[None]:
        """Play the current story in its own thread unless it was played before. Leaving the context cancels it."""
        if self.is_played:
            yield
            return
        self._cancelled.clear()
        self._publish(Progress("Getting ready", 0, 0))
        player = threading.Thread(target=self._play, args=(stage,), name="sandbox-story")
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
        except StoryCancelledError:
            log.info("The story was cancelled")
        except Exception:
            if not self._cancelled.is_set():
                log.exception("The story failed")
                self.failure = FAILED
        finally:
            self._publish(None)

    def _on_progress(self, progress: Progress) -> None:
        if self._cancelled.is_set():
            raise StoryCancelledError
        self._publish(progress)

    def _save_notes(self, **notes: str) -> None:
        if self._file:
            self._file.save_notes(**notes)

    def _publish(self, progress: Progress | None) -> None:
        self.progress = progress
        self._workspace.changes.publish(None, "story")
