"""The entry point to the database: transactions, migration and commit listeners."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from storage import engine
from storage.conflicts import translating_conflicts
from storage.engine import DatabaseUnusable, open_engine
from storage.repository import WORKSPACE_PARAM, TransactionContext
from storage.tables import WorkspaceRow
from storage.transaction import Transaction


class Storage:
    """One database. Safe to share between threads; `close` it when done."""

    def __init__(self, url: str, *, create: bool = True) -> None:
        """Prepare `url`: create an empty SQLite file if there is none, but do not connect. Raises DatabaseUnusable."""
        self._engine: Engine = open_engine(url, create=create)
        self._reader = self._engine.execution_options(reading=True)
        self._listeners: list[Callable[[], None]] = []
        self.stopwatch: Callable[[], datetime] | None = None
        """The clock (aware) for the time at which notifications are enqueued; without it that time is not stored."""

    def migrate(self) -> None:
        """Upgrade the schema to the newest revision. Raises DatabaseUnusable."""
        with self._answering():
            engine.upgrade(self._engine)

    def revisions(self) -> tuple[str | None, str]:
        """The schema revision of the database (None if it is empty), and the newest one. Raises DatabaseUnusable."""
        with self._answering():
            return engine.current(self._engine), engine.head()

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every commit that may have left something to deliver."""
        self._listeners.append(listener)

    @contextmanager
    def begin(self, workspace: str) -> Iterator[Transaction]:
        """A transaction for reading and writing, one at a time per workspace. An exception rolls it back.

        Calls the commit listeners afterwards. Raises Conflict if another transaction was faster, and DatabaseBusy if
        one holds the database for too long.
        """
        with translating_conflicts(), self._engine.begin() as connection:
            yield Transaction(_locked(connection, workspace), self.stopwatch)
        for listener in self._listeners:
            listener()

    @contextmanager
    def read(self, workspace: str) -> Iterator[Transaction]:
        """A read-only transaction, which takes no lock. Raises Conflict as `begin` does."""
        with translating_conflicts(), self._reader.connect() as connection:
            yield Transaction(TransactionContext(connection, workspace), self.stopwatch)

    @contextmanager
    def begin_unlocked(self, workspace: str) -> Iterator[Transaction]:
        """A transaction for delivery bookkeeping: does not lock the workspace, and does not call commit listeners."""
        with self._engine.begin() as connection:
            yield Transaction(TransactionContext(connection, workspace), self.stopwatch)

    def workspaces(self) -> tuple[str, ...]:
        """The ids of all workspaces in the database."""
        with self._reader.connect() as connection:
            return tuple(connection.scalars(select(WorkspaceRow.workspace).order_by(WorkspaceRow.workspace)))

    def is_reachable(self) -> bool:
        """Whether the database answers a query."""
        try:
            with self._reader.connect() as connection:
                connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def purge_erased_bytes(self) -> None:
        """Remove erased data from SQLite's write-ahead log."""
        if self._engine.dialect.name == "sqlite":
            connection = self._engine.raw_connection()
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    @property
    def file(self) -> Path | None:
        """The SQLite file, or None."""
        url = self._engine.url
        return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None

    @property
    def name(self) -> str:
        """The database URL without a password, also one among its parameters."""
        url = self._engine.url.difference_update_query(["password", "sslpassword"])
        return url.render_as_string(hide_password=True)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Raise DatabaseUnusable, with a sentence for the operator, if connecting or a query fails."""
        try:
            self._reader.connect().close()
        except DBAPIError as error:
            raise DatabaseUnusable(f"The database cannot be opened: {type(error.orig).__name__}.") from None
        try:
            yield
        except OperationalError as error:
            raise DatabaseUnusable(f"The database does not answer: {type(error.orig).__name__}.") from None


_LOCK = select(WorkspaceRow).where(WorkspaceRow.workspace == WORKSPACE_PARAM).with_for_update()


def _locked(connection: Connection, workspace: str) -> TransactionContext:
    """Lock the workspace for writing. In PostgreSQL this locks its row; SQLite's BEGIN IMMEDIATE has locked already."""
    values = {"workspace": workspace}
    row = connection.execute(_LOCK, values).first()
    if row is None:
        connection.execute(insert(WorkspaceRow), {**values, "tombstone_key": secrets.token_hex(32)})
        row = connection.execute(_LOCK, values).first()
    return TransactionContext(connection, workspace, {(WorkspaceRow, workspace): row})
