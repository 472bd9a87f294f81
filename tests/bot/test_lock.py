"""One `run` for each SQLite file, with everything else beside it; any number of them on PostgreSQL."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from bot.cli import main
from bot.lock import AlreadyRunning, is_locked, single_instance
from sandbox import Sandbox
from tests.bot.conftest import settings_of
from tests.bot.processes import done, started
from tests.storage import postgresql

pytestmark = pytest.mark.long

READY = "Ready: connected"


@pytest.fixture(scope="module")
def postgres() -> Iterator[postgresql.Server]:
    with postgresql.server() as running:
        yield running


@pytest.mark.timeout(180)
def test_a_second_run_on_the_same_file_is_refused_and_everything_else_works_beside_the_first(
    slack: Sandbox, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with started(tmp_path, environment) as first:
        assert first.says(READY)
        asked = _asked_who_we_are(slack)
        second = done(tmp_path, environment, "run")
        assert second.returncode == 2
        (sentence,) = second.stderr.splitlines()
        assert str(tmp_path / "mentor-bot.db") in sentence
        assert "Stop that one" in sentence
        assert _asked_who_we_are(slack) == asked, "it is refused before it does anything"
        monkeypatch.setenv("COLUMNS", "200")
        for command, says in {
            "tick": '"sent": 2',
            "match": "There are no proposals",
            "doctor": "is running on this database",
            "people forget U0ADA --yes": "Erased U0ADA",
        }.items():
            beside = CliRunner().invoke(main, command.split())
            assert beside.exit_code == 0, beside.output
            assert says in beside.output
        assert slack.person("U0BEN").command("/mentor").ok, "the first has noticed nothing"
        assert first.stops() == 0


@pytest.mark.timeout(180)
def test_the_next_one_starts_at_once_after_the_first_was_killed(slack: Sandbox, tmp_path: Path) -> None:
    with started(tmp_path, settings_of(slack)) as first:
        assert first.says(READY)
        first.stops(signal.SIGKILL)
        with started(tmp_path, settings_of(slack)) as second:
            assert second.says(READY)
            assert second.stops() == 0


@pytest.mark.timeout(180)
def test_by_another_path_to_the_same_file_it_is_refused_too(slack: Sandbox, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "link.db").symlink_to(tmp_path / "mentor-bot.db")
    with started(tmp_path, settings_of(slack)) as first:
        assert first.says(READY)
        second = done(elsewhere, {**settings_of(slack), "DATABASE_URL": "sqlite:///link.db"}, "run")
        assert (second.returncode, "Stop that one" in second.stderr) == (2, True)


@pytest.mark.timeout(180)
def test_a_lock_file_that_cannot_be_used_is_a_sentence(slack: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "mentor-bot.db.lock").mkdir()
    refused = done(tmp_path, settings_of(slack), "run")
    assert refused.returncode == 2
    (sentence,) = refused.stderr.splitlines()
    assert str(tmp_path / "mentor-bot.db.lock") in sentence
    assert "may write" in sentence
    doctor = done(tmp_path, {**settings_of(slack), "COLUMNS": "200"}, "doctor")
    assert doctor.returncode == 1
    assert "mentor-bot.db.lock" in doctor.stdout


def test_a_folder_in_which_we_may_not_write_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", denied)
    with pytest.raises(AlreadyRunning, match="may write"), single_instance(tmp_path / "mentor-bot.db"):
        pytest.fail("it has no lock")


def test_a_second_demo_leaves_the_first_ones_folder_alone(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "mentor-bot.db").write_text("what the first one works on")
    with single_instance(folder / "mentor-bot.db"):
        second = done(tmp_path, {}, "sandbox", "demo", "--port", "0", "--folder", str(folder))
        assert (second.returncode, "Stop that one" in second.stderr) == (2, True)
        assert (folder / "mentor-bot.db").read_text() == "what the first one works on"


def test_the_doctor_leaves_no_file_behind_and_sees_when_it_is_over(tmp_path: Path) -> None:
    database = tmp_path / "mentor-bot.db"
    assert not is_locked(database)
    assert list(tmp_path.iterdir()) == []
    with single_instance(database):
        assert is_locked(database)
    assert not is_locked(database)


@pytest.mark.timeout(180)
def test_on_postgresql_there_may_be_several(slack: Sandbox, tmp_path: Path, postgres: postgresql.Server) -> None:
    with postgres.database(migrated=False) as address, ExitStack() as copies:
        variables = {**settings_of(slack), "DATABASE_URL": address}
        both = [copies.enter_context(started(tmp_path, variables)) for _ in range(2)]
        assert [copy.says(READY) for copy in both] == [True, True], both[0].log + both[1].log
        doctor = done(tmp_path, variables, "doctor")
        assert doctor.returncode == 0
        assert "on this database" not in doctor.stdout
        assert [copy.stops() for copy in both] == [0, 0]
    assert list(tmp_path.iterdir()) == [], "nothing is locked by a file"


def _asked_who_we_are(slack: Sandbox) -> int:
    return sum(call.method == "auth.test" for call in slack.calls)
