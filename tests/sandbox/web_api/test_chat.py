"""chat.*: posting, updating and deleting messages, and their errors."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from tests.sandbox.support import ADA, BOB, PEOPLE, actions, button, client_of, manifest, refused, section


def test_a_post_to_a_person_goes_to_their_direct_message(client: WebClient, ada: Person) -> None:
    posted = client.chat_postMessage(channel=ADA, text="Hello Ada")
    assert posted["channel"] == client.conversations_open(users=ADA)["channel"]["id"]
    [message] = ada.inbox()
    assert (message["text"], message["ts"], message["user"]) == ("Hello Ada", posted["ts"], "U0APPBOT")


def test_blocks_without_ids_get_ids(client: WebClient, ada: Person) -> None:
    element = {"type": "button", "text": {"type": "plain_text", "text": "Press"}}
    client.chat_postMessage(channel=ADA, text="Press it", blocks=[{"type": "actions", "elements": [element]}])
    [block] = ada.inbox()[0]["blocks"]
    assert block["block_id"]
    assert block["elements"][0]["action_id"]
    assert block["elements"][0]["text"]["emoji"] is True


def test_given_ids_are_kept(client: WebClient, ada: Person) -> None:
    client.chat_postMessage(channel=ADA, text="Press it", blocks=[actions(button("press"), block_id="mine")])
    [block] = ada.inbox()[0]["blocks"]
    assert (block["block_id"], block["elements"][0]["action_id"]) == ("mine", "press")


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({}, "no_text"),
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
        (
            {"text": "x", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]},
            "invalid_blocks",
        ),
        ({"text": "x", "blocks": "not blocks"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [section("x" * 2_900)] * 5}, "msg_blocks_too_long"),
        ({"text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"text": "x", "metadata": "x"}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "x", "event_payload": {"a": "x" * 20_000}}}, "metadata_too_large"),
    ],
)
def test_invalid_messages_are_refused_and_not_posted(
    client: WebClient, ada: Person, message: dict[str, Any], error: str
) -> None:
    with refused(error):
        client.api_call("chat.postMessage", json={"channel": ADA, **message})
    assert ada.inbox() == []


def test_a_refusal_contains_json_pointers(client: WebClient) -> None:
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    with refused("invalid_blocks") as answers:
        client.chat_postMessage(channel=ADA, text="x", blocks=[header])
    [line] = answers[0]["response_metadata"]["messages"]
    assert "[json-pointer:/blocks/0/text/text]" in line


def test_a_post_needs_a_conversation_with_the_bot(sandbox: Sandbox, client: WebClient) -> None:
    with refused("invalid_arguments"):
        client.api_call("chat.postMessage", json={"text": "Hello"})
    with refused("channel_not_found"):
        client.chat_postMessage(channel="C0NOWHERE", text="Hello")
    with refused("channel_not_found"):
        client.chat_postMessage(channel="U0NOBODY", text="Hello")
    with refused("channel_not_found"):
        client.chat_postMessage(channel=sandbox.add_channel("secret", [ADA], is_private=True), text="Hello")
    with refused("not_in_channel"):
        client.chat_postMessage(channel=sandbox.add_channel("general", [ADA]), text="Hello")
    with refused("cannot_dm_bot"):
        client.chat_postMessage(channel="U0ROBOT", text="Hello")


def test_a_channel_can_be_given_by_name(sandbox: Sandbox, client: WebClient) -> None:
    channel = sandbox.add_channel("news", [ADA], with_bot=True)
    assert client.chat_postMessage(channel="#news", text="Hello")["channel"] == channel
    assert sandbox.person(ADA).inbox(channel)[0]["text"] == "Hello"


def test_without_a_messages_tab_nobody_gets_a_direct_message() -> None:
    tabs = {"home_tab_enabled": True, "messages_tab_enabled": False}
    with Sandbox(manifest(app_home=tabs), PEOPLE) as sandbox, refused("messages_tab_disabled"):
        client_of(sandbox).chat_postMessage(channel=ADA, text="Hello")


def test_a_deactivated_person_still_has_a_direct_message(client: WebClient, sandbox: Sandbox) -> None:
    client.chat_postMessage(channel="U0GONE", text="Are you there?")
    assert sandbox.person("U0GONE").inbox()[0]["text"] == "Are you there?"


def test_an_ephemeral_message_has_one_reader_and_is_not_in_the_history(sandbox: Sandbox, client: WebClient) -> None:
    channel = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
    client.chat_postEphemeral(channel=channel, user=ADA, text="Only you")
    [message] = sandbox.person(ADA).inbox(channel)
    assert (message["text"], message["is_ephemeral"]) == ("Only you", True)
    assert sandbox.person(BOB).inbox(channel) == []
    assert client.conversations_history(channel=channel)["messages"] == []
    with refused("user_not_in_channel"):
        client.chat_postEphemeral(channel=channel, user="U0CY", text="Not you")


def test_a_text_update_replaces_blocks_and_reads_edited(client: WebClient, ada: Person) -> None:
    posted = client.chat_postMessage(channel=ADA, text="Old", blocks=[actions(button("press"))])
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="New")
    [message] = ada.inbox()
    assert message["text"] == "New"
    assert "blocks" not in message
    assert message["edited"]["user"] == "U0APPBOT"
    assert message["ts"] == posted["ts"]


def test_an_update_with_blocks_does_not_read_edited(client: WebClient, ada: Person) -> None:
    posted = client.chat_postMessage(channel=ADA, text="Old")
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="New", blocks=[actions(button("press"))])
    [message] = ada.inbox()
    assert message["blocks"][0]["elements"][0]["action_id"] == "press"
    assert "edited" not in message


def test_metadata_can_be_changed_alone(client: WebClient, ada: Person) -> None:
    first = {"event_type": "a", "event_payload": {}}
    posted = client.chat_postMessage(channel=ADA, text="Text", metadata=first)
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    second = {"event_type": "b", "event_payload": {}}
    assert client.api_call("chat.update", json={**place, "metadata": second})["message"]["metadata"] == second
    assert "metadata" not in client.api_call("chat.update", json={**place, "metadata": {}})["message"]
    assert ada.inbox()[0]["text"] == "Text"


def test_only_the_bots_own_messages_can_be_changed_or_deleted(client: WebClient, ada: Person) -> None:
    ada.say("Mine")
    [message] = ada.inbox()
    channel = client.conversations_open(users=ADA)["channel"]["id"]
    with refused("cant_update_message"):
        client.chat_update(channel=channel, ts=message["ts"], text="Yours")
    with refused("cant_delete_message"):
        client.chat_delete(channel=channel, ts=message["ts"])
    with refused("message_not_found"):
        client.chat_update(channel=channel, ts="1.000000", text="Nobody's")
    with refused("message_not_found"):
        client.chat_delete(channel=channel, ts="1.000000")
    with refused("channel_not_found"):
        client.chat_update(channel=ADA, ts=message["ts"], text="By a person's id")


def test_updates_have_their_own_limits(client: WebClient) -> None:
    posted = client.chat_postMessage(channel=ADA, text="Text")
    place = {"channel": posted["channel"], "ts": posted["ts"]}
    with refused("msg_too_long"):
        client.api_call("chat.update", json={**place, "text": "x" * 4_001})
    with refused("no_text"):
        client.api_call("chat.update", json=place)


def test_a_deleted_message_is_gone(client: WebClient, ada: Person) -> None:
    posted = client.chat_postMessage(channel=ADA, text="Soon gone")
    client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    assert ada.inbox() == []
    with refused("message_not_found"):
        client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])


def test_a_permalink_contains_channel_and_timestamp(client: WebClient) -> None:
    posted = client.chat_postMessage(channel=ADA, text="Here")
    link = client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])["permalink"]
    assert link.endswith(f"/archives/{posted['channel']}/p{posted['ts'].replace('.', '')}")
