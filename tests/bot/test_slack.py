"""Slack at the start of a command: what passes by itself is exit code 1, and what an operator must change is 2."""

import logging
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.doctor import CheckStatus, run_checks
from bot.settings import read_settings
from bot.slack import SlackAuthFailed, SlackUnreachable, fetch_identity, open_connection, web_client
from sandbox import Sandbox
from tests.bot.conftest import set_all, settings_of
from tests.migrated import migrated
from tests.scheduler.delivery.test_slack_errors import PROXY_PAGE, answering, refusal

PAGE = "what they wrote"
"""Words of the page that a proxy answers with."""

PASSES = {
    "slowed down": (429, refusal("ratelimited"), "asks to wait 30 seconds"),
    "slowed down by a proxy": (429, PROXY_PAGE, "asks to wait 30 seconds"),
    "an error of Slack's": (200, refusal("internal_error"), "internal_error"),
    "an error that we do not know": (200, refusal("something_new"), "something_new"),
    "a proxy's page": (502, PROXY_PAGE, "HTTP 502"),
    "a page where Slack should be": (200, PROXY_PAGE, "HTTP 200"),
    "half of the JSON": (200, '{"ok": true, "team_id": "T0', "HTTP 200"),
    "nothing": (200, "", "HTTP 200"),
    "no connection": (0, "", "RemoteDisconnected"),
    "a list": (200, '["' + PAGE + '"]', "not Slack’s"),
    "a text": (200, f'"{PAGE}"', "not Slack’s"),
    "an answer without what was asked": (200, '{"ok": true}', "not Slack’s"),
}
REJECTED = ("invalid_auth", "token_revoked", "account_inactive", "missing_scope", "access_denied")


@pytest.mark.parametrize(("status", "body", "says"), PASSES.values(), ids=list(PASSES))
@pytest.mark.parametrize("command", ["run", "tick", "match"])
def test_what_passes_by_itself_is_said_as_it_is_and_a_service_may_start_again(
    command: str, status: int, body: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = started(command, status, body, tmp_path, monkeypatch)
    assert result.exit_code == 1, result.output
    (line,) = result.stderr.splitlines()
    assert says in line
    assert "SLACK_BOT_TOKEN" not in line
    assert "<html" not in line
    assert PAGE not in line


@pytest.mark.parametrize("error", REJECTED)
def test_a_token_that_slack_rejects_is_for_an_operator(
    error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = started("run", 200, refusal(error), tmp_path, monkeypatch)
    assert result.exit_code == 2
    assert result.stderr == f"mentor-bot: Slack rejected SLACK_BOT_TOKEN ({error}). Copy it again.\n"


def test_slowed_down_without_a_word_for_how_long_it_is_a_moment(
    slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_all(monkeypatch, settings_of(slack))
    slack.faults.fail("auth.test", "ratelimited", status=429)
    with pytest.raises(SlackUnreachable, match="asks to wait a moment"):
        fetch_identity(web_client(read_settings()))


def started(command: str, status: int, body: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    """A command, where the server in Slack's place answers everything so."""
    shutil.copy(migrated(), folder / "mentor-bot.db")
    with answering(status, body, Retry_After="30") as server:
        tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": server.base_url}
        set_all(monkeypatch, tokens)
        return CliRunner().invoke(main, [command])


@pytest.mark.parametrize(("status", "body", "says"), PASSES.values(), ids=list(PASSES))
def test_socket_mode_and_the_doctor_see_it_alike(
    status: int, body: str, says: str, monkeypatch: pytest.MonkeyPatch, slack: Sandbox
) -> None:
    with answering(status, body, Retry_After="30") as server:
        with pytest.raises(SlackUnreachable, match=says):
            open_connection(server, "xapp-1")
        set_all(monkeypatch, {**settings_of(slack), "SLACK_API_URL": server.base_url})
        (token,) = [result for result in run_checks() if result.subject == "Token"]
    assert token.status is CheckStatus.ERROR
    assert says in token.found


def test_an_app_token_that_slack_rejects_is_named() -> None:
    with answering(200, refusal("invalid_auth")) as server, pytest.raises(SlackAuthFailed, match="SLACK_APP_TOKEN"):
        open_connection(server, "xapp-1")


def test_slack_that_stumbles_when_socket_mode_opens_lets_a_service_start_again(
    slack: Sandbox, environment: dict[str, str]
) -> None:
    slack.faults.fail("apps.connections.open", status=500)
    result = CliRunner().invoke(main, ["run"])
    assert (result.exit_code, "SLACK_APP_TOKEN" in result.output) == (1, False)
    slack.faults.fail("apps.connections.open", "invalid_auth")
    result = CliRunner().invoke(main, ["run"])
    assert (result.exit_code, "SLACK_APP_TOKEN" in result.output) == (2, True)


def test_no_page_reaches_the_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(502, PROXY_PAGE) as server, caplog.at_level(logging.DEBUG):
        set_all(monkeypatch, {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": server.base_url})
        with pytest.raises(SlackUnreachable):
            fetch_identity(web_client(read_settings()))
    assert PAGE not in caplog.text
