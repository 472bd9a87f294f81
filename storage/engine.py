"""Opens the database (SQLite or PostgreSQL) and upgrades its schema."""

import os
import sqlite3
from functools import cache
from pathlib import Path
from time import sleep
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

BUSY_SECONDS = 10
"""How long a transaction waits for another one: longer than any of ours takes, but not too long for a person."""


class DatabaseUnusable(Exception):
    """The database cannot be opened. `args[0]` is a sentence for the operator and never contains a password."""


def open_engine(url: str, *, create: bool = True) -> Engine:
    """Create an engine for `url` (sqlite:///… or postgresql://…).

    SQLite uses WAL, `synchronous=FULL` (commits survive a power cut), foreign keys, `secure_delete` and file mode 0600.

    Raises DatabaseUnusable, also if there is no SQLite file and `create` is false.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # make_url raises ValueError for a port that is not a number, and quotes it
        raise DatabaseUnusable("DATABASE_URL is not a database address: try sqlite:///mentor-bot.db.") from None
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed.set(drivername="sqlite"), create=create)
        case "postgres" | "postgresql":
            return _postgresql(parsed.set(drivername="postgresql+psycopg"))
        case _:
            raise DatabaseUnusable("DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _postgresql(url: URL) -> Engine:
    # Regardless of the server's default: after waiting for the row lock, a transaction must see what was committed.
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, isolation_level="READ COMMITTED")
    event.listen(engine, "handle_error", _without_detail)
    return engine


def _without_detail(context: ExceptionContext) -> None:
    # PostgreSQL's DETAIL quotes the refused row, and logs must not contain what people wrote.
    error = context.original_exception
    message = getattr(getattr(error, "diag", None), "message_primary", None)
    if message:
        error.args = (message,)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = (f"({type(error).__name__}) {message}",)


def _sqlite(url: URL, *, create: bool) -> Engine:
    database = url.database
    if not database or database == ":memory:" or "uri" in url.query:
        raise DatabaseUnusable("DATABASE_URL must name a file, for what people send must survive a restart.")
    path = Path(database)
    if not create and not path.exists():
        raise DatabaseUnusable(f"DATABASE_URL names {path.absolute()}, and there is no such file yet.")
    try:
        # Created here and not by SQLite, so that the file is never readable by others.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise DatabaseUnusable(f"DATABASE_URL names {path}, which cannot be opened: {error.strerror}.") from None
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # turns off the driver's implicit transactions; SQLAlchemy begins them
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    # The busy timeout does not apply here: if two processes open a new file at once, one of them gets SQLITE_BUSY.
    for tries_left in reversed(range(BUSY_SECONDS * 20)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if not tries_left or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            sleep(0.05)


def _begin_sqlite(connection: Any) -> None:
    # Take the write lock at the start, so that nothing changes between a transaction's reads and its writes.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


_ADVISORY_LOCK = 7_352_016_001
"""PostgreSQL advisory lock: one process migrates, others wait."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Upgrade the schema in one transaction, so that a crash leaves the old schema intact."""
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        if revision == "head" and _revision(connection) == head():
            return  # saves Alembic reading all of its scripts
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def current(engine: Engine) -> str | None:
    """The schema revision of the database; None if there is no schema yet."""
    with engine.execution_options(reading=True).connect() as connection:
        return _revision(connection)


@cache
def head() -> str:
    """The newest schema revision."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None  # noqa: S101 - the first revision is part of the package
    return newest


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
