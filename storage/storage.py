"""The entry point to the database: transactions, migration and commit listeners."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, text

from storage import engine
from storage.conflicts import Conflict, translating_errors
from storage.database_errors import DRIVER_ERRORS, DatabaseUnavailable, DatabaseUnusable
from storage.engine import open_engine
from storage.repository import WORKSPACE_PARAM, TransactionContext
from storage.tables import WorkspaceRow
from storage.transaction import Transaction


class Storage:
    """One database. Safe to share between threads; `close` it when done."""

    def __init__(self, url: str, *, create: bool = True) -> None:
        """Prepare `url`: create an empty SQLite file if there is none, but do not connect. Raises DatabaseUnusable.

        Unless `create`, neither a file nor tables are created: a database that does not exist yet raises NoDatabase.
        """
        self._engine: Engine = open_engine(url, create=create)
        self._create = create
        self.name = engine.display_name(self._engine)
        """The absolute path of the SQLite file, or the address of the PostgreSQL database without passwords."""
        self._listeners: list[Callable[[], None]] = []
        self.stopwatch: Callable[[], datetime] | None = None
        """The clock (aware) for the time at which notifications are enqueued; without it that time is not stored."""

    def migrate(self, *, impatient: bool = False) -> None:
        """Upgrade the schema to the newest revision. If `impatient`, do not wait for locks.

        Raises DatabaseUnusable, and DatabaseUnavailable if trying again may help.
        """
        with self._answering():
            engine.upgrade(self._engine, impatient=impatient, create=self._create)

    def revisions(self) -> tuple[str | None, str]:
        """The schema revision of the database (None if it is empty), and the newest one.

        Raises DatabaseUnusable, and DatabaseUnavailable if trying again may help.
        """
        with self._answering():
            return engine.current(self._engine), engine.head()

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every commit that may have left something to deliver."""
        self._listeners.append(listener)

    @contextmanager
    def begin(self, workspace: str) -> Iterator[Transaction]:
        """A transaction for reading and writing, one at a time per workspace. An exception rolls it back.

        Calls the commit listeners afterwards. Raises Conflict if another transaction was faster, DatabaseBusy if one
        holds the database for too long, and DatabaseUnusable if the database cannot be reached, read or written.
        """
        with self._translating(), engine.writing(self._engine) as connection:
            yield Transaction(_locked(connection, workspace), self.stopwatch)
        for listener in self._listeners:
            listener()

    @contextmanager
    def read(self, workspace: str) -> Iterator[Transaction]:
        """A read-only transaction, which takes no lock. Raises Conflict and DatabaseUnusable as `begin` does."""
        with self._translating(), engine.reading(self._engine) as connection:
            yield Transaction(TransactionContext(connection, workspace), self.stopwatch)

    @contextmanager
    def begin_unlocked(self, workspace: str) -> Iterator[Transaction]:
        """A transaction for delivery bookkeeping: does not lock the workspace, and does not call commit listeners."""
        with self._translating(), engine.writing(self._engine) as connection:
            yield Transaction(TransactionContext(connection, workspace), self.stopwatch)

    def workspaces(self) -> tuple[str, ...]:
        """The ids of all workspaces in the database."""
        with self._translating(), engine.reading(self._engine) as connection:
            return tuple(connection.scalars(select(WorkspaceRow.workspace).order_by(WorkspaceRow.workspace)))

    def is_reachable(self) -> bool:
        """Whether the database can be read."""
        return self._works(self.check_reading)

    def is_writable(self) -> bool:
        """Whether a change can be saved."""
        return self._works(self.check_writing)

    def check_reading(self) -> None:
        """Read something. Raises DatabaseUnusable, and DatabaseUnavailable if that may pass."""
        self._check("SELECT version_num FROM alembic_version", reading=True)

    def check_writing(self) -> None:
        """Save something that changes nothing: a full disk shows only then. Raises as `check_reading` does."""
        self._check("UPDATE alembic_version SET version_num = version_num")

    def _check(self, statement: str, *, reading: bool = False) -> None:
        if self.file and not self.file.exists():  # SQLite goes on with a deleted file, and loses it at the end
            raise DatabaseUnusable(f"The database {self.name} was deleted, or moved. Restore it, and start again.")
        with self._answering(), engine.begin_impatiently(self._engine, reading=reading) as connection:
            connection.execute(text(statement))

    @staticmethod
    def _works(check: Callable[[], None]) -> bool:
        try:
            check()
        except DatabaseUnusable:
            return False
        return True

    def purge_erased_bytes(self) -> bool:
        """Remove erased data from SQLite's write-ahead log. Returns False if a reader is in the way; then try again."""
        if self._engine.dialect.name == "sqlite":
            with self._translating():
                connection = self._engine.raw_connection()
                try:
                    is_busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                finally:
                    connection.close()
            return not is_busy
        return True

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None."""
        url = self._engine.url
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    def close(self) -> None:
        self._engine.dispose()

    def _translating(self) -> AbstractContextManager[None]:
        return translating_errors(self.name)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Raise DatabaseUnusable, with a sentence for the operator, if connecting or a query fails."""
        try:
            with self._translating():
                yield
        except Conflict:
            raise DatabaseUnavailable(f"The database {self.name} is locked by another program.") from None
        except DatabaseUnusable as error:
            raise error from None
        except DRIVER_ERRORS as error:
            kind = type(getattr(error, "orig", None) or error).__name__
            raise DatabaseUnusable(f"The database {self.name} cannot be used: {kind}.") from None


_LOCK = select(WorkspaceRow).where(WorkspaceRow.workspace == WORKSPACE_PARAM).with_for_update()


def _locked(connection: Connection, workspace: str) -> TransactionContext:
    """Lock the workspace for writing. In PostgreSQL this locks its row; SQLite's BEGIN IMMEDIATE has locked already."""
    values = {"workspace": workspace}
    row = connection.execute(_LOCK, values).first()
    if row is None:
        connection.execute(insert(WorkspaceRow), {**values, "tombstone_key": secrets.token_hex(32)})
        row = connection.execute(_LOCK, values).first()
    return TransactionContext(connection, workspace, {(WorkspaceRow, workspace): row})
