"""What the demo keeps between its starts: the local Slack's file and the bot's database, which belong together."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from bot.lock import at_work_on


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
        """Delete both. Raises AlreadyAtWork where a demo is at work here: what it works on is not taken from it."""
        with at_work_on(self.database):
            for file in self._files():
                file.unlink(missing_ok=True)

    def put_aside(self) -> None:
        """Move both out of the way, in the place of what was put there before. Raises AlreadyAtWork."""
        with at_work_on(self.database):
            shutil.rmtree(self.aside, ignore_errors=True)
            self.aside.mkdir()
            for file in self._files():
                file.rename(self.aside / file.name)

    def _files(self) -> list[Path]:
        """Both, with what SQLite has beside them; not the lock, which is held."""
        beside = ("", "-wal", "-shm", "-journal")
        named = [file.with_name(file.name + end) for file in (self.database, self.workspace) for end in beside]
        return [file for file in named if file.exists()]
