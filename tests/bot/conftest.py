"""An environment with nothing of ours in it, and a local Slack to point it at."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.manifest import manifest
from sandbox import Calendar, Sandbox
from tests.local_bot import OWNER, PEOPLE, SECOND_OWNER, START, LocalBot
from tests.local_bot import local_bot as open_town
from tests.usage import watched

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("mentor-bot")

VARIABLES = (
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_API_URL",
    "DATABASE_URL",
    "DATABASE_WAIT_SECONDS",
    "MENTOR_OWNERS",
    "PORT",
)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of ours is set, and the working directory is empty."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """A command that runs in this process sets up the logs and what is hidden in them, for all tests that follow."""
    root, hidden = logging.getLogger(), set(logs._known)
    before = root.handlers[:], root.level, logging.raiseExceptions
    levels = {name: logging.getLogger(name).level for name in list(logging.root.manager.loggerDict)}
    yield
    logs._known.clear()
    logs._known.update(hidden)
    logging.captureWarnings(False)
    root.handlers[:], root.level, logging.raiseExceptions = before
    for name in list(logging.root.manager.loggerDict):
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    """A local Slack in which the bot is installed; it does not run yet."""
    sandbox = Sandbox(manifest(), PEOPLE, calendar=Calendar(START), rate_limits=False, own_messages=False)
    with sandbox, watched(sandbox):
        yield sandbox


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, slack: Sandbox) -> dict[str, str]:
    """Everything set that `run` needs for Socket Mode; what is put into it later is set too."""
    return set_all(monkeypatch, settings_of(slack))


def settings_of(slack: Sandbox) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "MENTOR_OWNERS": "U0OWNER,U0SECOND",
    }


def set_all(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> dict[str, str]:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return variables


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalBot]:
    """The bot runs, for two owners, and what we set is its own."""
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as opened:
        variables = {
            **settings_of(opened.slack),
            "DATABASE_URL": f"sqlite:///{tmp_path}/mentor-bot.db",
            "COLUMNS": "200",
        }
        set_all(monkeypatch, variables)
        yield opened
