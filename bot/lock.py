"""One `run` for each SQLite file; `tick`, `match`, `people` and `doctor` work beside it.

The lock is the operating system's, on a file beside the database, and is released when the process ends, however it
ends. PostgreSQL allows any number of `run` processes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_WAIT_SECONDS = 2.0
"""Long enough for a `run` that is just ending, or for `doctor`, which takes the lock for a moment."""


class AlreadyRunning(Exception):
    """`args[0]` is one message for the app admin: another `run` holds the lock, or the lock cannot be used."""


@contextmanager
def single_instance(database: Path | None) -> Iterator[None]:
    """Hold the lock of this SQLite file (None: PostgreSQL). Raises AlreadyRunning."""
    if database is None:
        yield
        return
    lock = _lock(database)
    try:
        lock.acquire(timeout=_WAIT_SECONDS)
    except Timeout:
        raise AlreadyRunning(
            f"Another mentor-bot is using {database.resolve()}. Stop that one first, or use another database."
        ) from None
    except (OSError, NotImplementedError) as error:
        raise AlreadyRunning(
            f"The lock file {lock.lock_file} cannot be used ({type(error).__name__}). It must be a file of the bot’s "
            "user, in a folder where that user may write."
        ) from None
    try:
        yield
    finally:
        lock.release()


def is_locked(database: Path) -> bool:
    """Whether a `run` uses this SQLite file. Creates no file, which might belong to the wrong user. Raises
    AlreadyRunning if the lock cannot be checked.
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
    """The same lock by whatever path the database is opened."""
    file = database.resolve()
    return FileLock(file.with_name(f"{file.name}.lock"), mode=0o600, thread_local=False)
