"""Isolating the items of a loop: one that fails is logged and tried again later, and the others go on."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from mentoring.core.failures import WorkItem
from services.errors import report_error
from storage import DatabaseBusy, Storage

log = logging.getLogger(__name__)

T = TypeVar("T")


def run_isolated(
    storage: Storage, workspace: str, item: WorkItem, work: Callable[[], T], *, stopwatch: datetime
) -> T | None:
    """Run `work` and return its result. If it fails, log and record that, and return None.

    `stopwatch` (aware) is now. Raises what `work` raised if that cannot be recorded, because then the database is the
    cause and the other items would fail too. For the same reason it raises DatabaseBusy at once.
    """
    try:
        return work()
    except DatabaseBusy:
        raise
    except Exception as error:  # noqa: BLE001 - any item may fail, and the others go on
        reference = report_error(error)
        try:
            record_failure(
                storage, workspace, item, reference=reference, error=type(error).__name__, stopwatch=stopwatch
            )
        except Exception as unrecorded:
            raise error from unrecorded
    return None


def record_failure(
    storage: Storage, workspace: str, item: WorkItem, *, reference: str, error: str, stopwatch: datetime
) -> None:
    """Record that an item failed at `stopwatch` (aware). `error` is a type or a code, never the text of an error."""
    with storage.begin(workspace) as tx:
        if tx.erasure.is_erased(item.person):
            return
        failure = tx.failures.record(item, reference=reference, error=error, now=stopwatch)
    log.error(
        "Reference %s: a %s failed %d times; tried again at %s",
        reference,
        item.kind,
        failure.attempts,
        failure.retry_at.isoformat(timespec="minutes"),
    )
