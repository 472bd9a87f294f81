"""`make demo`: start the local Slack and the bot, and keep the demo's folder between starts."""

import queue
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from pydantic import SecretStr

from bot.clocks import real_now
from bot.demo import cast
from bot.demo.library import story as library
from bot.demo.tour import tour
from bot.lock import single_instance
from bot.manifest import manifest
from bot.run import StopSignal, running, until_told_to_stop
from bot.settings import InvalidSettings, Settings
from sandbox import Calendar, Sandbox, StateUnusableError, Story


@dataclass(frozen=True)
class DemoFolder:
    """The two files in `path`. Nothing else in there is touched."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "mentor-bot.db"

    @property
    def workspace(self) -> Path:
        return self.path / "workspace.db"

    @property
    def aside(self) -> Path:
        """Where what could not be used is put, in case somebody wants to look into it."""
        return self.path / "put-aside"

    @property
    def is_empty(self) -> bool:
        return not (self.database.exists() or self.workspace.exists())

    @property
    def is_whole(self) -> bool:
        return self.database.exists() and self.workspace.exists()

    def forget(self) -> None:
        """Delete both. Raises AlreadyRunning where a demo is at work here: what it works on is not taken from it."""
        with single_instance(self.database):
            for file in self._files():
                file.unlink(missing_ok=True)

    def put_aside(self) -> None:
        """Move both out of the way, in the place of what was put there before. Raises AlreadyRunning."""
        with single_instance(self.database):
            shutil.rmtree(self.aside, ignore_errors=True)
            self.aside.mkdir()
            for file in self._files():
                file.rename(self.aside / file.name)

    def _files(self) -> list[Path]:
        """Both, with what SQLite has beside them; not the lock, which is held."""
        beside = ("", "-wal", "-shm", "-journal")
        named = [file.with_name(file.name + end) for file in (self.database, self.workspace) for end in beside]
        return [file for file in named if file.exists()]


STORIES = (cast.STORY, library.STORY)
"""Those that one can begin; the first unless somebody chooses."""

_LOOK_SECONDS = 0.2
"""How long whoever wants to start again waits for us to notice."""


def run_demo(
    *, port: int, folder: str, story: str = "", fresh: bool = False, stories: Sequence[Story[Sandbox]] = STORIES
) -> None:
    """Serve until interrupted. What was there at the last stop is there again, unless `fresh`: then `story` begins.

    Raises AlreadyRunning where a demo is at work in the folder: what it works on is not taken from under it. Raises
    InvalidSettings for a story that is not known, and where another one is kept that nobody asked to forget.
    """
    if story not in ("", *(one.key for one in stories)):
        raise InvalidSettings(f"There is no story {story}. There is: {', '.join(one.key for one in stories)}.")
    place = DemoFolder(Path(folder).resolve())
    place.path.mkdir(parents=True, exist_ok=True)
    with until_told_to_stop() as wait:
        if fresh:
            place.forget()
        asked: str | None = story
        while asked is not None:
            demo = Demo(place, port, asked, stories)
            asked = demo.run(wait)
            port = demo.port
            if asked is not None:
                place.forget()


class Demo:
    """One beginning, or what is kept of it, from its start to its stop. `story` is the key of the one wanted, or empty
    for the one that is kept, else the first. Raises AlreadyRunning, InvalidSettings.
    """

    def __init__(self, place: DemoFolder, port: int, story: str, stories: Sequence[Story[Sandbox]]) -> None:
        self.port = port
        self._place = place
        self._stories = stories
        self._asked: queue.SimpleQueue[str] = queue.SimpleQueue()
        with single_instance(place.database):
            pass
        self.sandbox = self._kept_or_new(story)

    def run(self, wait: StopSignal) -> str | None:
        """Serve until told to stop; the key of the story when somebody wants to start again."""
        sandbox, database = self.sandbox, self._place.database
        # Without a pace, for a year is lived in moments; where the local Slack has limits, its 429s are heeded.
        with (
            self._served(),
            running(settings_for(sandbox, database), calendar=sandbox.calendar.now, limits=None) as house,
        ):
            sandbox.timeline = house
            sandbox.wait_connected()
            self._greet()
            if sandbox.story == cast.STORY.key:
                sandbox.tour = tour(sandbox, house)
            with sandbox.playing():
                while self._asked.empty():
                    if wait(_LOOK_SECONDS):
                        return None
                return self._asked.get()

    @contextmanager
    def _served(self) -> Iterator[None]:
        try:
            self.sandbox.start()
        except OSError:
            self.sandbox.stop()
            raise InvalidSettings(f"Port {self.port} is taken. Choose another one with --port.") from None
        self.port = int(self.sandbox.url.rpartition(":")[2])
        try:
            yield
        finally:
            self.sandbox.stop()

    def _kept_or_new(self, story: str) -> Sandbox:
        if not (self._place.is_empty or self._place.is_whole):
            self._begin_anew("Half of what was kept is missing")
        try:
            sandbox = self._open(story)
        except StateUnusableError as unusable:
            self._begin_anew(str(unusable).rstrip("."))
            return self._open(story)
        if not sandbox.is_restored:
            return sandbox
        if story and sandbox.story != story:
            kept = sandbox.story
            sandbox.stop()
            raise InvalidSettings(f"Another story is kept in {self._place.path}: {kept}. Add --fresh to forget it.")
        if not sandbox.is_played:
            story = story or sandbox.story
            sandbox.stop()
            self._place.forget()
            click.echo("\n  The last start was stopped before everybody had arrived. They arrive anew.")
            return self._open(story)
        return sandbox

    def _open(self, story: str) -> Sandbox:
        chosen = next((one for one in self._stories if one.key == story), self._stories[0])
        return Sandbox(
            manifest(),
            chosen.people,
            calendar=Calendar(chosen.starts_at(real_now())),
            port=self.port,
            team_name="Fairfield Library",
            workspace_file=self._place.workspace,
            stories=self._stories,
            story=chosen.key,
            start_story=self._asked.put,
        )

    def _begin_anew(self, why: str) -> None:
        self._place.put_aside()
        click.echo(f"\n  {why}. The demo begins afresh; what there was lies in {self._place.aside}.")

    def _greet(self) -> None:
        sandbox = self.sandbox
        click.echo(f"\n  Your local Slack:  {sandbox.url}\n  Kept in:           {self._place.path}\n")
        if sandbox.is_restored:
            now = sandbox.calendar.now()
            moment = f"{now:%A} {now.day} {now:%B %Y, %H:%M}"
            click.echo(f"  All is as you left it; its calendar goes on where it was, on {moment} UTC.")
        else:
            click.echo("  People are arriving; the page shows it. Begin there.")
        click.echo("  Ctrl-C stops it and nothing is lost. To start again, press so on the page, or add --fresh.\n")


def settings_for(sandbox: Sandbox, database: Path) -> Settings:
    """What the environment would say, if this were Slack."""
    return Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_signing_secret=None,
        slack_api_url=sandbox.api_url,
        database_url=SecretStr(f"sqlite:///{database}"),
        mentor_owners=cast.OWNERS,
    )
