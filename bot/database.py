"""Opening the database for a command: waiting for one that is away or locked, and upgrading its schema."""

import logging
from collections.abc import Callable
from datetime import timedelta
from time import sleep

from bot.clocks import Clock, real_now
from bot.settings import Settings
from storage import DatabaseUnavailable, Storage

log = logging.getLogger(__name__)

SILENCE = timedelta(seconds=5)
"""After so long it is said what is waited for."""
_PAUSE_SECONDS = 1.0

Pause = Callable[[float], object]
"""Waits for so many seconds. Returns something true if the command is told to stop."""


class ToldToStop(Exception):
    """The command was told to stop while it waited."""


def migrate(storage: Storage, settings: Settings, *, stopwatch: Clock = real_now, pause: Pause = sleep) -> None:
    """Wait until the database answers, for DATABASE_WAIT_SECONDS at most, and upgrade its schema.

    Raises DatabaseUnusable at once if waiting does not help, DatabaseUnavailable if it has not helped, and ToldToStop.
    """
    began, patience = stopwatch(), timedelta(seconds=settings.database_wait_seconds)
    is_said = False
    while True:
        try:
            storage.migrate(impatient=True)
        except DatabaseUnavailable as unavailable:
            waited = stopwatch() - began
            if waited >= patience:
                raise DatabaseUnavailable(f"{unavailable} {_gave_up(settings)}") from None
            if waited >= SILENCE and not is_said:
                log.warning("Waiting for the database, %d seconds at most. %s", patience.total_seconds(), unavailable)
                is_said = True
        else:
            if is_said:
                log.warning("The database answers now")
            return
        if pause(_PAUSE_SECONDS):
            raise ToldToStop


def _gave_up(settings: Settings) -> str:
    return f"Gave up after {settings.database_wait_seconds} seconds (DATABASE_WAIT_SECONDS). Nothing is lost."
