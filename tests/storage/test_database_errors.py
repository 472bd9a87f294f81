"""What the app admin reads of each error of the database, and whether it may pass by itself."""

import sqlite3
from collections.abc import Callable

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage import Conflict, DatabaseUnavailable, DatabaseUnusable, Storage
from storage.conflicts import DatabaseBusy
from storage.database_errors import failure_of
from tests.one_programme import owners_in, replace_owners
from tests.storage import postgresql
from tests.storage.rows import WORKSPACE, bare, grounded

NAME = "/srv/mentor-bot.db"


def sqlite_error(code: int) -> DBAPIError:
    error = sqlite3.OperationalError("what they wrote")
    error.sqlite_errorcode = code
    return OperationalError("UPDATE …", {}, error)


def state_error(state: str) -> DBAPIError:
    return OperationalError("UPDATE …", {}, psycopg.errors.lookup(state)("what they wrote"))


def connecting_error(said: str) -> DBAPIError:
    return OperationalError(None, None, psycopg.OperationalError(f"connection failed: {said}"))


PASSES = {
    "a lock": (sqlite_error(sqlite3.SQLITE_BUSY), "is locked"),
    "a recovery in another process": (sqlite_error(sqlite3.SQLITE_BUSY_RECOVERY), "is locked"),
    "no memory": (sqlite_error(sqlite3.SQLITE_NOMEM), "not enough memory"),
    "a lost connection": (state_error("08006"), "does not answer"),
    "a server that stops": (state_error("57P01"), "is starting, or stopping"),
    "too many connections": (state_error("53300"), "no more connections"),
    "a server without memory": (state_error("53200"), "short of memory"),
    "a lock in PostgreSQL": (state_error("55P03"), "is locked"),
    "a statement that was stopped": (state_error("57014"), "took too long"),
    "nothing at the port": (connecting_error('"127.0.0.1", port 1 failed: Connection refused'), "does not answer"),
    "no such host": (connecting_error("failed to resolve host 'db'"), "does not answer"),
    "no socket": (connecting_error("No such file or directory"), "does not answer"),
    "a server that starts": (connecting_error("FATAL:  the database system is starting up"), "is starting"),
    "a full server": (connecting_error("FATAL:  sorry, too many clients already"), "no more connections"),
    "words in another language": (connecting_error("FATAL:  il database non va"), "does not answer"),
    "a time-out": (OperationalError(None, None, psycopg.errors.ConnectionTimeout("expired")), "does not answer"),
    "a connection that was closed": (
        OperationalError("SELECT 1", {}, psycopg.OperationalError("the connection is closed")),
        "does not answer",
    ),
    "no free connection in the pool": (PoolTimeout("QueuePool limit"), "no more connections"),
}

LASTS = {
    "a full disk": (sqlite_error(sqlite3.SQLITE_FULL), "the disk is full"),
    "a disk that fails": (sqlite_error(sqlite3.SQLITE_IOERR_WRITE), "the disk is full, over its quota, or damaged"),
    "a file that may only be read": (sqlite_error(sqlite3.SQLITE_READONLY), "is read-only"),
    "a folder in which nothing can be written": (sqlite_error(sqlite3.SQLITE_READONLY_DIRECTORY), "is read-only"),
    "a damaged page": (sqlite_error(sqlite3.SQLITE_CORRUPT), "is damaged"),
    "another file": (sqlite_error(sqlite3.SQLITE_NOTADB), "is not a SQLite database"),
    "a file that cannot be opened": (sqlite_error(sqlite3.SQLITE_CANTOPEN), "cannot be opened"),
    "the server's full disk": (state_error("53100"), "the server’s disk is full"),
    "a standby": (state_error("25006"), "is read-only"),
    "a user without rights": (state_error("42501"), "does not let this user"),
    "the server's disk": (state_error("58030"), "the server’s disk reports an error"),
    "a damaged page in PostgreSQL": (state_error("XX001"), "is damaged"),
    "a dropped database": (state_error("57P04"), "no database, or no user"),
    "a wrong password": (connecting_error('FATAL:  password authentication failed for user "bot"'), "refuses the user"),
    "no rule for this host": (connecting_error('FATAL:  no pg_hba.conf entry for host "10.0.0.1"'), "pg_hba.conf"),
    "no database": (connecting_error('FATAL:  database "mentoring" does not exist'), "no database, or no user"),
    "no TLS": (connecting_error("server does not support SSL, but SSL was required"), "encrypted connection"),
    "another server": (connecting_error("received invalid response to SSL negotiation: H"), "is not PostgreSQL"),
    "a wrong option": (
        ProgrammingError(None, None, psycopg.ProgrammingError('invalid URI query parameter: "sslmod"')),
        "does not accept the options",
    ),
}


@pytest.mark.parametrize(("error", "says"), PASSES.values(), ids=list(PASSES))
def test_what_may_pass_by_itself_is_unavailable(error: Exception, says: str) -> None:
    found = failure_of(error, NAME)
    assert isinstance(found, DatabaseUnavailable)
    assert_is_a_sentence(found, says)


@pytest.mark.parametrize(("error", "says"), LASTS.values(), ids=list(LASTS))
def test_what_somebody_must_change_is_unusable(error: Exception, says: str) -> None:
    found = failure_of(error, NAME)
    assert type(found) is DatabaseUnusable
    assert_is_a_sentence(found, says)


def assert_is_a_sentence(failure: DatabaseUnusable, says: str) -> None:
    (sentence,) = failure.args
    assert says in sentence
    assert NAME in sentence
    assert sentence.endswith(".")
    assert "what they wrote" not in sentence


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("SELECT", {}, sqlite3.OperationalError("no such table: people")),
        sqlite_error(sqlite3.SQLITE_CONSTRAINT_NOTNULL),
        ProgrammingError("SELECT 1", {}, psycopg.ProgrammingError("the query has 1 placeholder")),
        ProgrammingError("SELECT", {}, psycopg.errors.UndefinedTable("no table")),
    ],
)
def test_our_own_mistakes_are_none_of_the_databases(error: Exception) -> None:
    assert failure_of(error, NAME) is None


def test_a_database_that_a_newer_version_has_upgraded_is_left_alone(address: str, storage: Storage) -> None:
    with bare(address) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (storage.migrate, storage.revisions):
        with pytest.raises(DatabaseUnusable, match=r"revision 9999.*A newer version"):
            use()
    with bare(address) as engine, engine.begin() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


def test_a_table_that_another_program_has_locked_ends_the_wait(
    address: str, opened: Callable[[str], Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    if address.startswith("sqlite"):
        pytest.skip("SQLite has no locks on tables")
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 0.1)
    monkeypatch.setattr("storage.engine.IMPATIENT_SECONDS", 0.1)
    storage = opened(address)
    with grounded(storage):
        pass
    with bare(address) as engine, engine.begin() as other:
        other.execute(text("LOCK TABLE alembic_version, workspaces IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(DatabaseUnavailable, match="is locked"):
            storage.migrate(impatient=True)
        with pytest.raises(DatabaseUnavailable, match="is locked"):
            storage.revisions()
        assert not storage.is_writable()
        with pytest.raises(DatabaseBusy), storage.begin(WORKSPACE):
            pytest.fail("it is locked")
    storage.migrate(impatient=True)
    assert storage.is_writable()


def test_a_server_that_goes_away_is_unavailable_until_it_is_back(
    postgres: postgresql.Server, opened: Callable[[str], Storage]
) -> None:
    with postgres.database(migrated=True, dropped=True) as address:
        storage = opened(address)
        with pytest.raises(DatabaseUnavailable, match="is starting, or stopping"):
            _read_after_an_end(storage, address)
        with storage.begin(WORKSPACE) as tx:
            assert owners_in(tx) == ()
    with pytest.raises(DatabaseUnusable, match="no database"), storage.read(WORKSPACE):
        pytest.fail("it was dropped")


def _read_after_an_end(storage: Storage, address: str) -> None:
    with storage.begin(WORKSPACE) as tx:
        _end_other_connections(address)
        owners_in(tx)


def _end_other_connections(address: str) -> None:
    with bare(address) as engine, engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_server_that_only_reads_is_unusable(address: str, opened: Callable[[str], Storage]) -> None:
    if address.startswith("sqlite"):
        pytest.skip("PostgreSQL's own")
    with bare(address) as engine, engine.connect() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        connection.commit()
    storage = opened(address)
    assert storage.is_reachable()
    assert not storage.is_writable()
    with pytest.raises(DatabaseUnusable, match="is read-only"), storage.begin(WORKSPACE) as tx:
        replace_owners(tx, ["U1"])


def test_a_file_that_was_deleted_under_the_bot_is_neither_read_nor_written(address: str, storage: Storage) -> None:
    if storage.file is None:
        pytest.skip("PostgreSQL has no file")
    assert (storage.is_reachable(), storage.is_writable()) == (True, True)
    storage.file.unlink()
    assert (storage.is_reachable(), storage.is_writable()) == (False, False)


def test_checking_whether_changes_can_be_saved_changes_nothing(address: str, storage: Storage) -> None:
    before = storage.revisions()
    storage.check_writing()
    assert storage.revisions() == before


def test_sqlite_waits_as_long_as_usual_after_a_check(address: str, storage: Storage) -> None:
    if storage.file is None:
        pytest.skip("SQLite's own")
    storage.check_writing()
    with storage.read(WORKSPACE) as tx:
        assert tx.roles._connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_a_conflict_is_still_one(storage: Storage) -> None:
    statement = text("INSERT INTO workspaces (workspace, tombstone_key) VALUES (:workspace, 'k')")
    with pytest.raises(Conflict), storage.begin(WORKSPACE) as tx:
        tx.roles._connection.execute(statement, {"workspace": WORKSPACE})
