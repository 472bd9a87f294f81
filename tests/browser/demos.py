"""The real demo, running for a test: its local Slack and its bot."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.demo.run import SCENARIOS, Demo, DemoFolder
from sandbox import Sandbox, Scenario
from tests.local_bot import PATIENCE, wait_until

DAY = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
"""A Monday, so that the pictures show the same days whenever they are taken."""


@contextmanager
def running_demo(
    folder: Path, scenarios: Sequence[Scenario[Sandbox]] = SCENARIOS, *, seconds: float = PATIENCE
) -> Iterator[Demo]:
    """The demo with these scenarios, on DAY. The first one has been played, since until then the page acts for nobody;
    `seconds` are the most that this may take.
    """
    demo = Demo(DemoFolder(folder), 0, "", [replace(scenario, starts_at=lambda now: DAY) for scenario in scenarios])
    over = threading.Event()
    running = threading.Thread(target=demo.run, args=(over.wait,))
    running.start()
    try:
        wait_until(lambda: demo.sandbox.is_played, "the scenario does not end", seconds=seconds)
        yield demo
    finally:
        over.set()
        running.join()
