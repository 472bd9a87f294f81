"""Commands of `mentor-bot` as processes of their own."""

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bot.conftest import COMMAND, ROOT

LONG = 50.0
"""Seconds that a process may take to start or to end; far more than it needs."""


class Process:
    """A running `mentor-bot run` and what it has logged."""

    def __init__(self, popen: "subprocess.Popen[str]") -> None:
        self.popen = popen
        self._lines: list[str] = []
        self._said = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def says(self, words: str) -> bool:
        """Whether it logs `words` within a while."""
        with self._said:
            return self._said.wait_for(lambda: words in self.log or self._is_silent(), LONG) and words in self.log

    def stops(self, signal_number: int = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code."""
        self.popen.send_signal(signal_number)
        code = self.popen.wait(LONG)
        self._reader.join(LONG)
        return code

    @property
    def log(self) -> str:
        return "".join(self._lines)

    def _is_silent(self) -> bool:
        return not self._reader.is_alive()

    def _read(self) -> None:
        assert self.popen.stderr is not None
        for line in self.popen.stderr:
            with self._said:
                self._lines.append(line)
                self._said.notify_all()
        with self._said:
            self._said.notify_all()


@contextmanager
def started(folder: Path, variables: Mapping[str, str]) -> Iterator[Process]:
    popen = subprocess.Popen(
        [COMMAND, "run"], env=_environment(variables), cwd=folder, stderr=subprocess.PIPE, text=True
    )
    process = Process(popen)
    try:
        yield process
    finally:
        popen.kill()
        process._reader.join(LONG)
        popen.wait(LONG)
        if popen.stderr:
            popen.stderr.close()


def done(folder: Path, variables: Mapping[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command that has run to its end; its exit code, and what it has printed."""
    return subprocess.run(
        [COMMAND, *arguments], env=_environment(variables), cwd=folder, capture_output=True, text=True, timeout=LONG
    )


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables}
