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
from bot.database import ToldToStop
from bot.demo import cast
from bot.demo.library import scenario as library
from bot.demo.tour import tour
from bot.lock import single_instance
from bot.manifest import manifest
from bot.run import StopSignal, running, until_told_to_stop
from bot.settings import InvalidSettings, Settings
from sandbox import Calendar, Sandbox, Scenario, StateUnusableError


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
        """Where files that could not be used are moved."""
        return self.path / "put-aside"

    @property
    def is_empty(self) -> bool:
        return not (self.database.exists() or self.workspace.exists())

    @property
    def is_complete(self) -> bool:
        return self.database.exists() and self.workspace.exists()

    def delete(self) -> None:
        """Delete both files. Raises AlreadyRunning if a demo is running in this folder."""
        with single_instance(self.database):
            for file in self._files():
                file.unlink(missing_ok=True)

    def put_aside(self) -> None:
        """Move both files to `aside`, replacing what is there. Raises AlreadyRunning."""
        with single_instance(self.database):
            shutil.rmtree(self.aside, ignore_errors=True)
            self.aside.mkdir()
            for file in self._files():
                file.rename(self.aside / file.name)

    def _files(self) -> list[Path]:
        """Both files, with SQLite's own files beside them, and without the lock."""
        endings = ("", "-wal", "-shm", "-journal")
        files = [file.with_name(file.name + end) for file in (self.database, self.workspace) for end in endings]
        return [file for file in files if file.exists()]


SCENARIOS = (cast.SCENARIO, library.SCENARIO)
"""The scenarios that can be started. The first is the default."""

_POLL_SECONDS = 0.2
"""How often `run` checks whether another scenario was chosen on the page."""


def run_demo(
    *,
    port: int,
    folder: str,
    scenario: str = "",
    fresh: bool = False,
    scenarios: Sequence[Scenario[Sandbox]] = SCENARIOS,
) -> None:
    """Serve until interrupted. Continue what is saved in `folder`; if `fresh`, delete it and start `scenario`.

    Raises AlreadyRunning if a demo is running in the folder. Raises InvalidSettings if the scenario is unknown, or if
    another one is saved and not `fresh`.
    """
    if scenario not in ("", *(one.key for one in scenarios)):
        known = ", ".join(one.key for one in scenarios)
        raise InvalidSettings(f"There is no scenario {scenario}. Choose one of these: {known}.")
    demo_folder = DemoFolder(Path(folder).resolve())
    demo_folder.path.mkdir(parents=True, exist_ok=True)
    with until_told_to_stop() as wait:
        if fresh:
            demo_folder.delete()
        chosen: str | None = scenario
        while chosen is not None:
            demo = Demo(demo_folder, port, chosen, scenarios)
            chosen = demo.run(wait)
            port = demo.port
            if chosen is not None:
                demo_folder.delete()


class Demo:
    """One scenario, new or saved, from its start to its stop.

    `scenario` is the key of the one to start, or empty for the saved one, else the first. Raises AlreadyRunning,
    InvalidSettings.
    """

    def __init__(self, folder: DemoFolder, port: int, scenario: str, scenarios: Sequence[Scenario[Sandbox]]) -> None:
        self.port = port
        self._folder = folder
        self._scenarios = scenarios
        self._chosen: queue.SimpleQueue[str] = queue.SimpleQueue()
        with single_instance(folder.database):
            pass
        self.sandbox = self._saved_or_new(scenario)

    def run(self, wait: StopSignal) -> str | None:
        """Serve until told to stop. Returns the key of a scenario that was chosen on the page, else None."""
        try:
            return self._play(wait)
        except ToldToStop:
            return None

    def _play(self, wait: StopSignal) -> str | None:
        sandbox, database = self.sandbox, self._folder.database
        # No rate limits of our own: a year passes in seconds. The bot still waits where the local Slack answers 429.
        with (
            self._served(),
            running(settings_for(sandbox, database), calendar=sandbox.calendar.now, limits=None, pause=wait) as app,
        ):
            sandbox.timeline = app
            sandbox.wait_connected()
            self._greet()
            if sandbox.scenario == cast.SCENARIO.key:
                sandbox.tour = tour(sandbox, app)
            with sandbox.playing():
                while self._chosen.empty():
                    if wait(_POLL_SECONDS):
                        return None
                return self._chosen.get()

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

    def _saved_or_new(self, scenario: str) -> Sandbox:
        if not (self._folder.is_empty or self._folder.is_complete):
            self._put_aside("One of the two saved files is missing.")
        try:
            sandbox = self._open(scenario)
        except StateUnusableError as unusable:
            self._put_aside(str(unusable))
            return self._open(scenario)
        if not sandbox.is_restored:
            return sandbox
        if scenario and sandbox.scenario != scenario:
            saved = sandbox.scenario
            sandbox.stop()
            raise InvalidSettings(
                f"Another scenario is saved in {self._folder.path}: {saved}. Add --fresh to delete it."
            )
        if not sandbox.is_played:
            scenario = scenario or sandbox.scenario
            sandbox.stop()
            self._folder.delete()
            click.echo("\n  Last time the demo was stopped before the scenario was ready. It starts again.")
            return self._open(scenario)
        return sandbox

    def _open(self, scenario: str) -> Sandbox:
        chosen = next((one for one in self._scenarios if one.key == scenario), self._scenarios[0])
        return Sandbox(
            manifest(),
            chosen.people,
            calendar=Calendar(chosen.starts_at(real_now())),
            port=self.port,
            team_name="Fairfield Library",
            profile_fields=cast.PROFILE_FIELDS,
            workspace_file=self._folder.workspace,
            scenarios=self._scenarios,
            scenario=chosen.key,
            start_scenario=self._chosen.put,
        )

    def _put_aside(self, reason: str) -> None:
        self._folder.put_aside()
        click.echo(f"\n  {reason} The demo starts again. The old files are now in {self._folder.aside}.")

    def _greet(self) -> None:
        sandbox = self.sandbox
        click.echo(f"\n  Your local Slack:  {sandbox.url}\n  Saved in:          {self._folder.path}\n")
        if sandbox.is_restored:
            now = sandbox.calendar.now()
            moment = f"{now:%A} {now.day} {now:%B %Y, %H:%M}"
            click.echo(f"  Everything is as you left it. The calendar continues from {moment} UTC.")
        else:
            click.echo("  The scenario is starting. Open the page to watch it.")
        click.echo("  Ctrl-C stops the demo; everything is saved. To start again, use the page or add --fresh.\n")


def settings_for(sandbox: Sandbox, database: Path) -> Settings:
    """The settings of a bot that is installed in this workspace."""
    return Settings(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_signing_secret=None,
        slack_api_url=sandbox.api_url,
        database_url=SecretStr(f"sqlite:///{database}"),
        mentor_owners=cast.OWNERS,
    )
