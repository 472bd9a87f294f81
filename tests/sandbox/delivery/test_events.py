"""Events: subscriptions, envelopes and retries."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox import Member, Person, RecordedDelivery, Sandbox
from tests.sandbox.support import ADA, BOB, PEOPLE, TinyApp, client_of, manifest


def test_a_message_of_a_person_is_sent_as_an_event(app: TinyApp, ada: Person, client: WebClient) -> None:
    ada.say("Salt & <pepper>, @bob")
    event = app.last["event"]
    assert event["text"] == "Salt &amp; &lt;pepper&gt;, <@U0BOB>"
    assert (event["type"], event["channel_type"], event["user"]) == ("message", "im", ADA)
    assert event["channel"] == client.conversations_open(users=ADA)["channel"]["id"]
    assert event["ts"] == event["event_ts"] == ada.inbox()[0]["ts"]


def test_only_messages_in_the_bots_conversations_are_sent(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    with_bot = sandbox.add_channel("with-bot", [ADA], with_bot=True)
    without = sandbox.add_channel("without", [ADA])
    ada.say("Nobody hears", channel=without)
    ada.say("The bot hears", channel=with_bot)
    group = client_of(sandbox).conversations_open(users=[ADA, BOB])["channel"]["id"]
    ada.say("So it does here", channel=group)
    heard = [(payload["event"]["text"], payload["event"]["channel_type"]) for payload in app.got]
    assert heard == [("The bot hears", "channel"), ("So it does here", "mpim")]


def test_a_mention_in_a_channel_also_sends_app_mention(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    channel = sandbox.add_channel("general", [ADA], with_bot=True)
    ada.say("@handy_app, are you there?", channel=channel)
    assert {payload["event"]["type"] for payload in app.got} == {"message", "app_mention"}


@pytest.mark.parametrize("lacking", [{"events": ["user_change"]}, {"scopes": ["chat:write", "im:write"]}])
def test_events_need_a_subscription_and_its_scope(app: TinyApp, lacking: dict[str, Any]) -> None:
    with Sandbox(manifest(**lacking), PEOPLE, deliver=app.deliver) as sandbox:
        sandbox.person(ADA).say("Hello?")
    assert app.got == []


def test_nobody_can_write_in_a_read_only_messages_tab(app: TinyApp) -> None:
    tabs = {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}
    with Sandbox(manifest(app_home=tabs), PEOPLE, deliver=app.deliver) as sandbox:
        reply = sandbox.person(ADA).say("Hello?")
        assert reply.sentence == "Sending messages to this app has been turned off."
        assert sandbox.person(ADA).inbox() == []


def test_team_join_and_user_change_are_sent(sandbox: Sandbox, app: TinyApp) -> None:
    heard = threading.Event()
    app.on("event_callback", lambda payload: heard.set() if len(app.got) == 2 else None)
    sandbox.add_member(Member("U0NEW", "new", "New Person"))
    sandbox.change_member(BOB, deactivated=True)
    assert heard.wait(5)
    events = {payload["event"]["type"]: payload["event"] for payload in app.got}
    assert events["team_join"]["user"]["id"] == "U0NEW"
    assert (events["user_change"]["user"]["id"], events["user_change"]["user"]["deleted"]) == (BOB, True)


def test_custom_fields_of_a_profile_change_without_an_event(sandbox: Sandbox, app: TinyApp) -> None:
    heard = threading.Event()
    app.on("event_callback", lambda payload: heard.set())
    sandbox.change_member(BOB, fields={"Xf0TEAM": "Maps"})
    sandbox.change_member(BOB, title="Editor")
    assert heard.wait(5)
    assert [payload["event"]["user"]["profile"]["title"] for payload in app.got] == ["Editor"]
    assert sandbox.workspace.member(BOB).fields == {"Xf0TEAM": "Maps"}


def test_opening_the_home_tab_sends_app_home_opened(app: TinyApp, ada: Person, client: WebClient) -> None:
    ada.open_home()
    assert (app.last["event"]["tab"], "view" in app.last["event"]) == ("home", False)
    client.views_publish(user_id=ADA, view={"type": "home", "blocks": []})
    ada.open_home()
    assert app.last["event"]["view"]["type"] == "home"


def test_an_event_is_addressed_to_the_app_and_its_bot(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    ada.say("Hello")
    assert (app.last["api_app_id"], app.last["team_id"]) == (sandbox.app_id, sandbox.team_id)
    [authorization] = app.last["authorizations"]
    assert (authorization["user_id"], authorization["is_bot"]) == (sandbox.bot_user_id, True)
    ada.say("Again")
    assert app.got[0]["event_id"] != app.got[1]["event_id"]


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> list["FakeTimer"]:
    """The timers of pending retries, which the test fires."""
    made: list[FakeTimer] = []

    def make(seconds: float, function: Any) -> "FakeTimer":
        made.append(FakeTimer(seconds, function))
        return made[-1]

    monkeypatch.setattr("sandbox.delivery.events.threading.Timer", make)
    return made


class FakeTimer:
    def __init__(self, seconds: float, function: Any) -> None:
        self.seconds, self.fire, self.daemon, self.is_cancelled = seconds, function, False, False

    def start(self) -> None:
        pass

    def cancel(self) -> None:
        self.is_cancelled = True


def attempts(sandbox: Sandbox, count: int) -> list[RecordedDelivery]:
    """The deliveries, once there are `count` of them."""
    with sandbox.workspace.changed:
        assert sandbox.workspace.changed.wait_for(lambda: len(sandbox.deliveries) >= count, timeout=5)
    return sandbox.deliveries


def test_a_failed_event_is_retried_at_once_after_one_minute_and_after_five(
    sandbox: Sandbox, app: TinyApp, ada: Person, timers: list[FakeTimer]
) -> None:
    app.on("event_callback", 500)
    ada.say("Can you hear me?")
    attempts(sandbox, 2)
    wait_for_timers(sandbox, timers, 1)
    timers[0].fire()
    attempts(sandbox, 3)
    wait_for_timers(sandbox, timers, 2)
    timers[1].fire()
    tried = attempts(sandbox, 4)
    assert [timer.seconds for timer in timers] == [60, 300]
    assert [delivery.retry_num for delivery in tried] == [0, 1, 2, 3]
    assert len({delivery.event_id for delivery in tried}) == 1
    assert [headers.get("X-Slack-Retry-Num") for headers in app.headers] == [None, "1", "2", "3"]
    assert app.headers[-1]["X-Slack-Retry-Reason"] == "http_error"


def wait_for_timers(sandbox: Sandbox, timers: list[FakeTimer], count: int) -> None:
    # A timer is planned just after its delivery is noted.
    pause = threading.Event()
    for _ in range(500):
        if len(timers) >= count:
            return
        pause.wait(0.01)
    raise AssertionError(f"{len(timers)} timers, not {count}")


def test_an_event_is_not_retried_after_a_success(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    app.on("event_callback", lambda payload: 500 if len(app.got) == 1 else None)
    ada.say("Can you hear me?")
    assert [delivery.ok for delivery in attempts(sandbox, 2)] == [False, True]


def test_the_no_retry_header_stops_retries(app: TinyApp) -> None:
    def decline(headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        return 500, {"X-Slack-No-Retry": "1"}, b""

    with Sandbox(manifest(), PEOPLE, deliver=decline) as sandbox:
        sandbox.person(ADA).say("Hello")
        assert [delivery.retry_num for delivery in sandbox.deliveries] == [0]


def test_an_event_can_be_redelivered(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    ada.say("Once")
    again = sandbox.redeliver(reason="http_timeout")
    assert (again.ok, again.retry_num) == (True, 1)
    assert app.got[0] == app.got[1]
    assert app.headers[1]["X-Slack-Retry-Num"] == "1"
    assert app.headers[1]["X-Slack-Retry-Reason"] == "http_timeout"
    assert sandbox.redeliver(sandbox.deliveries[0]).event_id == again.event_id


def test_events_without_a_transport_are_recorded_as_dropped(timers: list[FakeTimer]) -> None:
    with Sandbox(manifest(), PEOPLE) as sandbox:
        sandbox.person(ADA).say("Hello?")
        [delivery] = sandbox.deliveries
        assert (delivery.kind, delivery.error) == ("event", "dropped")
        wait_for_timers(sandbox, timers, 1)
    assert [(timer.seconds, timer.is_cancelled) for timer in timers] == [(60, True)]


@pytest.fixture
def talkative(app: TinyApp) -> Iterator[Sandbox]:
    """A workspace whose app receives its own messages, as in Slack."""
    with Sandbox(manifest(), PEOPLE, deliver=app.deliver) as running:
        yield running


def test_the_app_receives_its_own_messages(talkative: Sandbox, app: TinyApp) -> None:
    client = client_of(talkative)
    posted = client.chat_postMessage(channel=ADA, text="Hello")
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Hello again")
    client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    attempts(talkative, 3)
    events = {payload["event"].get("subtype"): payload["event"] for payload in app.got}
    assert set(events) == {None, "message_changed", "message_deleted"}
    assert (events[None]["bot_id"], events[None]["user"]) == ("B0APPBOT", talkative.bot_user_id)
    assert events["message_changed"]["message"]["text"] == "Hello again"
    assert events["message_changed"]["previous_message"]["text"] == "Hello"
    assert events["message_deleted"]["deleted_ts"] == posted["ts"]


def test_an_ephemeral_message_sends_no_event(talkative: Sandbox, app: TinyApp) -> None:
    client = client_of(talkative)
    channel = client.conversations_open(users=ADA)["channel"]["id"]
    client.chat_postEphemeral(channel=channel, user=ADA, text="Psst")
    talkative.stop()
    assert app.got == []
