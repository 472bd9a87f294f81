"""Background tasks: work that takes longer than an acknowledgement may."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from services.errors import report_error


class BackgroundTasks:
    """Runs tasks one by one on a worker thread. Tasks that have not started when the bot stops are dropped."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")

    def run(self, work: Callable[[], None]) -> None:
        """Queue `work` and return at once. Its errors are logged."""
        self._thread.submit(run_logged, work)

    def wait(self) -> None:
        """Wait until everything that is queued now is done."""
        self._thread.submit(lambda: None).result()

    def close(self) -> None:
        """Finish the current task and drop the others."""
        self._thread.shutdown(wait=True, cancel_futures=True)


def run_logged(work: Callable[[], None]) -> None:
    """Run `work` and log its errors, which an executor would swallow."""
    try:
        work()
    except Exception as error:
        report_error(error)
