"""What takes longer than an acknowledgement may: done one after the other, on a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from services.errors import report_error


class BackgroundTasks:
    """What is not begun when the bot stops is left undone: whoever gives an errand keeps what it is about."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="errands")

    def run(self, work: Callable[[], None]) -> None:
        """Do it after what was given before. Returns at once; what goes wrong is logged."""
        self._thread.submit(run_logged, work)

    def wait(self) -> None:
        """Return when all that was given so far is done."""
        self._thread.submit(lambda: None).result()

    def close(self) -> None:
        """Finish what is in hand."""
        self._thread.shutdown(wait=True, cancel_futures=True)


def run_logged(work: Callable[[], None]) -> None:
    """Do it, and log what goes wrong: an executor would keep it to itself."""
    try:
        work()
    except Exception as error:
        report_error(error)
