"""What the doctor finds, verdict by verdict, and what it says to do."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.doctor import CheckResult, CheckStatus, run_checks
from bot.manifest import manifest
from sandbox import Member, Sandbox
from storage import Storage
from tests.bot.conftest import set_all, settings_of
from tests.local_bot import PEOPLE, migrated


def findings() -> dict[str, list[CheckResult]]:
    found: dict[str, list[CheckResult]] = {}
    for finding in run_checks():
        found.setdefault(finding.what, []).append(finding)
    return found


def verdicts() -> dict[str, list[CheckStatus]]:
    return {what: [finding.verdict for finding in found] for what, found in findings().items()}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Path]:
    """A database that is up to date, where the default looks for it."""
    shutil.copy(migrated(), tmp_path / "mentor-bot.db")
    storage = Storage("sqlite:///mentor-bot.db")
    yield tmp_path / "mentor-bot.db"
    storage.close()


@pytest.fixture
def installed_with(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """An app whose token has the scopes that a test puts into this list before it looks."""
    scopes = list(manifest()["oauth_config"]["scopes"]["bot"])
    made = manifest()
    made["oauth_config"]["scopes"]["bot"] = scopes
    with Sandbox(made, PEOPLE, rate_limits=False) as slack:
        set_all(monkeypatch, settings_of(slack))
        yield scopes


@pytest.mark.usefixtures("environment", "database")
def test_when_all_is_well_only_the_address_of_slack_and_a_bot_that_is_off_are_worth_a_look() -> None:
    assert verdicts() == {
        "Settings": [CheckStatus.RIGHT],
        "Slack’s address": [CheckStatus.LOOK],
        "Database": [CheckStatus.RIGHT],
        "Migrations": [CheckStatus.RIGHT],
        "Run": [CheckStatus.LOOK],
        "Token": [CheckStatus.RIGHT],
        "Scopes": [CheckStatus.RIGHT],
        "App token": [CheckStatus.RIGHT],
        "Owners": [CheckStatus.RIGHT, CheckStatus.RIGHT],
    }
    assert CliRunner().invoke(main, ["doctor"]).exit_code == 0


def test_wrong_settings_are_all_there_is_to_say(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, {"PORT": "secretsecret", "MENTOR_OWNERS": "nobody"})
    assert verdicts() == {"Settings": [CheckStatus.WRONG, CheckStatus.WRONG]}
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "PORT" in result.output
    assert "secretsecret" not in result.output


@pytest.mark.usefixtures("database")
def test_missing_settings_do_not_hide_the_database() -> None:
    found = verdicts()
    assert found["Settings"] == [CheckStatus.WRONG, CheckStatus.WRONG]
    assert found["Database"] == [CheckStatus.RIGHT]
    assert "Token" not in found


def test_both_ways_to_be_reached_are_worth_a_look(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, slack: Sandbox
) -> None:
    monkeypatch.setenv("SLACK_SIGNING_SECRET", slack.signing_secret)
    found = findings()["Settings"]
    assert [finding.verdict for finding in found] == [CheckStatus.RIGHT, CheckStatus.LOOK]
    assert "Socket Mode wins" in found[1].do


@pytest.mark.usefixtures("environment")
def test_no_owners_are_worth_a_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MENTOR_OWNERS")
    (owners,) = findings()["Owners"]
    assert owners.verdict is CheckStatus.LOOK
    assert "MENTOR_OWNERS" in owners.says


@pytest.mark.usefixtures("environment")
def test_a_database_without_a_schema_is_worth_a_look(tmp_path: Path) -> None:
    Storage("sqlite:///mentor-bot.db").close()
    (migrations,) = findings()["Migrations"]
    assert migrations.verdict is CheckStatus.LOOK
    assert "mentor-bot run" in migrations.do


@pytest.mark.usefixtures("environment")
def test_a_database_that_is_no_database_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/nowhere/mentor-bot.db")
    (database,) = findings()["Database"]
    assert database.verdict is not CheckStatus.RIGHT
    assert "DATABASE_URL" in database.says


@pytest.mark.usefixtures("environment", "database")
def test_a_token_that_slack_does_not_take_is_wrong_and_ends_the_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-another-secret")
    found = findings()
    (token,) = found["Token"]
    assert token.verdict is CheckStatus.WRONG
    assert "SLACK_BOT_TOKEN" in token.says
    assert "invalid_auth" in token.says
    assert "another-secret" not in str(found)
    assert "Scopes" not in found


@pytest.mark.usefixtures("environment")
def test_an_app_token_that_slack_does_not_take_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-another-secret")
    (token,) = findings()["App token"]
    assert token.verdict is CheckStatus.WRONG
    assert "connections:write" in token.do


def test_a_scope_that_is_missing_is_named(installed_with: list[str]) -> None:
    installed_with.remove("users:read")
    (scopes,) = findings()["Scopes"]
    assert scopes.verdict is CheckStatus.WRONG
    assert "users:read." in scopes.says
    assert "mentor-bot manifest" in scopes.do
    assert findings()["Owners"][0].verdict is CheckStatus.WRONG


def test_an_app_that_was_installed_before_people_were_found_by_address_is_to_be_installed_again(
    installed_with: list[str],
) -> None:
    installed_with.remove("users:read.email")
    (scopes,) = findings()["Scopes"]
    assert (scopes.verdict, scopes.says) == (CheckStatus.WRONG, "The token lacks users:read.email.")
    assert "install it again" in scopes.do
    assert findings()["Owners"][0].verdict is CheckStatus.RIGHT


def test_a_scope_too_many_is_worth_a_look(installed_with: list[str]) -> None:
    installed_with.append("files:write")
    (scopes,) = findings()["Scopes"]
    assert scopes.verdict is CheckStatus.LOOK
    assert "files:write" in scopes.says


@pytest.mark.parametrize(
    ("owner", "says"), [("U0GONE", "deactivated"), ("U0ROBOT", "a bot"), ("U0NOBODY", "does not show us")]
)
@pytest.mark.usefixtures("environment")
def test_an_owner_who_cannot_be_one_is_wrong(monkeypatch: pytest.MonkeyPatch, owner: str, says: str) -> None:
    monkeypatch.setenv("MENTOR_OWNERS", f"U0OWNER,{owner}")
    right, wrong = findings()["Owners"]
    assert right.verdict is CheckStatus.RIGHT
    assert wrong.verdict is CheckStatus.WRONG
    assert owner in wrong.says
    assert says in wrong.says


@pytest.mark.usefixtures("environment")
def test_an_owner_of_another_workspace_or_a_guest_is_still_shown(
    monkeypatch: pytest.MonkeyPatch, slack: Sandbox
) -> None:
    slack.add_member(Member("U0NEW", "new", "New Here", is_guest=True))
    monkeypatch.setenv("MENTOR_OWNERS", "U0NEW")
    assert findings()["Owners"][0].verdict is CheckStatus.RIGHT


def test_slack_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:9/api/"}
    set_all(monkeypatch, nowhere)
    (token,) = findings()["Token"]
    assert token.verdict is CheckStatus.WRONG
    assert "cannot be reached" in token.says


def test_an_address_that_is_not_slack_is_said(monkeypatch: pytest.MonkeyPatch, slack: Sandbox) -> None:
    page = {**settings_of(slack), "SLACK_API_URL": f"{slack.url}/no-slack-here/"}
    set_all(monkeypatch, page)
    (token,) = findings()["Token"]
    assert token.verdict is CheckStatus.WRONG


@pytest.mark.usefixtures("environment", "database")
def test_the_table_says_what_to_do_and_lists_what_only_a_person_can_see(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("MENTOR_OWNERS", "U0GONE")
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "Name somebody else." in result.output
    assert "The app’s slash command is /mentor" in result.output
    assert "message.im" in result.output


@pytest.mark.usefixtures("environment")
def test_since_when_and_why_slack_shuts_us_out_is_said_with_what_to_do(database: Path) -> None:
    storage = Storage(f"sqlite:///{database}")
    with storage.begin("T0LOCAL") as tx:
        tx.access.revoke_access("app_uninstalled", datetime(2027, 3, 3, 10, 5, tzinfo=UTC))
    storage.close()
    (found,) = findings()["Access"]
    assert found.verdict is CheckStatus.LOOK
    assert "03 March 2027, 10:05 UTC (app_uninstalled)" in found.says
    assert "SLACK_BOT_TOKEN" in found.do
