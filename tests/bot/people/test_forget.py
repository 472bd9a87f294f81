"""`mentor-bot people forget`: a person and all they sent is gone, and nobody is erased by mistake."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from tests.handlers.support import direct_messages, rows
from tests.local_bot import OFFER, OWNER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town

ADA = "U0ADA"


def forget(user: str, *more: str, answer: str = "y\n") -> Result:
    return CliRunner().invoke(main, ["people", "forget", user, *more], input=answer)


@contextmanager
def lived_in(folder: Path) -> Iterator[LocalBot]:
    """Ada has applied, has a draft, and is named by Ben as his manager."""
    with open_town(folder) as town:
        town.apply(ADA, "/mentor request", REQUEST)
        town.apply("U0BEN", "/mentor request", {**REQUEST, "manager": ADA})
        ada = town.person(ADA)
        ada.command("/mentor volunteer")
        ada.await_view()
        ada.fill({**OFFER, "started_on": "2026-11-01"})
        assert not ada.submit().closed
        ada.close()
        ada.say("hello")
        town.settle()
        yield town


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database that the bot has left."""
    with lived_in(tmp_path):
        pass
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/mentor-bot.db")
    monkeypatch.setenv("MENTOR_OWNERS", OWNER)
    return tmp_path / "mentor-bot.db"


def test_everything_of_theirs_is_gone_down_to_the_bytes(database: Path) -> None:
    assert ADA.encode() in _bytes(database)
    result = forget(ADA)
    assert result.exit_code == 0
    assert f"Erased {ADA}" in result.output
    assert ADA.encode() not in _bytes(database)
    assert REQUEST["hopes"].encode() in _bytes(database), "Ben's stays"


def test_it_can_be_done_twice(database: Path) -> None:
    assert forget(ADA).exit_code == 0
    assert forget(ADA).exit_code == 0


def test_it_asks_first(database: Path) -> None:
    result = forget(ADA, answer="n\n")
    assert result.exit_code == 1
    assert ADA.encode() in _bytes(database)


def test_yes_is_an_answer_given_beforehand(database: Path) -> None:
    assert forget(ADA, "--yes", answer="").exit_code == 0
    assert ADA.encode() not in _bytes(database)


@pytest.mark.parametrize("copied", [f"<@{ADA}>", f"@{ADA}", f"<@{ADA}|ada>", f" {ADA} "])
def test_the_id_may_be_copied_as_slack_gives_it(database: Path, copied: str) -> None:
    assert forget(copied).exit_code == 0
    assert ADA.encode() not in _bytes(database)


@pytest.mark.parametrize("user", ["ada", "Ada Adams", "ada@club.example", "C0CHANNEL", "", "U0ADA;U0BEN"])
def test_what_is_no_user_id_is_refused_in_a_sentence(database: Path, user: str) -> None:
    before = _bytes(database)
    result = forget(user)
    assert result.exit_code == 2
    assert "Slack member id" in result.stderr
    assert _bytes(database) == before


def test_an_owner_is_refused_until_somebody_else_is_named(database: Path) -> None:
    result = forget(OWNER)
    assert result.exit_code == 2
    assert "MENTOR_OWNERS" in result.stderr
    assert OWNER.encode() in _bytes(database)


def test_somebody_who_was_never_here_erases_nothing_of_anybody_else(database: Path) -> None:
    result = forget("U0NEVER")
    assert result.exit_code == 0
    assert ADA.encode() in _bytes(database)


def test_another_workspace_is_refused(database: Path) -> None:
    result = forget(ADA, "--workspace", "T0ELSEWHERE")
    assert result.exit_code == 2
    assert "T0ELSEWHERE" in result.stderr
    assert ADA.encode() in _bytes(database)


def test_an_empty_database_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    result = forget(ADA)
    assert result.exit_code == 2
    assert "DATABASE_URL" in result.stderr


def test_while_the_bot_runs_it_hears_of_it_and_they_may_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/mentor-bot.db")
    with lived_in(tmp_path) as town:
        assert forget(ADA).exit_code == 0
        assert [row["person"] for row in rows(town)["applications"]] == ["U0BEN"]
        assert rows(town)["drafts"] == []
        town.apply(ADA, "/mentor request", REQUEST)
        assert len(direct_messages(town, ADA)) == 1, "the receipt; what was there before is deleted"
        assert rows(town)["tombstones"] == []


def _bytes(database: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(database.parent.glob(f"{database.name}*")))


def test_their_home_tab_is_cleared_where_slack_can_be_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_town(tmp_path) as town:
        town.person(ADA).open_home()
        town.apply(ADA, "/mentor request", REQUEST)
        assert "Your application" in str(town.person(ADA).home)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/mentor-bot.db")
        monkeypatch.setenv("MENTOR_OWNERS", OWNER)
        monkeypatch.setenv("SLACK_BOT_TOKEN", town.slack.bot_token)
        monkeypatch.setenv("SLACK_API_URL", town.slack.api_url)
        result = forget(ADA)
        assert result.exit_code == 0
        assert "Home tab" not in result.output
        assert "Your application" not in str(town.person(ADA).home)


def test_a_home_tab_that_cannot_be_cleared_is_mentioned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_town(tmp_path) as town:
        town.person(ADA).open_home()
        town.settle()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/mentor-bot.db")
    monkeypatch.setenv("MENTOR_OWNERS", OWNER)
    assert "It changes when they open it." in forget(ADA).output
