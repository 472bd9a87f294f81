"""Reading and waiting as a person; starting and stopping the sandbox."""

import threading

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from tests.sandbox.support import ADA, BOB, PEOPLE, TinyApp, client_of, manifest, modal, opens, section


def test_a_message_is_found_by_what_its_text_or_blocks_say(client: WebClient, ada: Person) -> None:
    client.chat_postMessage(channel=ADA, text="Fallback", blocks=[section("Inside a block")])
    assert ada.await_message("Inside a block")["text"] == "Fallback"
    assert ada.await_message("Fallback")
    assert ada.await_message(lambda message: "blocks" in message)
    assert ada.await_message()


def test_await_message_returns_when_the_message_arrives(client: WebClient, ada: Person) -> None:
    client.chat_postMessage(channel=ADA, text="Hello")
    later = threading.Timer(0.05, lambda: client.chat_postMessage(channel=ADA, text="Hello"))
    later.start()
    assert ada.await_message("Hello", after=1)["ts"] == ada.inbox()[1]["ts"]
    later.join()


def test_await_message_reports_the_messages_that_came_instead(client: WebClient, ada: Person) -> None:
    client.chat_postMessage(channel=ADA, text="Something else")
    with pytest.raises(AssertionError, match="Something else"):
        ada.await_message("Hello", timeout=0.01)
    with pytest.raises(AssertionError, match="no view"):
        ada.await_view("form", timeout=0.01)


def test_await_view_returns_when_the_modal_opens(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    ada.command("/go")
    later = threading.Timer(0.05, lambda: opens(sandbox, modal())(app.got[0]))
    later.start()
    assert ada.await_view("form")["callback_id"] == "form"
    later.join()


def test_a_new_modal_replaces_an_open_one(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    app.on("command", opens(sandbox, modal(callback_id="first")))
    ada.command("/go")
    app.on("command", opens(sandbox, modal(callback_id="second")))
    ada.command("/go")
    assert [view["callback_id"] for view in ada.views] == ["second"]


def test_a_person_sees_only_their_conversations(sandbox: Sandbox, client: WebClient, ada: Person) -> None:
    client.chat_postMessage(channel=BOB, text="For Bob")
    group = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
    client.chat_postMessage(channel=group, text="For both")
    assert ada.inbox() == []
    assert [message["text"] for message in ada.inbox(group)] == ["For both"]
    assert [conversation["kind"] for conversation in ada.conversations()] == ["mpim"]
    assert [conversation["kind"] for conversation in sandbox.person(BOB).conversations()] == ["im", "mpim"]


def test_messages_are_returned_as_copies(client: WebClient, ada: Person) -> None:
    client.chat_postMessage(channel=ADA, text="Original")
    ada.inbox()[0]["text"] = "Forged"
    assert ada.inbox()[0]["text"] == "Original"


def test_a_sandbox_stops_twice_and_starts_beside_another() -> None:
    first, second = Sandbox(manifest(), PEOPLE), Sandbox(manifest(), PEOPLE)
    first.start()
    second.start()
    try:
        assert first.url != second.url
        assert first.bot_token != second.bot_token
        assert client_of(second).auth_test()["ok"]
    finally:
        second.stop()
        first.stop()
        first.stop()


def test_a_taken_port_raises_on_start(sandbox: Sandbox) -> None:
    port = int(sandbox.url.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        Sandbox(manifest(), PEOPLE, port=port).start()


def test_a_port_can_be_chosen(sandbox: Sandbox) -> None:
    port = int(sandbox.url.rpartition(":")[2])
    sandbox.stop()
    with Sandbox(manifest(), PEOPLE, port=port) as again:
        assert again.url == f"http://127.0.0.1:{port}"
        assert again.api_url == f"http://127.0.0.1:{port}/api/"
