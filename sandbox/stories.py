"""Stories: people, and what they have done before anybody arrives. What it is about is its teller's business."""

import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.members import Member
from sandbox.persistence.state import State
from sandbox.workspace.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.server import Sandbox

log = logging.getLogger(__name__)

BROKEN_OFF = "The story broke off before its end. Start again, or look around in what there is. The log says more."


class BrokenOffError(Exception):
    """The sandbox stops, or another story is to begin: the one that is being played need not go on."""


@dataclass(frozen=True)
class Progress:
    """How far a story has come: `done` of `of` so far, and in `words` of what."""

    words: str
    done: int
    of: int


Tell = Callable[[Progress], None]
"""Says how far it has come, for those who look on. Raises BrokenOffError when it should end."""


@dataclass(frozen=True)
class First:
    """Somebody one could be first, and in a few words what for."""

    person: str
    words: str


@dataclass(frozen=True)
class Story:
    """`play` lets the people do, at their own clients, what they have done so far; `about` is a sentence or two for
    whoever chooses, and `first` is for whoever has chosen.
    """

    key: str
    title: str
    about: str
    people: Sequence[Member]
    play: Callable[["Sandbox", Tell], None]
    first: Sequence[First] = ()
    begins: Callable[[datetime], datetime] = lambda now: now
    """The calendar's moment at its beginning, where it is now `now`."""


class Stories:
    """What can be begun here, and what is on: `on` by its key, unless `state` kept another. `begin` is asked for
    another beginning, by a story's key.
    """

    def __init__(
        self,
        workspace: Workspace,
        known: Sequence[Story],
        on: str,
        begin: Callable[[str], None] | None,
        state: State | None,
    ) -> None:
        kept = state.notes if state else {}
        self._workspace = workspace
        self._state = state
        self.known = known
        self.on = next((story for story in known if story.key == kept.get("story", on)), None)
        self.begin = begin
        self.beginning = kept.get("beginning") or secrets.token_hex(8)
        """Another one for each time that a story begins."""
        self.is_played = "played" in kept
        self.progress: Progress | None = None
        self.trouble = ""
        self._break_off = threading.Event()
        self._note(story=self.on.key if self.on else "", beginning=self.beginning)

    @contextmanager
    def playing(self, sandbox: "Sandbox") -> Iterator[None]:
        """Play what is on, in a thread of its own, if it was not yet. It breaks off when this is left."""
        if self.is_played:
            yield
            return
        self._break_off.clear()
        self._show(Progress("Setting the scene", 0, 0))
        player = threading.Thread(target=self._play, args=(sandbox,), name="sandbox-story")
        player.start()
        try:
            yield
        finally:
            self._break_off.set()
            sandbox.stand_still()
            player.join()

    def _play(self, sandbox: "Sandbox") -> None:
        try:
            if self.on:
                with self._workspace.rates.lifted():
                    self.on.play(sandbox, self._tell)
            self._note(played="yes")
            self.is_played = True
        except BrokenOffError:
            log.info("The story is broken off")
        except Exception:
            if not self._break_off.is_set():
                log.exception("The story broke off by itself")
                self.trouble = BROKEN_OFF
        finally:
            self._show(None)

    def _tell(self, progress: Progress) -> None:
        if self._break_off.is_set():
            raise BrokenOffError
        self._show(progress)

    def _note(self, **notes: str) -> None:
        if self._state:
            self._state.note(**notes)

    def _show(self, progress: Progress | None) -> None:
        self.progress = progress
        self._workspace.tell(None, "story")
