"""An app on Slack's Bolt for JavaScript runs on the local Slack unchanged: Slack's own client judges what it answers.

It needs Node.js and the npm registry, and is left out where there is no Node.js.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Member, Sandbox
from tests.local_bot import wait_until
from tests.sandbox.support import ADA, EVENTS, PEOPLE, SCOPES, manifest

APP = Path(__file__).parent / "bolt_js"
_MORE = ("files:read", "files:write", "reactions:write", "users.profile:read")
_STARTS_WITHIN = 60.0
"""Seconds, also on a busy machine."""

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(shutil.which("node") is None or shutil.which("npm") is None, reason="there is no Node.js"),
]


@pytest.fixture(scope="module")
def installed() -> Path:
    """The app's packages, as they are locked."""
    if not (APP / "node_modules" / ".package-lock.json").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=APP, check=True)
    return APP


@pytest.fixture(scope="module")
def sandbox(installed: Path) -> Iterator[Sandbox]:
    allowed = manifest(scopes=[*SCOPES, *_MORE], events=[*EVENTS, "file_shared"])
    with Sandbox(allowed, PEOPLE) as running:
        env = {
            **os.environ,
            "SLACK_BOT_TOKEN": running.bot_token,
            "SLACK_APP_TOKEN": running.app_token,
            "SLACK_API_URL": running.api_url,
        }
        app = subprocess.Popen(["node", "app.mjs"], cwd=installed, env=env)
        try:
            running.wait_connected(_STARTS_WITHIN)
            yield running
        finally:
            app.terminate()
            app.wait()


def hears(sandbox: Sandbox, user: str, text: str) -> None:
    wait_until(lambda: any(text in str(each["text"]) for each in sandbox.person(user).inbox()), f"no “{text}”")


def test_a_command_a_form_and_a_button(sandbox: Sandbox) -> None:
    ada = sandbox.person(ADA)
    ada.command("/go")
    ada.await_view()
    ada.fill({"place": "nowhere"})
    assert ada.submit().errors == {"place": "Choose a place that exists."}
    ada.fill({"place": "Kew"})
    assert ada.submit().closed
    hears(sandbox, ADA, "To Kew")
    ada.click("arrived")
    hears(sandbox, ADA, "Arrived in Kew")


def test_a_message_is_answered_with_a_reaction_and_a_message(sandbox: Sandbox) -> None:
    ada = sandbox.person(ADA)
    ada.say("Hello")
    hears(sandbox, ADA, "You said: Hello")
    said = next(each for each in ada.inbox() if each["text"] == "Hello")
    assert [each["name"] for each in said["reactions"]] == ["wave"]


def test_home_shows_the_profile(sandbox: Sandbox) -> None:
    ada = sandbox.person(ADA)
    ada.open_home()
    wait_until(lambda: ada.home is not None, "no Home")
    assert "Welcome, Ada" in str(ada.home)


def test_who_joins_is_greeted(sandbox: Sandbox) -> None:
    sandbox.add_member(Member("U0NEW", "new", "Nina New"))
    hears(sandbox, "U0NEW", "Hello, Nina New")


def test_a_file_is_read_and_another_shared(sandbox: Sandbox) -> None:
    ada = sandbox.person(ADA)
    ada.share_file("list.txt", b"abc")
    hears(sandbox, ADA, "A copy")
    (copied,) = next(each for each in ada.inbox() if each["text"] == "A copy")["files"]
    assert (copied["name"], copied["size"]) == ("copy.txt", len("list.txt: 3"))
