"""Removing and reinstalling the app; deactivating and restoring a person."""

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest
from slack_sdk import WebClient

from sandbox import NotVisibleError, Sandbox
from tests.sandbox.support import ADA, BOB, EVENTS, PEOPLE, TinyApp, client_of, manifest, refused

REMOVED = ("app_uninstalled", "tokens_revoked")


@pytest.fixture
def slack(app: TinyApp) -> Iterator[Sandbox]:
    """A workspace with an app that subscribes to its removal."""
    with Sandbox(manifest(events=(*EVENTS, *REMOVED)), PEOPLE, deliver=app.deliver, own_messages=False) as running:
        yield running


def test_a_removed_app_receives_events_and_is_then_refused(slack: Sandbox) -> None:
    slack.uninstall()
    told = [delivery.payload["event"] for delivery in slack.deliveries]
    assert sorted(event["type"] for event in told) == sorted(REMOVED)
    (revoked,) = (event for event in told if event["type"] == "tokens_revoked")
    assert revoked["tokens"] == {"oauth": [], "bot": [slack.bot_user_id]}
    with refused("account_inactive"):
        client_of(slack).auth_test()


def test_removal_sends_no_event_without_a_subscription(sandbox: Sandbox) -> None:
    sandbox.uninstall()
    assert sandbox.deliveries == []


def test_a_removed_app_cannot_be_used_and_receives_no_events(slack: Sandbox, app: TinyApp) -> None:
    slack.uninstall()
    already = len(app.got)
    assert not slack.person(ADA).command("/go").ok
    slack.person(ADA).say("Hello?")
    slack.change_member(BOB, title="Boss")
    slack.stop()
    assert len(app.got) == already


def test_a_reinstalled_app_has_a_new_token_and_its_old_messages(slack: Sandbox) -> None:
    old = client_of(slack)
    old.chat_postMessage(channel=ADA, text="Before")
    token, app_token = slack.bot_token, slack.app_token
    slack.uninstall()
    slack.reinstall()
    assert slack.bot_token != token
    assert slack.app_token == app_token
    with refused("invalid_auth"):
        old.auth_test()
    client_of(slack).chat_postMessage(channel=ADA, text="After")
    assert [message["text"] for message in slack.person(ADA).inbox()] == ["Before", "After"]
    assert slack.person(ADA).command("/go").ok


def test_a_deactivated_person_can_only_read_and_still_receives(slack: Sandbox) -> None:
    client = client_of(slack)
    channel = client.chat_postMessage(channel=BOB, text="Before")["channel"]
    slack.change_member(BOB, deactivated=True)
    with pytest.raises(NotVisibleError, match="deactivated"):
        slack.person(BOB).command("/go")
    with pytest.raises(NotVisibleError, match="deactivated"):
        slack.person(BOB).say("Hello?")
    assert client.conversations_info(channel=channel)["channel"]["is_user_deleted"]
    client.chat_postMessage(channel=channel, text="After")
    with refused("user_disabled"):
        client.conversations_open(users=BOB)
    slack.change_member(BOB, deactivated=False)
    assert not client.conversations_info(channel=channel)["channel"]["is_user_deleted"]
    assert slack.person(BOB).command("/go").ok
    assert [message["text"] for message in slack.person(BOB).inbox()] == ["Before", "After"]


def test_the_sockets_of_a_removed_app_close(client: WebClient, sandbox: Sandbox) -> None:
    url = str(client.apps_connections_open(app_token=sandbox.app_token)["url"])

    async def stay_until_the_end() -> list[str]:
        async with aiohttp.ClientSession() as session, session.ws_connect(url) as socket:
            hello = await socket.receive_json(timeout=5)
            await asyncio.get_running_loop().run_in_executor(None, sandbox.uninstall)
            goodbye = await socket.receive_json(timeout=5)
            closed = await socket.receive(timeout=5)
            return [hello["type"], goodbye["type"], goodbye["reason"], closed.type.name]

    assert asyncio.run(stay_until_the_end()) == ["hello", "disconnect", "link_disabled", "CLOSE"]
    with refused("account_inactive"):
        client.apps_connections_open(app_token=sandbox.app_token)
