"""A world in which the bot is a process of its own, connected by Socket Mode, that is killed with SIGKILL at random
points and started again.

A point is a call of the bot's to Slack, or a person's act on its way to the bot; the kill comes up to a few
hundredths of a second later, so before, in and after every commit and every call.
"""

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox import Sandbox
from scheduler.delivery.sender import LEASE
from scheduler.jobs import next_due_at
from storage import Storage, Transaction

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds that a process may take to start, or to do what is due at one moment."""
GLANCE = 0.05
"""Seconds after which it is seen that a process died while it started."""
LATER = 0.04
"""Seconds after a point within which the kill comes."""
_A_LEASE_LATER = LEASE + timedelta(minutes=1)


class ProcessKiller:
    """Decides when. `rest` is how many points lie between two kills, at least and at most; `only` is the one call to
    Slack that counts as a point. With `later` 0 the bot is dead before Slack takes the call, so that the number of
    kills does not depend on how fast the machine is.
    """

    def __init__(
        self, seed: int, kills: int, rest: tuple[int, int], *, only: str | None = None, later: float = LATER
    ) -> None:
        self._random = random.Random(seed)
        self._left = kills
        self._rest = rest
        self._only = only
        self._later = later
        self._points = self._random.randint(*rest)
        self._lock = threading.Lock()
        self.victim: subprocess.Popen[str] | None = None

    @property
    def is_done(self) -> bool:
        return self._left == 0

    def point(self, method: str = "") -> None:
        """Something happens between Slack and the bot: a call of `method`, or a person's act."""
        if self._only not in (None, method):
            return
        with self._lock:
            self._points -= 1
            victim = self.victim
            if self._points > 0 or self._left == 0 or victim is None:
                return
            self._left -= 1
            self.victim = None
            self._points = self._random.randint(*self._rest)
            after = self._random.uniform(0, self._later)
        if after:
            threading.Timer(after, victim.kill).start()
        else:
            victim.kill()


class KilledWorld:
    """What `tests.journeys.story.World` asks for. The stopwatch moves on before each restart, so that the lease of the
    killed bot is over.
    """

    def __init__(self, slack: Sandbox, variables: dict[str, str], database: Path, killer: ProcessKiller) -> None:
        self.slack = slack
        self.killer = killer
        self.deaths = 0
        self._variables = variables
        self._database = database
        self._storage = Storage(f"sqlite:///{database}")
        self._process = self._start()

    def next_due(self) -> datetime | None:
        return next_due_at(self._storage, self.slack.team_id)

    def run_until_idle(self) -> None:
        """For the sandbox's calendar; see `sandbox.AppTimeline`."""
        self.settle()

    def settle(self) -> None:
        """As often as it takes."""
        while not self._settled():
            self._bury_and_start_again()

    def knows(self, *people: str) -> None:
        with self._storage.begin(self.slack.team_id) as tx:
            tx.people.request_profiles(people, self.slack.calendar.now())
        self.settle()

    @contextmanager
    def database(self) -> Iterator[Transaction]:
        with self._storage.read(self.slack.team_id) as tx:
            yield tx

    def posted(self) -> Counter[str]:
        """How often Slack took each notice, by its opaque id."""
        posts = [call for call in self.slack.calls if call.method == "chat.postMessage" and call.ok]
        return Counter(_opaque(call.args) for call in posts)

    def close(self) -> None:
        self.killer.victim = None
        self._process.kill()
        self._process.wait(PATIENCE)
        _close(self._process)
        self._storage.close()

    def _start(self) -> "subprocess.Popen[str]":
        ahead = self.deaths * _A_LEASE_LATER
        clocks = [self.slack.calendar.now().isoformat(), str(ahead.total_seconds())]
        command = [sys.executable, "-m", "tests.journeys.living_bot", *clocks]
        process = subprocess.Popen(
            command,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **self._variables},
            cwd=self._database.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        self.killer.victim = process
        if process.stdout.readline() == "ready\n":
            self._wait_connected(process)
        return process

    def _wait_connected(self, process: "subprocess.Popen[str]") -> None:
        """Return once `process` is connected, or dead."""
        for _ in range(int(PATIENCE / GLANCE)):
            try:
                return self.slack.wait_connected(GLANCE)
            except TimeoutError:
                if process.poll() is not None:
                    return None
        raise AssertionError("the bot did not connect")

    def _settled(self) -> bool:
        """Whether the bot has lived to say that it is done."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(f"{self.slack.calendar.now().isoformat()}\n")
            process.stdin.flush()
            return process.stdout.readline() == "settled\n"
        except BrokenPipeError:
            return False

    def _bury_and_start_again(self) -> None:
        assert self._process.wait(PATIENCE) == -9, "it died by itself"
        _close(self._process)
        self.deaths += 1
        self._process = self._start()


@contextmanager
def killed_world(
    slack: Sandbox, variables: dict[str, str], database: Path, killer: ProcessKiller
) -> Iterator[KilledWorld]:
    """The bot at work for `slack`, and not for long."""
    hold, send = slack.faults.take_delay, slack._transport.send

    def holding(method: str) -> float:
        killer.point(method)
        return hold(method)

    def sending(*args: Any, **kwargs: Any) -> Any:
        killer.point()
        return send(*args, **kwargs)

    setattr(slack.faults, "take_delay", holding)  # noqa: B010 - methods of this one sandbox
    setattr(slack._transport, "send", sending)  # noqa: B010
    world = KilledWorld(slack, variables, database, killer)
    slack.timeline = world
    try:
        yield world
    finally:
        world.close()


def _opaque(args: Any) -> str:
    return str(args["metadata"]["event_payload"]["id"])


def _close(process: "subprocess.Popen[str]") -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe:
            try:
                pipe.close()
            except BrokenPipeError:
                continue
