"""Group direct messages with the bot."""

import threading

import pytest
from slack_sdk import WebClient

from sandbox import NotVisibleError, Person, Sandbox
from tests.sandbox.support import (
    ADA,
    BOB,
    CY,
    EVENTS,
    PEOPLE,
    SCOPES,
    TinyApp,
    actions,
    button,
    client_of,
    manifest,
    refused,
)


@pytest.fixture
def group(client: WebClient) -> str:
    """The conversation of Ada, Bob and the bot."""
    return str(client.conversations_open(users=[ADA, BOB])["channel"]["id"])


@pytest.mark.parametrize(
    ("missing", "call"),
    [
        ("mpim:write", "open"),
        ("mpim:history", "history"),
        ("mpim:read", "info"),
        ("mpim:read", "members"),
        ("mpim:read", "list"),
    ],
)
def test_reading_a_group_needs_its_scope(missing: str, call: str) -> None:
    scopes = [scope for scope in SCOPES if scope != missing]
    with Sandbox(manifest(scopes=scopes), PEOPLE) as sandbox:
        client = client_of(sandbox)
        if call == "open":
            with refused("missing_scope") as answers:
                client.conversations_open(users=[ADA, BOB])
            assert answers[0]["needed"] == missing
            assert client.conversations_open(users=ADA)["ok"]
            return
        channel = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
        where = {"types": "mpim"} if call == "list" else {"channel": channel}
        with refused("missing_scope") as answers:
            client.api_call(f"conversations.{call}", params=where)
        assert answers[0]["needed"] == missing


def test_posting_to_a_group_needs_no_further_scope() -> None:
    with Sandbox(manifest(scopes=["chat:write", "mpim:write"]), PEOPLE) as sandbox:
        client = client_of(sandbox)
        channel = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
        client.chat_postMessage(channel=channel, text="Hello both")
        for user in (ADA, BOB):
            assert sandbox.person(user).await_message("Hello both", channel=channel)


def test_a_group_is_listed_for_its_members(sandbox: Sandbox, client: WebClient, group: str) -> None:
    client.chat_postMessage(channel=group, text="Hello both")
    [seen] = sandbox.person(BOB).conversations()
    assert (seen["id"], seen["kind"], seen["unread"]) == (group, "mpim", 1)
    assert set(seen["members"]) == {ADA, BOB, sandbox.bot_user_id}
    assert sandbox.person(CY).conversations() == []
    with pytest.raises(NotVisibleError):
        sandbox.person(CY).inbox(group)


def test_await_message_in_a_group_ignores_other_conversations(
    sandbox: Sandbox, client: WebClient, ada: Person, group: str
) -> None:
    client.chat_postMessage(channel=ADA, text="Hello")
    later = threading.Timer(0.05, lambda: client.chat_postMessage(channel=group, text="Hello both"))
    later.start()
    assert ada.await_message("Hello", channel=group)["text"] == "Hello both"
    later.join()


def test_messages_in_a_group_are_visible_to_all_and_in_the_history(
    sandbox: Sandbox, client: WebClient, ada: Person, group: str
) -> None:
    ada.say("Shall we meet?", group)
    assert sandbox.person(BOB).await_message("Shall we meet?", channel=group)["user"] == ADA
    [kept] = client.conversations_history(channel=group)["messages"]
    assert (kept["user"], kept["text"]) == (ADA, "Shall we meet?")


def test_group_messages_are_sent_only_with_a_subscription(app: TinyApp) -> None:
    for events in (EVENTS, [event for event in EVENTS if event != "message.mpim"]):
        app.got.clear()
        with Sandbox(manifest(events=events), PEOPLE, deliver=app.deliver, own_messages=True) as sandbox:
            client = client_of(sandbox)
            channel = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
            sandbox.person(ADA).say("Among us", channel)
            client.chat_postMessage(channel=channel, text="And me")
        heard = [got["event"]["channel_type"] for got in app.got if got["type"] == "event_callback"]
        assert set(heard) == ({"mpim"} if "message.mpim" in events else set())


def test_a_subscription_without_its_scope_has_no_effect(app: TinyApp) -> None:
    scopes = [scope for scope in SCOPES if scope != "mpim:history"]
    with Sandbox(manifest(scopes=scopes), PEOPLE, deliver=app.deliver, own_messages=False) as sandbox:
        channel = client_of(sandbox).conversations_open(users=[ADA, BOB])["channel"]["id"]
        sandbox.person(ADA).say("Among us", channel)
    assert app.got == []


def test_a_click_in_a_group_names_its_conversation(client: WebClient, app: TinyApp, ada: Person, group: str) -> None:
    client.chat_postMessage(channel=group, text="Press", blocks=[actions(button("go", "Go"))])
    assert ada.click("Go").ok
    assert app.last["channel"]["id"] == group
    assert app.last["channel"]["name"].startswith("mpdm-")
    assert app.last["user"]["id"] == ADA


def test_an_ephemeral_response_in_a_group_has_one_reader(
    sandbox: Sandbox, app: TinyApp, ada: Person, group: str
) -> None:
    app.on("command", "Only you")
    assert [message["text"] for message in ada.command("/go", group).messages] == ["Only you"]
    assert app.last["channel_id"] == group
    assert sandbox.person(BOB).inbox(group) == []
