"""Ways in which a database is sick, each for as long as its context lasts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy

import storage.engine


@contextmanager
def newer(file: Path) -> Iterator[None]:
    """A later version has upgraded it."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    yield


@contextmanager
def no_database(file: Path) -> Iterator[None]:
    file.write_text("Dear mentor, " * 500)
    yield


@contextmanager
def damaged(file: Path) -> Iterator[None]:
    """Only the first page, with the schema, is whole."""
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    yield


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program holds all of it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def a_folder(file: Path) -> Iterator[None]:
    file.unlink()
    file.mkdir()
    yield


@contextmanager
def with_pragma(pragma: str) -> Iterator[None]:
    """Each connection to SQLite has this pragma."""
    prepare = storage.engine._prepare_sqlite

    def prepared(connection: Any, record: object) -> None:
        prepare(connection, record)
        connection.execute(pragma)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("storage.engine._prepare_sqlite", prepared)
        yield


@contextmanager
def read_only(_: Path) -> Iterator[None]:
    with with_pragma("PRAGMA query_only=ON"):
        yield


@contextmanager
def full_disk(*, after: int = 0) -> Iterator[None]:
    """The disk is full from the commit on that comes `after` so many."""
    commits = count(1)

    def do_commit(dialect: Any, connection: Any) -> None:
        if next(commits) > after:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        connection.commit()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sqlalchemy.engine.default.DefaultDialect.do_commit", do_commit)
        yield


@contextmanager
def away() -> Iterator[None]:
    """Nothing can be begun, as while PostgreSQL is stopped."""

    def refused(*_: object, **__: object) -> None:
        error = psycopg.OperationalError("connection failed: Connection refused")
        raise sqlalchemy.exc.OperationalError(None, None, error)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sqlalchemy.Engine, "connect", refused)
        patched.setattr(sqlalchemy.Engine, "begin", refused)
        yield
