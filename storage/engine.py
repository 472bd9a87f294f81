"""Opening a database: SQLite in a private file with every commit on disk, or PostgreSQL."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

BUSY_SECONDS = 10
"""How long a transaction waits for another process's; longer than any of ours takes, shorter than people are
patient.
"""


class DatabaseUnusable(Exception):
    """The database cannot be opened. `args[0]` is one sentence for the operator; it never holds a password."""


def open_engine(url: str) -> Engine:
    """An engine for `url` (sqlite:///… or postgresql://…). Raises DatabaseUnusable.

    SQLite: WAL, `synchronous=FULL` (a commit survives a power cut), foreign keys on, erased bytes overwritten, file
    mode 0600.
    """
    try:
        parsed = make_url(url)
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        if parsed.get_backend_name() not in ("sqlite", "postgresql"):
            raise DatabaseUnusable("DATABASE_URL must begin with sqlite:/// or postgresql://.")
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed.database, parsed)
        return create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError):
        raise DatabaseUnusable("DATABASE_URL is not a database address: try sqlite:///mentor-bot.db.") from None


def _sqlite(database: str | None, url: Any) -> Engine:
    if not database or database == ":memory:":
        raise DatabaseUnusable("DATABASE_URL must name a file, for what people send must survive a restart.")
    path = Path(database)
    try:
        # Made here rather than by SQLite, so that it is never readable by others, not even for a moment.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise DatabaseUnusable(f"DATABASE_URL names {path}, which cannot be opened: {error.strerror}.") from None
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins; the driver's own habits stay out of it
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # A write lock from the start: a transaction that reads, decides and keeps never finds its ground moved.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
