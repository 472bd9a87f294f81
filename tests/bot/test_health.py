"""`/healthz` tells the truth about reading and writing."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.health import FRESH, DatabaseHealth
from storage import Storage
from tests.bot.test_http_server import health
from tests.local_bot import START, LocalBot
from tests.migrated import migrated
from tests.sick_databases import away, damaged, full_disk, read_only

WELL = {"ok": True, "reads": True, "writes": True, "delivers": True}


class Checked:
    """A database whose health is checked by a stopwatch that is moved by hand."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.now = START
        self.health = DatabaseHealth(storage, lambda: self.now)

    def later(self) -> tuple[bool, bool]:
        self.now += FRESH
        return self.health.check()


@pytest.fixture
def checked(tmp_path: Path) -> Iterator[Checked]:
    shutil.copy(migrated(), tmp_path / "mentor-bot.db")
    storage = Storage(f"sqlite:///{tmp_path}/mentor-bot.db")
    yield Checked(storage)
    storage.close()


@pytest.mark.parametrize(("sickness", "found"), [(full_disk, (True, False)), (away, (False, False))])
def test_a_sick_database_is_seen_and_so_is_a_healthy_one_again(
    checked: Checked, sickness: Callable[[], AbstractContextManager[None]], found: tuple[bool, bool]
) -> None:
    assert checked.later() == (True, True)
    with sickness():
        assert checked.later() == found
    assert checked.later() == (True, True)


@pytest.mark.parametrize(("sickness", "found"), [(read_only, (True, False)), (damaged, (False, False))])
def test_a_sick_file_is_seen(
    tmp_path: Path, sickness: Callable[[Path], AbstractContextManager[None]], found: tuple[bool, bool]
) -> None:
    file = tmp_path / "mentor-bot.db"
    shutil.copy(migrated(), file)
    with sickness(file), closing(Storage(f"sqlite:///{file}")) as storage:
        assert Checked(storage).later() == found


def test_whoever_asks_often_causes_no_more_writes(checked: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    writes: list[int] = []

    def write() -> bool:
        writes.append(1)
        return True

    monkeypatch.setattr(checked.storage, "is_writable", write)
    for _ in range(10):
        checked.health.check()
    checked.now += FRESH - timedelta(seconds=1)
    checked.health.check()
    assert len(writes) == 1
    checked.later()
    assert len(writes) == 2


def test_while_one_check_waits_for_the_database_nobody_else_does(
    checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def slowly() -> bool:
        asked.set()
        assert go_on.wait(5)
        return False

    monkeypatch.setattr(checked.storage, "is_reachable", slowly)
    waiting = threading.Thread(target=checked.health.check)
    waiting.start()
    assert asked.wait(5)
    assert checked.health.check() == (True, True), "what was found before"
    go_on.set()
    waiting.join()
    assert checked.health.check() == (False, False)


@pytest.fixture
def town(delivering_town: LocalBot) -> LocalBot:
    """What `/healthz` says of the delivery is about its threads."""
    return delivering_town


@pytest.mark.usefixtures("usual_connections")
def test_healthz_says_what_does_not_work(town: LocalBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now = START
    monkeypatch.setattr(town.bot._database_health, "_stopwatch", lambda: now)
    assert health(town) == (200, WELL)
    now += FRESH
    with full_disk():
        assert health(town) == (503, {**WELL, "ok": False, "writes": False})
    now += FRESH
    with away():
        assert health(town) == (503, {**WELL, "ok": False, "reads": False, "writes": False})
    now += FRESH
    assert health(town) == (200, WELL)
