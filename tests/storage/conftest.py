"""Every test here that takes `storage` or an address runs twice: on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from storage import Storage, Transaction
from storage.engine import head
from tests.migrated import migrated
from tests.storage import postgresql
from tests.storage.rows import WORKSPACE

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgresql.Server]:
    with postgresql.server() as running:
        yield running


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test of one migration begins with all before it, which takes seconds: `make check` does it.

    `make test` runs the newest one's on SQLite, and `test_migrations.py` goes through all of them on both databases.
    """
    newest = f"test_migration_{head()}.py"
    for item in items:
        if item.path.name.startswith("test_migration_") and (item.path.name != newest or "postgresql" in item.name):
            item.add_marker(pytest.mark.long)


@pytest.fixture(params=BOTH)
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'mentor-bot.db'}"
        return
    server: postgresql.Server = request.getfixturevalue("postgres")
    with server.database(migrated=False) as address:
        yield address


@pytest.fixture(params=BOTH)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database whose schema is up to date, without any row."""
    if request.param == "sqlite":
        shutil.copy(migrated(), tmp_path / "mentor-bot.db")
        yield f"sqlite:///{tmp_path / 'mentor-bot.db'}"
        return
    server: postgresql.Server = request.getfixturevalue("postgres")
    with server.database(migrated=True) as database:
        yield database


@pytest.fixture
def opened() -> Iterator[Callable[[str], Storage]]:
    """Opens storages and closes them when the test is done."""
    with ExitStack() as stack:

        def open_one(url: str) -> Storage:
            storage = Storage(url)
            stack.callback(storage.close)
            return storage

        yield open_one


@pytest.fixture
def storage(address: str, opened: Callable[[str], Storage]) -> Storage:
    """A storage without any row."""
    return opened(address)


@pytest.fixture
def tx(storage: Storage) -> Iterator[Transaction]:
    """A transaction of the workspace, kept when the test is done."""
    with storage.begin(WORKSPACE) as transaction:
        yield transaction
