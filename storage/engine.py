"""Opens the database (SQLite or PostgreSQL) and upgrades its schema."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
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

from storage.database_errors import ONLY_RUN, DatabaseUnusable, NoDatabase

__all__ = ["DatabaseUnusable"]

BUSY_SECONDS = 10
"""How long a transaction waits for another one: longer than any of ours takes, but not too long for a person."""
CONNECT_SECONDS = 5
"""How long an attempt to connect to PostgreSQL may take. The address may set another `connect_timeout`."""
IMPATIENT_SECONDS = 3
"""How long checks, and an upgrade that is tried again, wait for a lock."""
_LOST_CONNECTION = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""A network that swallows everything is noticed within a minute (https://www.postgresql.org/docs/current/libpq-connect.html)."""


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
    options = {"connect_timeout": CONNECT_SECONDS, **_LOST_CONNECTION}
    # Regardless of the server's default: after waiting for the row lock, a transaction must see what was committed.
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args={name: value for name, value in options.items() if name not in url.query},
    )
    event.listen(engine, "handle_error", _without_detail)
    event.listen(engine, "connect", _prepare_postgresql)
    return engine


def _prepare_postgresql(connection: Any, _record: object) -> None:
    # Set here and not as a start-up option, which connection poolers refuse.
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout TO {BUSY_SECONDS * 1000}")
    connection.commit()


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
    try:
        # Created here and not by SQLite, so that the file is never readable by others.
        os.close(os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), 0o600))
        path.chmod(0o600)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not create:
            raise NoDatabase(f"DATABASE_URL names {path.absolute()}, and there is no such file. {ONLY_RUN}") from None
        raise DatabaseUnusable(
            f"DATABASE_URL names {path.absolute()}, which cannot be opened: {error.strerror}."
        ) from None
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS, "cached_statements": 500})
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # turns off the driver's implicit transactions; SQLAlchemy begins them
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    # SQLite does not wait if two processes open a new file at once: one of them gets SQLITE_BUSY. So waiting is done
    # here, and SQLite's own is off, since both together would take minutes while another program holds the file.
    _set_busy_timeout(connection, 0)
    for tries_left in reversed(range(IMPATIENT_SECONDS * 20)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            break
        except sqlite3.OperationalError as error:
            if not tries_left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            sleep(0.05)
    _set_busy_timeout(connection, BUSY_SECONDS)


def _set_busy_timeout(connection: Any, seconds: int) -> None:
    connection.execute(f"PRAGMA busy_timeout={seconds * 1000}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction. An exception rolls it back."""
    with engine.begin() as connection:
        _begin_in_sqlite(connection)
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that takes no lock, and is rolled back."""
    with engine.connect() as connection:
        _begin_in_sqlite(connection, reading=True)
        yield connection


@contextmanager
def begin_impatiently(engine: Engine, *, reading: bool = False) -> Iterator[Connection]:
    """A transaction that waits for a lock no longer than IMPATIENT_SECONDS. One for `reading` is rolled back."""
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        if is_sqlite:
            _set_busy_timeout(driver, IMPATIENT_SECONDS)
        try:
            with connection.begin() as transaction:
                _begin_in_sqlite(connection, reading=reading)
                if not is_sqlite:
                    connection.execute(text(f"SET LOCAL lock_timeout TO {IMPATIENT_SECONDS * 1000}"))
                yield connection
                if reading:
                    transaction.rollback()
        finally:
            if is_sqlite:
                _set_busy_timeout(driver, BUSY_SECONDS)


def _begin_in_sqlite(connection: Connection, *, reading: bool = False) -> None:
    # Take the write lock at the start, so that nothing changes between a transaction's reads and its writes. A listener
    # to SQLAlchemy's `begin` would do the same, and make every statement a fifth slower.
    if connection.dialect.name == "sqlite":
        driver: Any = connection.connection.driver_connection
        driver.execute("BEGIN" if reading else "BEGIN IMMEDIATE")


_ADVISORY_LOCK = 7_352_016_001
"""PostgreSQL advisory lock: one process migrates, others wait."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def upgrade(engine: Engine, revision: str = "head", *, impatient: bool = False, create: bool = True) -> None:
    """Upgrade the schema in one transaction, so that a crash leaves the old schema intact.

    An `impatient` upgrade does not wait for a lock, such as another upgrade's, and may be tried again. Raises
    DatabaseUnusable if a newer version has upgraded it already, and NoDatabase for an empty one unless `create`.
    """
    config = _config()
    with begin_impatiently(engine) if impatient else writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        found = _revision(connection)
        if revision == "head" and found == head():
            return  # saves Alembic reading all of its scripts
        _require_known(found, engine)
        if found is None and not create:
            raise NoDatabase(f"The database {display_name(engine)} is empty. {ONLY_RUN}")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def current(engine: Engine) -> str | None:
    """The schema revision of the database; None if there is no schema yet. Raises DatabaseUnusable for a newer one."""
    with begin_impatiently(engine, reading=True) as connection:
        found = _revision(connection)
    _require_known(found, engine)
    return found


@cache
def head() -> str:
    """The newest schema revision."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None  # noqa: S101 - the first revision is part of the package
    return newest


def _require_known(revision: str | None, engine: Engine) -> None:
    if revision not in (None, head()) and revision not in _known():
        raise DatabaseUnusable(
            f"The database {display_name(engine)} is at revision {revision}, which this version of mentor-bot does not "
            "know. A newer version has upgraded it. Install that version, or restore the backup made before."
        )


@cache
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _revision(connection: Connection) -> str | None:
    """The revision; several, which no version of ours leaves behind, are named together."""
    heads = MigrationContext.configure(connection).get_current_heads()
    return ", ".join(sorted(heads)) if heads else None


def display_name(engine: Engine) -> str:
    """The SQLite file with its absolute path, or the address of a PostgreSQL database without passwords."""
    url = engine.url
    if engine.dialect.name == "sqlite":
        return str(Path(url.database or "").absolute())
    query = {"host": host} if (host := url.query.get("host")) else {}
    return URL.create("postgresql", url.username, None, url.host, url.port, url.database, query).render_as_string()
