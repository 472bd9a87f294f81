"""Stands in until a delivery keeps a pace of its own: the same numbers, kept by the client that it writes with."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from benchmarks.delivering import AtOnce


@dataclass(frozen=True)
class Pace:
    """`per_minute` messages in the workspace, `burst` at once, of which `kept_back` for what people ask for."""

    per_minute: int = 240
    burst: int = 12
    kept_back: int = 4

    def least_seconds(self, messages: int) -> float:
        """How long so many messages to as many people take at the least."""
        return max(0, messages - (self.burst - self.kept_back)) * 60 / self.per_minute


def keeping(pace: Pace, after_post: Callable[[], None] = lambda: None) -> AtOnce:
    """A Slack that holds every post back until the pace allows it."""
    began = perf_counter()
    posted = 0

    def hold() -> None:
        nonlocal posted
        posted += 1
        early = began + pace.least_seconds(posted) - perf_counter()
        if early > 0:
            threading.Event().wait(early)
        after_post()

    return AtOnce(hold)
