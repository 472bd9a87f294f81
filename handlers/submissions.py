"""Runs form submissions on worker threads, so that each is acknowledged in time, however long the database is busy."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any, Protocol, TypeVar

ANSWER_WITHIN = timedelta(seconds=2)
"""How long Slack waits for the result itself; it accepts an acknowledgement for three seconds."""

_Result = TypeVar("_Result")


class Submissions(Protocol):
    """Runs submissions, and says whether one is done in time to be acknowledged with its result."""

    def start(self, work: Callable[[], _Result]) -> "Future[_Result]": ...

    def is_done_in_time(self, started: "Future[Any]") -> bool: ...


class SubmissionThreads:
    """Runs submissions on `threads` worker threads."""

    def __init__(self, threads: int = 16) -> None:
        self._threads = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="submissions")

    def start(self, work: Callable[[], _Result]) -> "Future[_Result]":
        """Run `work`. Returns at once."""
        return self._threads.submit(work)

    def is_done_in_time(self, started: "Future[Any]") -> bool:
        """Wait for the result, but not longer than ANSWER_WITHIN."""
        return not wait([started], ANSWER_WITHIN.total_seconds()).not_done

    def close(self) -> None:
        """Finish what is running."""
        self._threads.shutdown(wait=True)
