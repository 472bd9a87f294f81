"""A stretch of the calendar, while it is lived through and afterwards."""

import threading
from dataclasses import dataclass, field
from datetime import datetime

from sandbox.workspace.timeline import Passed


class AlreadyLivingError(RuntimeError):
    """Somebody moves the calendar already."""


@dataclass
class Life:
    """A stretch of the calendar: what has passed of it so far. `trouble` is a sentence when the app broke it off.

    `pace`: so many times as fast as real time it goes, at most; None: as fast as the app gets done. At a pace it is on
    its way to `heading`, and `ran_out` once nothing was due any more.
    """

    since: datetime
    to: datetime
    pace: float | None = None
    heading: datetime | None = None
    ran_out: bool = False
    passed: list[Passed] = field(default_factory=list)
    trouble: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
