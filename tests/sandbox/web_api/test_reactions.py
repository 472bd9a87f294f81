"""reactions.add."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from sandbox import Sandbox
from tests.local_bot import wait_until
from tests.sandbox.support import ADA, EVENTS, PEOPLE, SCOPES, TinyApp, client_of, manifest, refused


@pytest.fixture
def sandbox(app: TinyApp) -> Iterator[Sandbox]:
    scopes = [*SCOPES, "reactions:write", "reactions:read"]
    allowed = manifest(scopes=scopes, events=[*EVENTS, "reaction_added"])
    with Sandbox(allowed, PEOPLE, deliver=app.deliver, own_messages=False) as running:
        yield running


def test_people_see_the_reaction_and_the_app_hears_of_it(sandbox: Sandbox, app: TinyApp, client: WebClient) -> None:
    sandbox.person(ADA).say("Done!")
    (message,) = sandbox.person(ADA).inbox()
    place = client.conversations_open(users=ADA)["channel"]["id"]
    assert client.reactions_add(channel=place, timestamp=message["ts"], name="tada").data == {"ok": True}
    bot = client.auth_test()["user_id"]
    expected = [{"name": "tada", "users": [bot], "count": 1}]
    assert sandbox.person(ADA).inbox()[0]["reactions"] == expected
    assert client.conversations_history(channel=place)["messages"][0]["reactions"] == expected
    wait_until(lambda: app.last["event"]["type"] == "reaction_added", "the app hears of no reaction")
    event = app.last["event"]
    assert {name: event[name] for name in ("user", "reaction", "item_user")} == {
        "user": bot,
        "reaction": "tada",
        "item_user": ADA,
    }
    assert event["item"] == {"type": "message", "channel": place, "ts": message["ts"], "channel_type": "im"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "not an emoji"}, "invalid_name"),
        ({"timestamp": "yesterday"}, "bad_timestamp"),
        ({"timestamp": "1.000000"}, "message_not_found"),
        ({"timestamp": ""}, "no_item_specified"),
        ({"channel": "C0NOTHING"}, "channel_not_found"),
        ({}, "already_reacted"),
    ],
)
def test_what_cannot_be_is_refused(sandbox: Sandbox, client: WebClient, changes: dict[str, str], error: str) -> None:
    place = client.conversations_open(users=ADA)["channel"]["id"]
    ts = client.chat_postMessage(channel=place, text="Hello")["ts"]
    given = {"channel": place, "timestamp": ts, "name": "wave"}
    client.reactions_add(**given)
    with refused(error):
        client.reactions_add(**{**given, **changes})


def test_it_needs_the_scope() -> None:
    with Sandbox(manifest(), PEOPLE) as sandbox, refused("missing_scope"):
        client_of(sandbox).reactions_add(channel="D0", timestamp="1.0", name="wave")
