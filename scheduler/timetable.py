"""The timetable: it only ticks. What is due, and that it was done, lives in tables."""

from collections.abc import Callable
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler

EVERY_SECONDS = 60


def timetable(tick: Callable[[], object]) -> Any:
    """A scheduler, not yet started, that calls `tick` every minute; ticks that were missed count as one."""
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        tick, "interval", seconds=EVERY_SECONDS, id="tick", coalesce=True, max_instances=1, misfire_grace_time=None
    )
    return scheduler
