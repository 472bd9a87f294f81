"""conversations.*: opening, reading and listing."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from sandbox import Calendar, Member, Sandbox
from tests.sandbox.support import ADA, BOB, CY, PEOPLE, client_of, manifest, refused


def test_the_same_people_always_get_the_same_conversation(client: WebClient) -> None:
    first = client.conversations_open(users=[ADA, BOB])
    again = client.conversations_open(users=f"{BOB},{ADA}")
    assert first["channel"]["id"] == again["channel"]["id"]
    assert "already_open" not in first.data
    assert (again["no_op"], again["already_open"]) == (True, True)
    assert client.conversations_open(users=[ADA, BOB, CY])["channel"]["id"] != first["channel"]["id"]


def test_a_known_conversation_is_opened_by_its_id(sandbox: Sandbox, client: WebClient) -> None:
    channel = client.conversations_open(users=ADA)["channel"]["id"]
    assert client.conversations_open(channel=channel)["channel"]["id"] == channel
    with refused("method_not_supported_for_channel_type"):
        client.conversations_open(channel=sandbox.add_channel("general", [ADA], with_bot=True))


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U0NOBODY", "user_not_found"),
        ("U0GONE", "user_disabled"),
        ("U0ROBOT", "cannot_dm_bot"),
        ("U0APPBOT", "cannot_dm_bot"),
    ],
)
def test_bots_and_deactivated_people_cannot_be_messaged(client: WebClient, users: str, error: str) -> None:
    with refused(error):
        client.conversations_open(users=users)


def test_a_group_message_holds_eight_people_besides_the_bot(sandbox: Sandbox, client: WebClient) -> None:
    for number in range(9):
        sandbox.add_member(Member(f"U{number}", f"u{number}", f"Person {number}"))
    assert client.conversations_open(users=[f"U{number}" for number in range(8)])["channel"]["id"]
    with refused("too_many_users"):
        client.conversations_open(users=[f"U{number}" for number in range(9)])


def test_prevent_creation_opens_nothing_new(client: WebClient) -> None:
    with refused("channel_not_found"):
        client.conversations_open(users=ADA, prevent_creation=True)


def test_history_is_newest_first_in_pages(sandbox: Sandbox) -> None:
    with Sandbox(manifest(), PEOPLE, rate_limits=False) as quick:
        client = client_of(quick)
        posted = [client.chat_postMessage(channel=ADA, text=f"{number}") for number in range(5)]
        channel = posted[0]["channel"]
        first = client.conversations_history(channel=channel, limit=2)
        assert [message["text"] for message in first["messages"]] == ["4", "3"]
        assert first["has_more"] is True
        rest = client.conversations_history(channel=channel, cursor=first["response_metadata"]["next_cursor"])
        assert [message["text"] for message in rest["messages"]] == ["2", "1", "0"]
        assert rest["has_more"] is False

        middle = {"oldest": posted[1]["ts"], "latest": posted[3]["ts"]}
        between = client.conversations_history(channel=channel, **middle)
        assert [message["text"] for message in between["messages"]] == ["2"]
        inclusive = client.conversations_history(channel=channel, inclusive=True, **middle)
        assert [message["text"] for message in inclusive["messages"]] == ["3", "2", "1"]


def test_history_refuses_what_it_cannot_read(client: WebClient, sandbox: Sandbox) -> None:
    channel = client.conversations_open(users=ADA)["channel"]["id"]
    with refused("channel_not_found"):
        client.conversations_history(channel="D0NOWHERE")
    with refused("invalid_arguments"):
        client.api_call("conversations.history")
    with refused("invalid_ts_oldest"):
        client.conversations_history(channel=channel, oldest="yesterday")
    with refused("invalid_limit"):
        client.conversations_history(channel=channel, limit=1000)
    with refused("invalid_cursor"):
        client.conversations_history(channel=channel, cursor="elsewhere")
    with refused("not_in_channel"):
        client.conversations_history(channel=sandbox.add_channel("general", [ADA]))
    with refused("channel_not_found"):
        client.conversations_history(channel=sandbox.add_channel("secret", [ADA], is_private=True))


def test_metadata_shows_only_when_asked_for(client: WebClient) -> None:
    metadata = {"event_type": "thing_done", "event_payload": {"id": "42"}}
    posted = client.chat_postMessage(channel=ADA, text="Done", metadata=metadata)
    [plain] = client.conversations_history(channel=posted["channel"])["messages"]
    [full] = client.conversations_history(channel=posted["channel"], include_all_metadata=True)["messages"]
    assert "metadata" not in plain
    assert full["metadata"] == metadata


def test_replies_stay_in_their_thread(client: WebClient) -> None:
    root = client.chat_postMessage(channel=ADA, text="Root")
    client.chat_postMessage(channel=ADA, text="Reply", thread_ts=root["ts"])
    [shown] = client.conversations_history(channel=root["channel"])["messages"]
    assert (shown["text"], shown["reply_count"]) == ("Root", 1)
    thread = client.conversations_replies(channel=root["channel"], ts=root["ts"])["messages"]
    assert [message["text"] for message in thread] == ["Root", "Reply"]
    with refused("thread_not_found"):
        client.conversations_replies(channel=root["channel"], ts="1.000000")


def test_listing_shows_the_kinds_asked_for_page_by_page(sandbox: Sandbox, client: WebClient) -> None:
    direct = client.conversations_open(users=ADA)["channel"]["id"]
    group = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
    public = sandbox.add_channel("general", [ADA])
    first = client.conversations_list(types="im,mpim", limit=1)
    assert [channel["id"] for channel in first["channels"]] == [direct]
    second = client.conversations_list(types="im,mpim", cursor=first["response_metadata"]["next_cursor"])
    assert [channel["id"] for channel in second["channels"]] == [group]
    assert [channel["id"] for channel in client.conversations_list()["channels"]] == [public]
    with refused("invalid_types"):
        client.conversations_list(types="telepathy")


def test_info_and_members_list_the_people(client: WebClient, sandbox: Sandbox) -> None:
    direct = client.conversations_open(users=ADA)["channel"]["id"]
    group = client.conversations_open(users=[ADA, BOB])["channel"]["id"]
    assert client.conversations_info(channel=direct)["channel"]["user"] == ADA
    info = client.conversations_info(channel=group, include_num_members=True)["channel"]
    assert (info["is_mpim"], info["num_members"], info["name"]) == (True, 3, "mpdm-handy_app--ada--bob-1")
    assert set(client.conversations_members(channel=group)["members"]) == {sandbox.bot_user_id, ADA, BOB}


def test_timestamps_follow_the_calendar_and_never_repeat() -> None:
    calendar = Calendar(datetime(2027, 3, 1, 9, tzinfo=UTC))
    with Sandbox(manifest(), PEOPLE, calendar=calendar) as sandbox:
        client = client_of(sandbox)
        before = [client.chat_postMessage(channel=person, text="Hi")["ts"] for person in (ADA, BOB, CY)]
        calendar.move_to(datetime(2027, 4, 1, 9, tzinfo=UTC))
        after = client.chat_postMessage(channel=ADA, text="A month later")["ts"]
    stamps = [*before, after]
    assert stamps == sorted(set(stamps))
    moment = datetime.fromtimestamp(float(after), UTC)
    assert timedelta(0) <= moment - datetime(2027, 4, 1, 9, tzinfo=UTC) < timedelta(minutes=1)


def test_the_conversations_of_a_person_are_those_that_the_bot_sees_too(sandbox: Sandbox, client: WebClient) -> None:
    public = sandbox.add_channel("general", [ADA])
    sandbox.add_channel("secret", [ADA], is_private=True)
    direct = client.conversations_open(users=ADA)["channel"]["id"]
    client.conversations_open(users=BOB)
    assert [each["id"] for each in client.users_conversations(user=ADA)["channels"]] == [public]
    found = client.users_conversations(user=ADA, types="public_channel,im,mpim")["channels"]
    assert [each["id"] for each in found] == [public, direct]
    assert len(client.users_conversations(types="im")["channels"]) == 2
    with refused("user_not_found"):
        client.users_conversations(user="U0NOBODY")
    with refused("invalid_types"):
        client.users_conversations(types="telepathy")
