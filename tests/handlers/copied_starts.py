"""A starting point that is months away is reached once in each process, and copied for the tests that follow."""

import pickle
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.local_bot import LocalBot

_FROM_WORKSPACE = ("conversations", "members", "files", "posted", "_serial")


@dataclass(frozen=True)
class _Start:
    """What the starting point returned, the database, and what Slack holds: messages, Home tabs and people."""

    about: str
    database: Path
    now: datetime
    workspace: bytes


_starts: dict[tuple[Callable[[LocalBot], str], tuple[str, ...]], _Start] = {}
"""By the function that leads there, and the owners."""


def begun(town: LocalBot, begin: Callable[[LocalBot], str]) -> str:
    """As `begin(town)`, for towns that are alike each time. In a copy, the bot has been started there."""
    key = begin, tuple(town._owners)
    if key in _starts:
        _restore(town, _starts[key])
    else:
        about = begin(town)
        _starts[key] = _keep(town, about, Path(_folder().name) / f"{len(_starts)}.db")
    return _starts[key].about


@cache
def _folder() -> "TemporaryDirectory[str]":
    return TemporaryDirectory(prefix="mentor-bot-")


def _keep(town: LocalBot, about: str, path: Path) -> _Start:
    with closing(sqlite3.connect(town._database)) as used, closing(sqlite3.connect(path)) as kept:
        used.backup(kept)
    workspace = town.slack.workspace
    with workspace.lock:
        state = {name: getattr(workspace, name) for name in _FROM_WORKSPACE}
        everything = pickle.dumps((state, workspace.views._homes, workspace.ids.state))
    return _Start(about, path, town.slack.calendar.now(), everything)


def _restore(town: LocalBot, start: _Start) -> None:
    town.bot.stop()
    shutil.copy(start.database, town._database)
    workspace = town.slack.workspace
    with workspace.lock:
        state, workspace.views._homes, workspace.ids.state = pickle.loads(start.workspace)
        for name, value in state.items():
            setattr(workspace, name, value)
    town.slack.calendar.move_to(start.now)
    town.start()
    town.slack.timeline = town.bot
