"""The manifest: what is in the repository, what Slack's own schema says of it, and its form for HTTP."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner

from bot.cli import main
from bot.manifest import EVENTS, SCOPES, manifest
from messages.ids import COMMAND
from tests.local_bot import local_bot as open_town
from tests.usage import USED, Usage

HERE = Path(__file__).parent
COMMITTED = HERE.parents[1] / "app-manifest.yml"
URL = "https://mentors.club.example"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """Slack's own; see data/README.md."""
    loaded: dict[str, Any] = json.loads((HERE / "data" / "slack-app-manifest.2.0.0.json").read_text(encoding="utf-8"))
    return loaded


def test_the_one_in_the_repository_is_the_one_that_the_command_prints() -> None:
    result = CliRunner().invoke(main, ["manifest"])
    assert result.exit_code == 0
    assert result.output == COMMITTED.read_text(encoding="utf-8"), "run `mentor-bot manifest > app-manifest.yml`"


@pytest.mark.parametrize("url", [None, URL])
def test_slacks_schema_takes_it(schema: dict[str, Any], url: str | None) -> None:
    jsonschema.validate(manifest(url), schema)


def test_slacks_schema_would_refuse_something_else(schema: dict[str, Any]) -> None:
    longer = manifest()
    longer["display_information"]["name"] = "x" * 36
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(longer, schema)


def test_for_socket_mode_it_names_no_address() -> None:
    assert manifest()["settings"]["socket_mode_enabled"] is True
    assert "url" not in COMMITTED.read_text(encoding="utf-8")


@pytest.mark.parametrize("url", [URL, f"{URL}/"])
def test_for_http_it_has_the_three_addresses(url: str) -> None:
    result = CliRunner().invoke(main, ["manifest", "--url", url])
    printed = yaml.safe_load(result.output)
    at = f"{URL}/slack/events"
    assert printed["settings"]["socket_mode_enabled"] is False
    assert printed["features"]["slash_commands"][0]["url"] == at
    assert printed["settings"]["event_subscriptions"]["request_url"] == at
    assert printed["settings"]["interactivity"]["request_url"] == at


@pytest.mark.parametrize("url", ["http://mentors.club.example", "mentors.club.example"])
def test_slack_calls_https_only(url: str) -> None:
    result = CliRunner().invoke(main, ["manifest", "--url", url])
    assert result.exit_code == 2
    assert "https://" in result.output


def test_people_can_write_to_the_bot_and_have_a_home() -> None:
    home = manifest()["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert not home["messages_tab_read_only_enabled"]
    assert home["home_tab_enabled"]


def test_what_is_used_and_not_asked_for_fails_the_run_and_what_is_asked_for_in_vain_too() -> None:
    used = Usage({*SCOPES, "channels:read"} - {"users:read"}, {*EVENTS}, {COMMAND})
    assert used.complaints(all_tests_ran=False) == [
        "The scope channels:read is used, and the manifest does not ask for it."
    ]
    assert "The manifest asks for the scope users:read, and no test uses it." in used.complaints(all_tests_ran=True)
    assert Usage({*SCOPES}, {*EVENTS}, {COMMAND}).complaints(all_tests_ran=True) == []


def test_a_call_needs_the_scopes_that_the_local_slack_demands_for_it(tmp_path: Path) -> None:
    before = USED.dump()
    with open_town(tmp_path) as town:
        town.person("U0ADA").say("hello")
        town.settle()
    seen = Usage()
    seen.add(USED.dump())
    assert {"chat:write", "im:write", "im:history", "users:read"} <= seen.scopes
    assert seen.events == {"message.im", *before["events"]}
    assert set(before["scopes"]) <= seen.scopes
