"""The two clocks. They are read here and handed down; nothing else reads time.

The *calendar* says what is due and what day it is; a demo may hand in another. The *stopwatch* is always real: leases,
back-off, pacing, the age of a trigger.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives an aware moment."""


def real_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
