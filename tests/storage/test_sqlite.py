"""SQLite: a private file, and a commit that is on the disk when it is said to be."""

import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import storage.storage as door
from storage import DatabaseUnusable, Storage
from storage.engine import open_engine
from tests.migrated import migrated
from tests.storage.rows import WORKSPACE, grounded


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mentor-bot.db"


@pytest.fixture
def file_of_the_bot(file: Path, storage: Storage, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    """Opened as the bot opens it. Other tests do not wait for the disk."""
    monkeypatch.setattr(door, "open_engine", open_engine)
    opened = Storage(f"sqlite:///{file}")
    yield opened
    opened.close()


@pytest.fixture
def storage(file: Path, opened: Callable[[str], Storage]) -> Storage:
    shutil.copy(migrated(), file)
    return opened(f"sqlite:///{file}")


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_nobody_else_can_read_the_file_or_what_stands_beside_it(file: Path, storage: Storage) -> None:
    with grounded(storage):
        beside = sorted(path.name for path in file.parent.glob("mentor-bot.db*"))
        assert beside == ["mentor-bot.db", "mentor-bot.db-shm", "mentor-bot.db-wal"]
        assert {mode(file.parent / name) for name in beside} == {"0o600"}


def test_a_file_that_others_could_read_is_closed_to_them(file: Path, opened: Callable[[str], Storage]) -> None:
    file.touch(0o644)
    opened(f"sqlite:///{file}")
    assert mode(file) == "0o600"


@pytest.mark.parametrize("how", ["begin", "read", "begin_unlocked"])
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
def test_every_connection_is_set_up_for_safety(file_of_the_bot: Storage, how: str, pragma: str, value: object) -> None:
    with getattr(file_of_the_bot, how)(WORKSPACE) as tx:
        assert tx.roles._connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_it_knows_its_file(file: Path, storage: Storage) -> None:
    assert storage.file == file


def test_scrubbing_empties_the_log(file: Path, storage: Storage) -> None:
    with grounded(storage):
        pass
    log = file.with_name("mentor-bot.db-wal")
    assert log.stat().st_size > 0
    storage.purge_erased_bytes()
    assert log.stat().st_size == 0


@pytest.mark.parametrize("database", ["", ":memory:", "file:shared?mode=memory&uri=true"])
def test_a_database_that_a_restart_would_lose_is_refused(database: str) -> None:
    with pytest.raises(DatabaseUnusable, match="must name a file"):
        Storage(f"sqlite:///{database}")
