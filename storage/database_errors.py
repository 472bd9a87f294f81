"""What an error of the database driver means for the app admin: one sentence, and whether it may pass by itself."""

import re
import sqlite3
from collections.abc import Mapping

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

DRIVER_ERRORS = (DBAPIError, PoolTimeout, sqlite3.Error)
"""What a statement or a connection can raise that the database is the cause of."""


ONLY_RUN = (
    "Only `mentor-bot run` creates a database. Run this command in the same directory as `run`, or correct "
    "DATABASE_URL."
)


class DatabaseUnusable(Exception):
    """The database cannot be used until somebody changes something. `args[0]` is a sentence for the operator, and
    never contains a password.
    """


class NoDatabase(DatabaseUnusable):
    """There is no database yet, and this command does not create one."""


class DatabaseUnavailable(DatabaseUnusable):
    """The database cannot be used now: it is away, starting or locked. That may pass by itself."""


_SQLITE: Mapping[int, tuple[type[DatabaseUnusable], str]] = {
    sqlite3.SQLITE_PERM: (
        DatabaseUnusable,
        "The database {} cannot be opened: the bot’s user may not use it. Make that user the owner of the file.",
    ),
    sqlite3.SQLITE_BUSY: (DatabaseUnavailable, "The database {} is locked by another program."),
    sqlite3.SQLITE_LOCKED: (DatabaseUnavailable, "The database {} is locked by another program."),
    sqlite3.SQLITE_PROTOCOL: (DatabaseUnavailable, "The database {} is locked by another program."),
    sqlite3.SQLITE_NOMEM: (DatabaseUnavailable, "The database {} cannot be used: there is not enough memory."),
    sqlite3.SQLITE_READONLY: (
        DatabaseUnusable,
        "The database {} cannot be written: the file, its folder or the disk is read-only. Let the bot’s user write "
        "there.",
    ),
    sqlite3.SQLITE_IOERR: (
        DatabaseUnusable,
        "The database {} cannot be read or written: the disk is full, over its quota, or damaged. Check it.",
    ),
    sqlite3.SQLITE_CORRUPT: (DatabaseUnusable, "The database {} is damaged. Stop the bot and restore a backup."),
    sqlite3.SQLITE_FULL: (DatabaseUnusable, "The database {} cannot be written: the disk is full. Free some space."),
    sqlite3.SQLITE_CANTOPEN: (
        DatabaseUnusable,
        "The database {} cannot be opened. Check that the file and its folder exist, and that the bot’s user may write "
        "there.",
    ),
    sqlite3.SQLITE_AUTH: (DatabaseUnusable, "The database {} cannot be opened: the bot’s user may not use it."),
    sqlite3.SQLITE_NOTADB: (
        DatabaseUnusable,
        "The database {} cannot be opened: the file is not a SQLite database. Correct DATABASE_URL.",
    ),
}
"""By primary result code (https://www.sqlite.org/rescode.html)."""

_AWAY = (DatabaseUnavailable, "The database {} does not answer. Check that PostgreSQL is running and can be reached.")
_STARTING = (DatabaseUnavailable, "The database {} does not answer: PostgreSQL is starting, or stopping.")
_CROWDED = (DatabaseUnavailable, "The database {} accepts no more connections at the moment.")
_SHORT = (DatabaseUnavailable, "The database {} cannot be used: the server is short of memory or of another resource.")
_LOCKED = (DatabaseUnavailable, "The database {} is locked by another program.")
_STOPPED = (DatabaseUnavailable, "The database {} stopped a statement that took too long.")
_REFUSED = (
    DatabaseUnusable,
    "The database {} cannot be opened: PostgreSQL refuses the user, the password or the connection. Check DATABASE_URL "
    "and the server’s pg_hba.conf.",
)
_MISSING = (
    DatabaseUnusable,
    "The database {} cannot be opened: PostgreSQL has no database, or no user, of this name. Create it, or correct "
    "DATABASE_URL.",
)
_NOT_POSTGRESQL = (
    DatabaseUnusable,
    "The database {} cannot be opened: the server that answers there is not PostgreSQL. Correct the host and the port "
    "in DATABASE_URL.",
)
_NOT_AN_ADDRESS = (
    DatabaseUnusable,
    "The database {} cannot be opened: PostgreSQL’s library does not accept the options in DATABASE_URL. Correct them.",
)
_NO_TLS = (
    DatabaseUnusable,
    "The database {} cannot be opened: an encrypted connection, as DATABASE_URL asks for, is not possible. Check "
    "sslmode and the certificates.",
)
_READ_ONLY = (
    DatabaseUnusable,
    "The database {} cannot be written: PostgreSQL is read-only, perhaps because it is a standby. Use the primary "
    "server.",
)
_FORBIDDEN = (
    DatabaseUnusable,
    "The database {} cannot be used: PostgreSQL does not let this user create or change tables. Make the user its "
    "owner.",
)
_FULL = (DatabaseUnusable, "The database {} cannot be written: the server’s disk is full. Free some space.")
_BROKEN_DISK = (
    DatabaseUnusable,
    "The database {} cannot be read or written: the server’s disk reports an error. Check PostgreSQL’s log.",
)
_DAMAGED = (DatabaseUnusable, "The database {} is damaged. Stop the bot, check PostgreSQL’s log and restore a backup.")

_POSTGRESQL: Mapping[str, tuple[type[DatabaseUnusable], str]] = {
    "08": _AWAY,
    "25006": _READ_ONLY,
    "28": _REFUSED,
    "3D000": _MISSING,
    "42501": _FORBIDDEN,
    "53100": _FULL,
    "53300": _CROWDED,
    "53": _SHORT,
    "55P03": _LOCKED,
    "55006": _LOCKED,
    "57014": _STOPPED,
    "57P04": _MISSING,
    "57P": _STARTING,
    "58": _BROKEN_DISK,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
"""By SQLSTATE, or its beginning (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

_CONNECTING: tuple[tuple[str, tuple[type[DatabaseUnusable], str]], ...] = (
    (r"received invalid response|expected authentication request from server, but", _NOT_POSTGRESQL),
    (r"starting up|shutting down|recovery", _STARTING),
    (r"too many (clients|connections)|connection slots", _CROWDED),
    (r"certificate|does not support SSL|sslmode|SSL (connection|off|on)\b.*required", _NO_TLS),
    (r"authentication failed|no password supplied|pg_hba\.conf|permission denied|not permitted to log in", _REFUSED),
    (r"(database|role) .* does not exist|not currently accepting connections", _MISSING),
)
"""Patterns of the messages of a connection that failed or has ended: they have no SQLSTATE. In another language the
server's own messages match none of them, and the database counts as away.
"""


def failure_of(error: BaseException, database: str) -> DatabaseUnusable | None:
    """What one of DRIVER_ERRORS says about `database` (its name for people); None if the error is in our statement."""
    if isinstance(error, PoolTimeout):
        return DatabaseUnavailable(_CROWDED[1].format(database))
    is_connecting = getattr(error, "statement", None) is None
    found = _found(getattr(error, "orig", None) or error, is_connecting=is_connecting)
    return found[0](found[1].format(database)) if found else None


def _found(error: BaseException, *, is_connecting: bool) -> tuple[type[DatabaseUnusable], str] | None:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return _SQLITE.get(code & 0xFF) if isinstance(code, int) else None
    state = getattr(error, "sqlstate", None)
    if state:
        return next((found for length in (5, 3, 2) if (found := _POSTGRESQL.get(state[:length]))), None)
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "OperationalError" in kinds:
        said = str(error)
        return next((found for pattern, found in _CONNECTING if re.search(pattern, said)), _AWAY)
    return _NOT_AN_ADDRESS if is_connecting and "ProgrammingError" in kinds else None
