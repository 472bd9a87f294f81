"""The door to the database: transactions, and who is told when one has committed."""

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
        """Raises DatabaseUnusable when `url` cannot be opened. Nothing is read or written yet but an empty SQLite
        file.
        """
        self._engine: Engine = open_engine(url, create=create)
        self._reader = self._engine.execution_options(reading=True)
        self._listeners: list[Callable[[], None]] = []
        self.stopwatch: Callable[[], datetime] | None = None
        """By which (aware) it is put down since when something is owed; where there is none, it is not."""

    def migrate(self) -> None:
        """Bring the schema up to date, keeping all data. Raises DatabaseUnusable when the database does not answer."""
        with self._answering():
            engine.upgrade(self._engine)

    def revisions(self) -> tuple[str | None, str]:
        """The revision the database is at (None: empty), and the newest there is. Raises DatabaseUnusable."""
        with self._answering():
            return engine.current(self._engine), engine.head()

    def on_commit(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every commit that may have left something to deliver."""
        self._listeners.append(listener)

    @contextmanager
    def begin(self, workspace: str) -> Iterator[Transaction]:
        """One transaction that reads, decides and keeps; one at a time a workspace. Leaving it with an error keeps
        nothing.

        Raises Conflict where a unique key, a version or the database itself says that somebody else was faster.
        """
        with translating_conflicts(), self._engine.begin() as connection:
            yield Transaction(_locked(connection, workspace), self.stopwatch)
        for listener in self._listeners:
            listener()

    @contextmanager
    def read(self, workspace: str) -> Iterator[Transaction]:
        """A transaction that only reads, and waits for nobody. Raises Conflict as `begin` does."""
        with translating_conflicts(), self._reader.connect() as connection:
            yield Transaction(TransactionContext(connection, workspace), self.stopwatch)

    @contextmanager
    def begin_unlocked(self, workspace: str) -> Iterator[Transaction]:
        """A transaction that notes what became of a delivery: it decides nothing, waits for no rule and wakes
        nobody.
        """
        with self._engine.begin() as connection:
            yield Transaction(TransactionContext(connection, workspace), self.stopwatch)

    def workspaces(self) -> tuple[str, ...]:
        """The ids of the workspaces that the database holds."""
        with self._reader.connect() as connection:
            return tuple(connection.scalars(select(WorkspaceRow.workspace).order_by(WorkspaceRow.workspace)))

    def is_reachable(self) -> bool:
        """Whether the database answers now."""
        try:
            with self._reader.connect() as connection:
                connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def purge_erased_bytes(self) -> None:
        """Leave no erased byte behind in SQLite's log."""
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
        """The database's address without its password."""
        return self._engine.url.render_as_string(hide_password=True)

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Whatever keeps us from connecting, and an answer that does not come in time, become one sentence."""
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
    """One writer a workspace: SQLite's BEGIN IMMEDIATE has it already, PostgreSQL locks the workspace's row."""
    here = {"workspace": workspace}
    row = connection.execute(_LOCK, here).first()
    if row is None:
        connection.execute(insert(WorkspaceRow), {**here, "tombstone_key": secrets.token_hex(32)})
        row = connection.execute(_LOCK, here).first()
    return TransactionContext(connection, workspace, {(WorkspaceRow, workspace): row})
