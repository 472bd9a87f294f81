"""One `run` for each SQLite file; `tick`, `match`, `people` and `doctor` work beside it.

The lock is the operating system's, on a file beside the database: it is let go when the process dies, however it dies.
PostgreSQL takes any number of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_PATIENCE_SECONDS = 2.0
"""For one that is just ending, or a doctor who is looking."""


class AlreadyRunning(Exception):
    """`args[0]` is one sentence for the operator: another `run` is at work, or nobody can know whether one is."""


@contextmanager
def single_instance(database: Path | None) -> Iterator[None]:
    """Be the one `run` of this SQLite file (None: PostgreSQL). Raises AlreadyRunning."""
    if database is None:
        yield
        return
    lock = _lock(database)
    try:
        lock.acquire(timeout=_PATIENCE_SECONDS)
    except Timeout:
        raise AlreadyRunning(
            f"Another `mentor-bot run` is at work on {database.resolve()}. Stop that one first, or give this one a "
            "database of its own."
        ) from None
    except (OSError, NotImplementedError) as error:
        raise AlreadyRunning(
            f"The lock file {lock.lock_file} cannot be used ({type(error).__name__}). It must be a file in a folder "
            "in which the bot’s user may write, and nobody else’s."
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_locked(database: Path) -> bool:
    """Whether a `run` is at work on this SQLite file. Makes no file, which might belong to the wrong user. Raises
    AlreadyRunning where that cannot be known.
    """
    lock = _lock(database)
    if not Path(lock.lock_file).exists():
        return False
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    except (OSError, NotImplementedError) as error:
        raise AlreadyRunning(f"The lock file {lock.lock_file} cannot be used ({type(error).__name__}).") from None
    lock.release()
    return False


def _lock(database: Path) -> FileLock:
    """The same file for whoever reaches the database by another path."""
    file = database.resolve()
    return FileLock(file.with_name(f"{file.name}.lock"), mode=0o600, thread_local=False)
