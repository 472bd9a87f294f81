"""Opens a database, SQLite in a private file with every commit on disk or PostgreSQL, and upgrades its schema."""

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
"""How long a transaction waits for another process's; longer than any of ours takes, shorter than people are
patient.
"""


class DatabaseUnusable(Exception):
    """The database cannot be opened. `args[0]` is one sentence for the operator; it never holds a password."""


def open_engine(url: str, *, create: bool = True) -> Engine:
    """An engine for `url` (sqlite:///… or postgresql://…). Raises DatabaseUnusable; unless it may `create`
    one, also where there is no SQLite file.

    SQLite: WAL, `synchronous=FULL` (a commit survives a power cut), foreign keys on, erased bytes overwritten, file
    mode 0600.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError, and quotes what stands there
        raise DatabaseUnusable("DATABASE_URL is not a database address: try sqlite:///mentor-bot.db.") from None
    match parsed.get_backend_name():
        case "sqlite":
            return _sqlite(parsed.set(drivername="sqlite"), create=create)
        case "postgres" | "postgresql":
            return _postgresql(parsed.set(drivername="postgresql+psycopg"))
        case _:
            raise DatabaseUnusable("DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _postgresql(url: URL) -> Engine:
    # Whatever the server's own default: who has waited for the workspace's row must see what was kept meanwhile.
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, isolation_level="READ COMMITTED")
    event.listen(engine, "handle_error", _without_detail)
    return engine


def _without_detail(context: ExceptionContext) -> None:
    # PostgreSQL's DETAIL quotes the row that it refuses, and logs must not keep what people wrote.
    refusal = context.original_exception
    short = getattr(getattr(refusal, "diag", None), "message_primary", None)
    if short:
        refusal.args = (short,)
        if context.sqlalchemy_exception is not None:
            context.sqlalchemy_exception.args = (f"({type(refusal).__name__}) {short}",)


def _sqlite(url: URL, *, create: bool) -> Engine:
    database = url.database
    if not database or database == ":memory:" or "uri" in url.query:
        raise DatabaseUnusable("DATABASE_URL must name a file, for what people send must survive a restart.")
    path = Path(database)
    if not create and not path.exists():
        raise DatabaseUnusable(f"DATABASE_URL names {path.absolute()}, and there is no such file yet.")
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
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    # Of two processes that open a new file at once one is turned away here, for in this SQLite waits for nobody.
    for left in reversed(range(BUSY_SECONDS * 20)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if not left or error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            sleep(0.05)


def _begin_sqlite(connection: Any) -> None:
    # A write lock from the start: a transaction that reads, decides and keeps never finds its ground moved.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


_ADVISORY_LOCK = 7_352_016_001
"""PostgreSQL's lock under which one process migrates while others wait."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Upgrade in one transaction: after a crash in the middle the old schema stands, whole."""
    config = _config()
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        if revision == "head" and _revision(connection) == head():
            return  # Alembic reads all of its scripts to find that out
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def current(engine: Engine) -> str | None:
    """The database's revision; None where there is no schema yet."""
    with engine.execution_options(reading=True).connect() as connection:
        return _revision(connection)


@cache
def head() -> str:
    """The newest revision there is."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None  # noqa: S101 - the first revision is part of the package
    return newest


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
