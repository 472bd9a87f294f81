"""A town with two owners, and the log as an operator would read it."""

import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from bot.logs import set_up_logs
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot
from tests.local_bot import local_bot as open_town


@pytest.fixture
def two_owners(tmp_path: Path) -> Iterator[LocalBot]:
    """A town with two owners, who have been welcomed."""
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as town:
        town.settle()
        yield town


class Logs:
    """All that was logged or printed since `set_up_logs`, as it would be read."""

    def __init__(self, written: StringIO, printed: pytest.CaptureFixture[str]) -> None:
        self._written = written
        self._printed = printed
        self._read = ""

    @property
    def text(self) -> str:
        self._read += "".join(self._printed.readouterr())
        return self._read + self._written.getvalue()


@pytest.fixture
def logs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Logs]:
    """The log as the command line sets it up, at its most talkative; set back afterwards."""
    written, root = StringIO(), logging.getLogger()
    before = root.handlers[:], root.level, logging.raiseExceptions
    levels = {name: logging.getLogger(name).level for name in list(logging.root.manager.loggerDict)}
    root.handlers.clear()  # else they are closed, and they are pytest's
    with monkeypatch.context() as patched:
        patched.setattr("sys.stderr", written)
        set_up_logs(logging.DEBUG)
    # The sandbox is not the bot: its own web server may say what it likes.
    for name in ("sandbox", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield Logs(written, capsys)
    finally:
        logging.captureWarnings(False)
        root.handlers[:], root.level, logging.raiseExceptions = before
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
