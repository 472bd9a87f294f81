"""A sick database is one sentence and an exit code, for every command: 1 if it may pass, 2 if somebody must act."""

import logging
import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.app import BotApp
from bot.cli import main
from bot.database import SILENCE, ToldToStop, migrate
from bot.settings import read_settings
from sandbox import Sandbox
from services.programmes import prepare_programme
from storage import DatabaseUnavailable, DatabaseUnusable, Storage
from tests.local_bot import START, LocalBot
from tests.migrated import migrated
from tests.sick_databases import a_folder, damaged, full_disk, locked, newer, no_database, read_only
from tests.storage import postgresql

COMMANDS = {
    "run": ["run"],
    "tick": ["tick"],
    "match": ["match"],
    "match --dry-run": ["match", "--dry-run"],
    "match --explain": ["match", "--explain", "U0ADA", "U0BEN"],
    "people forget": ["people", "forget", "U0ADA", "--yes"],
    "people import": ["people", "import", "people.csv"],
    "programme export": ["programme", "export"],
    "programme import": ["programme", "import", "staff", "--yes"],
    "programme copy": ["programme", "copy", "--yes"],
}


SICK: dict[str, tuple[Callable[[Path], Any], int, str]] = {
    "newer than the code": (newer, 2, "A newer version has upgraded it"),
    "another file": (no_database, 2, "not a SQLite database"),
    "damaged": (damaged, 2, "is damaged"),
    "a folder": (a_folder, 2, "cannot be opened"),
    "locked": (locked, 1, "is locked by another program"),
    "full": (lambda _: full_disk(), 2, "the disk is full"),
    "read-only": (read_only, 2, "is read-only"),
}


@pytest.fixture(scope="module")
def postgres() -> Iterator[postgresql.Server]:
    with postgresql.server() as running:
        yield running


@pytest.fixture
def file(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of a bot that is not running."""
    shutil.copy(migrated(), tmp_path / "mentor-bot.db")
    (tmp_path / "people.csv").write_text("person,grade\nU0ADA,Assistant\n")
    monkeypatch.setenv("DATABASE_WAIT_SECONDS", "0")
    monkeypatch.setattr("storage.engine.IMPATIENT_SECONDS", 1)
    monkeypatch.setattr("storage.engine.sleep", lambda _: None)
    return tmp_path / "mentor-bot.db"


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("sickness", SICK)
def test_a_sick_file_is_a_sentence_for_every_command(command: str, sickness: str, file: Path) -> None:
    make, code, says = SICK[sickness]
    with make(file):
        assert_said(command, code, says, str(file))


@pytest.mark.parametrize("sickness", SICK)
def test_the_doctor_says_the_same(sickness: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    make, _, says = SICK[sickness]
    with make(file):
        result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1, result.output
    assert says in result.output
    assert str(file) in result.output
    assert "Traceback" not in result.output


@contextmanager
def server(answer: bytes) -> Iterator[int]:
    """A server that gives everybody this answer and hangs up; its port."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    if connection.recv(1024):
                        connection.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_port_that_is_no_postgresql_is_a_sentence(command: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        monkeypatch.setenv("DATABASE_URL", f"postgresql://bot:s3cret@127.0.0.1:{port}/mentoring")
        assert_said(command, 2, "is not PostgreSQL", f"127.0.0.1:{port}/mentoring")


@pytest.mark.parametrize("command", COMMANDS)
def test_postgresql_that_is_away_may_come_back(command: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:s3cret@127.0.0.1:1/mentoring")
    assert_said(command, 1, "Check that PostgreSQL is running", "127.0.0.1:1/mentoring", "DATABASE_WAIT_SECONDS")


def assert_said(command: str, code: int, *words: str) -> None:
    result = CliRunner().invoke(main, COMMANDS[command])
    assert result.exit_code == code, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    (line,) = result.stderr.splitlines()
    assert line.startswith("mentor-bot: ")
    assert all(each in line for each in words), line
    assert "s3cret" not in result.output


@pytest.mark.parametrize("command", ["run", "tick", "match", "people forget"])
def test_a_disk_that_is_full_later_on_is_a_sentence(command: str, file: Path) -> None:
    with closing(Storage(f"sqlite:///{file}")) as opened:
        prepare_programme(opened, "T0LOCAL", ["U0OWNER"], START)
    with full_disk(after=1):
        assert_said(command, 2, "the disk is full", str(file))


class Waiting:
    """A clock that moves only while it is waited, and a database that is away for some `seconds` of it."""

    def __init__(self, seconds: float, *, error: type[DatabaseUnusable] = DatabaseUnavailable) -> None:
        self.now = self.began = datetime(2027, 3, 1, 9, tzinfo=UTC)
        self.tries = 0
        self._back_at = self.began + timedelta(seconds=seconds)
        self._error = error

    def migrate(self, *, impatient: bool) -> None:
        assert impatient
        self.tries += 1
        if self.now < self._back_at:
            raise self._error("It is away.")

    def pause(self, seconds: float) -> bool:
        self.now += timedelta(seconds=seconds)
        return False

    def wait(self, pause: Callable[[float], object] | None = None) -> None:
        sick: Any = self
        migrate(sick, read_settings(), stopwatch=lambda: self.now, pause=pause or self.pause)


def test_what_is_waited_for_is_said_once_and_after_five_seconds(caplog: pytest.LogCaptureFixture) -> None:
    waiting = Waiting(20)
    said_at: list[timedelta] = []

    def note(record: logging.LogRecord) -> bool:
        said_at.append(waiting.now - waiting.began)
        return True

    caplog.handler.addFilter(note)
    with caplog.at_level(logging.WARNING):
        waiting.wait()
    assert caplog.messages == [
        "Waiting for the database, 30 seconds at most. It is away.",
        "The database answers now",
    ]
    assert said_at == [SILENCE, timedelta(seconds=20)]


def test_a_short_wait_is_not_worth_a_word(caplog: pytest.LogCaptureFixture) -> None:
    Waiting(4).wait()
    assert caplog.messages == []


def test_it_gives_up_after_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_WAIT_SECONDS", "90")
    waiting = Waiting(10_000)
    with pytest.raises(DatabaseUnavailable, match=r"It is away\. Gave up after 90 seconds"):
        waiting.wait()
    assert waiting.now - waiting.began == timedelta(seconds=90)


def test_what_waiting_does_not_help_is_said_at_once() -> None:
    waiting = Waiting(10_000, error=DatabaseUnusable)
    with pytest.raises(DatabaseUnusable):
        waiting.wait()
    assert waiting.tries == 1


def test_told_to_stop_it_waits_no_longer() -> None:
    with pytest.raises(ToldToStop):
        Waiting(10_000).wait(lambda _: True)


def test_a_run_that_is_told_to_stop_while_it_waits_ends_well(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot@127.0.0.1:1/mentoring")
    monkeypatch.setenv("DATABASE_WAIT_SECONDS", "3600")
    monkeypatch.setattr("bot.run.signal.sigtimedwait", lambda *_: object())
    result = CliRunner().invoke(main, ["run"])
    assert result.exit_code == 0, result.output
    assert "Traceback" not in result.output


def test_a_lock_that_is_let_go_is_waited_for(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_WAIT_SECONDS", "30")
    opened = Storage(f"sqlite:///{file}")
    with closing(opened), ExitStack() as held:
        held.enter_context(locked(file))

        def let_go(_: float) -> None:
            held.close()

        migrate(opened, read_settings(), pause=let_go)
        assert opened.is_writable()


@pytest.mark.usefixtures("usual_connections")
def test_a_minute_in_which_the_database_is_sick_is_a_line_in_the_log(
    town: LocalBot, caplog: pytest.LogCaptureFixture
) -> None:
    town.slack.calendar.move_to(START + timedelta(days=30))
    with full_disk(), caplog.at_level(logging.WARNING, "bot"):
        town.bot._tick_or_wait()
    (record,) = [record for record in caplog.records if record.name == "bot.app"]
    assert record.getMessage().startswith("Scheduled jobs wait: The database ")
    assert record.exc_info is None
    town.bot._tick_or_wait()


CREATES = ("run", "programme import")
"""The second says first what it will create, and asks."""
ABSENT = [command for command in COMMANDS if command not in CREATES]


@pytest.mark.parametrize("command", ABSENT)
def test_only_run_creates_a_database_and_the_others_say_where_they_looked(
    command: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slack: Sandbox
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.move(tmp_path / "people.csv", elsewhere)
    monkeypatch.chdir(elsewhere)
    assert_said(command, 2, f"names {elsewhere}/mentor-bot.db, and there is no such file", "Only `mentor-bot run`")
    assert [path.name for path in elsewhere.iterdir()] == ["people.csv"]
    assert slack.calls == []


@pytest.mark.parametrize("command", ABSENT)
def test_an_empty_file_is_not_filled_either(command: str, file: Path) -> None:
    file.write_bytes(b"")
    assert_said(command, 2, f"The database {file} is empty", "Only `mentor-bot run`")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


@pytest.mark.parametrize("command", ["tick", "match", "match --dry-run", "people forget", "people import"])
def test_nor_is_a_programme_created_in_the_database_of_another_workspace(
    command: str, file: Path, slack: Sandbox
) -> None:
    with closing(Storage(f"sqlite:///{file}")) as opened:
        with opened.begin("T0OTHER"):
            pass
        if command == "people forget":
            assert CliRunner().invoke(main, COMMANDS[command]).exit_code == 0, "of the only workspace there is"
        else:
            assert_said(command, 2, str(file))
        assert opened.workspaces() == ("T0OTHER",)
    assert [call.method for call in slack.calls if call.method != "auth.test"] == [], "no one was told anything"


def test_the_doctor_shows_where_the_database_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    assert f"{file} answers." in CliRunner().invoke(main, ["doctor"]).output
    file.unlink()
    assert f"DATABASE_URL names {file}, and there is no such file." in CliRunner().invoke(main, ["doctor"]).output
    assert not file.exists()


def test_an_empty_postgresql_is_not_filled_by_tick(
    postgres: postgresql.Server, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with postgres.database(migrated=False) as address:
        monkeypatch.setenv("DATABASE_URL", address)
        assert_said("tick", 2, "is empty", "Only `mentor-bot run`")
        with closing(Storage(address)) as opened:
            assert opened.revisions()[0] is None


def test_a_start_that_fails_at_its_first_tick_leaves_no_thread_behind(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a thread would keep the process alive, and a service would never start again."""

    def away(_: BotApp) -> int:
        raise DatabaseUnavailable("It is away.")

    monkeypatch.setattr(BotApp, "tick", away)
    assert_said("run", 1, "It is away.")
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("delivery-")] == []
