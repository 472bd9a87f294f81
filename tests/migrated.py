"""A SQLite database with the newest schema, made once in each process."""

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from storage import Storage


@cache
def migrated() -> Path:
    """A database brought up to date once, without any row, to be copied."""
    folder = Path(mkdtemp(prefix="mentor-bot-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "migrated.db"
    storage = Storage(f"sqlite:///{path}")
    storage.migrate()
    storage.purge_erased_bytes()
    storage.close()
    return path
