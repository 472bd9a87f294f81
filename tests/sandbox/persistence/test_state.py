"""Saving a workspace and restoring it, also after the process was killed."""

import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox import Calendar, Sandbox, StateUnusableError
from tests.sandbox.support import ADA, BOB, PEOPLE, client_of, manifest, section

START = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
META = {"event_type": "asked", "event_payload": {"key": "k1"}}


def opened(path: Path) -> Sandbox:
    return Sandbox(
        manifest(), PEOPLE, calendar=Calendar(START), own_messages=False, workspace_file=path, rate_limits=False
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace.db"


def test_a_workspace_is_restored(path: Path) -> None:
    with opened(path) as before:
        client = client_of(before)
        posted = client.chat_postMessage(channel=ADA, text="Asked", metadata=META)
        edited = client.chat_postMessage(channel=ADA, text="Before")
        client.chat_update(channel=edited["channel"], ts=edited["ts"], text="After")
        deleted = client.chat_postMessage(channel=ADA, text="Gone")
        client.chat_delete(channel=deleted["channel"], ts=deleted["ts"])
        client.chat_postEphemeral(channel=posted["channel"], user=ADA, text="For you alone")
        group = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
        client.chat_postMessage(channel=group, text="You two")
        client.views_publish(user_id=BOB, view={"type": "home", "blocks": [section("At home")]})
        before.person(ADA).say("Hello")
        before.change_member(BOB, title="Head of everything")
        before.calendar.move_to(START + timedelta(days=3))
        seen = {user: before.person(user).inbox() for user in (ADA, BOB)}
        talks = before.person(ADA).conversations()
        secrets = (before.bot_token, before.app_token, before.signing_secret)

    with opened(path) as after:
        assert after.is_restored
        assert {user: after.person(user).inbox() for user in (ADA, BOB)} == seen
        assert after.person(ADA).conversations() == talks
        assert (after.bot_token, after.app_token, after.signing_secret) == secrets
        home = after.person(BOB).home
        assert home is not None
        assert home["blocks"][0]["text"]["text"] == "At home"
        assert START + timedelta(days=3) <= after.calendar.now() < START + timedelta(days=3, minutes=5)
        client = client_of(after)
        history = client.conversations_history(channel=posted["channel"], include_all_metadata=True)["messages"]
        assert [one["text"] for one in history] == ["Hello", "After", "Asked"]
        assert history[2]["metadata"] == META
        assert client.users_info(user=BOB)["user"]["profile"]["title"] == "Head of everything"
        newer = client.chat_postMessage(channel=ADA, text="Newer")
        assert newer["channel"] == posted["channel"]
        assert float(newer["ts"]) > max(float(one["ts"]) for one in seen[ADA])
        assert [one["text"] for one in after.person(ADA).inbox()][-1] == "Newer"


def test_the_state_of_elements_in_messages_is_restored(path: Path) -> None:
    blocks = [{"type": "actions", "block_id": "when", "elements": [{"type": "datepicker", "action_id": "day"}]}]
    with opened(path) as before:
        client_of(before).chat_postMessage(channel=ADA, text="When?", blocks=blocks)
        before.person(ADA).choose("day", "2027-03-04")
    after = opened(path)
    place = after.workspace.conversations.for_user(ADA)[0]
    assert place.messages[0].state_for(ADA)["when"]["day"]["selected_date"] == "2027-03-04"
    after.stop()


_WRITER = """
import sys
from pathlib import Path
from sandbox import Sandbox
from tests.sandbox.support import ADA, PEOPLE, client_of, manifest
with Sandbox(manifest(), PEOPLE, workspace_file=Path(sys.argv[1]), rate_limits=False) as sandbox:
    client = client_of(sandbox)
    for number in range(10_000):
        client.chat_postMessage(channel=ADA, text=str(number))
        print(number, flush=True)
"""


def test_a_killed_process_loses_no_acknowledged_message(path: Path) -> None:
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    for _ in range(25):
        last = int(writer.stdout.readline())
    writer.send_signal(signal.SIGKILL)
    answered = [*range(last + 1), *(int(line) for line in writer.stdout.read().split())]
    writer.wait()
    writer.stdout.close()

    with opened(path) as after:
        kept = [one["text"] for one in after.person(ADA).inbox()]
        assert kept[: len(answered)] == [str(number) for number in answered]
        assert len(kept) <= len(answered) + 1


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda path: path.write_bytes(b"not a database at all" * 100), "cannot be read"),
        (lambda path: _sql(path, "PRAGMA user_version = 99"), "another version"),
        (lambda path: _sql(path, "PRAGMA application_id = 1"), "does not hold a local workspace"),
        (lambda path: _sql(path, "UPDATE kept SET says = '{' WHERE kind = 'clock'"), "cannot be read"),
        (lambda path: _sql(path, "UPDATE kept SET says = '{\"id\": 1}' WHERE kind = 'member'"), "could not be read"),
    ],
)
def test_an_unusable_file_is_refused_with_a_sentence(path: Path, spoil: object, why: str) -> None:
    opened(path).stop()
    assert callable(spoil)
    spoil(path)
    with pytest.raises(StateUnusableError, match=why) as refused:
        opened(path)
    assert str(path) in str(refused.value)
    path.replace(path.with_suffix(".aside"))


def _sql(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as database:
        database.execute(statement)
    database.close()
