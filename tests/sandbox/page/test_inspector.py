"""The inspector: recorded traffic, limits, scopes and injected failures."""

import asyncio
import json
from http.client import RemoteDisconnected
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from sandbox import Person, Sandbox
from sandbox.block_kit import check_message, check_view, message_usage, view_usage
from tests.sandbox.page.test_api import ask, status_of
from tests.sandbox.support import (
    ADA,
    BOB,
    PEOPLE,
    SCOPES,
    Json,
    TinyApp,
    actions,
    button,
    client_of,
    entry,
    manifest,
    modal,
    opens,
    options,
    plain,
    refused,
    section,
)

BASE = "/sandbox/inspector"


def traffic(sandbox: Sandbox, **filters: Any) -> list[Json]:
    """The rows, newest first."""
    query = "&".join(f"{name}={quote(str(value))}" for name, value in filters.items())
    rows = ask(sandbox, f"{BASE}/traffic?{query}")["rows"]
    assert isinstance(rows, list)
    return rows


def details(sandbox: Sandbox, row: Json) -> Json:
    return ask(sandbox, f"{BASE}/traffic/{row['number']}")


def order(sandbox: Sandbox, kind: str, method: str = "*", **more: Any) -> int:
    answer = ask(sandbox, f"{BASE}/faults", {"kind": kind, "method": method, **more})
    assert answer["ok"], answer
    return int(answer["number"])


def disruptions(sandbox: Sandbox) -> Json:
    """The active failures in the workspace's JSON."""
    shown = ask(sandbox, "/sandbox/workspace")["disruptions"]
    assert isinstance(shown, dict)
    return shown


def test_a_command_and_its_calls_are_listed(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    app.on("command", opens(sandbox, modal()))
    ada.command("/go home")
    command, opened = traffic(sandbox)
    assert (command["name"], command["about"], command["from_app"]) == ("command", "/go home", False)
    assert (opened["name"], opened["status"], opened["from_app"]) == ("views.open", 200, True)
    assert command["people"] == opened["people"] == [ADA]
    assert command["started"] <= opened["started"], "a reader can tell which came first"
    sent = details(sandbox, opened)
    assert sent["sent"]["view"]["callback_id"] == "form"
    assert sent["response"]["body"]["view"]["title"]["text"] == "A form"
    assert sent["response"]["headers"]["X-OAuth-Scopes"] == ",".join(SCOPES)
    got = details(sandbox, command)
    assert (got["sent"]["user_id"], got["transport"], got["response"]["status"]) == (ADA, "deliver", 200)
    assert status_of(sandbox, f"{BASE}/traffic/999") == 404


def test_a_call_lists_its_scopes_including_those_of_its_conversation(sandbox: Sandbox, client: WebClient) -> None:
    channel = client.conversations_open(users=[ADA])["channel"]["id"]
    client.conversations_history(channel=channel)
    history, opened = (details(sandbox, row)["scopes"] for row in traffic(sandbox))
    assert (history, opened) == (["im:history"], ["im:write"])


def test_traffic_is_filtered_searched_and_paged(sandbox: Sandbox, client: WebClient, ada: Person) -> None:
    for number in range(3):
        client.chat_postMessage(channel=ADA, text=f"To Ada {number}")
    client.chat_postMessage(channel=BOB, text="To Bob")
    ada.say("Hello")
    assert len(traffic(sandbox, name="chat.postMessage")) == 4
    assert [row["name"] for row in traffic(sandbox, person=BOB)] == ["chat.postMessage"]
    assert len(traffic(sandbox, person=ADA)) == 4
    assert [row["people"] for row in traffic(sandbox, text="to bob")] == [[BOB]]
    first = ask(sandbox, f"{BASE}/traffic?limit=2")
    assert ([row["number"] for row in first["rows"]], first["has_more"], first["newest"]) == ([5, 4], True, 5)
    assert [row["number"] for row in traffic(sandbox, before=2)] == [1]
    assert [row["number"] for row in traffic(sandbox, after=3)] == [5, 4]
    assert first["names"] == ["chat.postMessage", "event"]
    assert status_of(sandbox, f"{BASE}/traffic?before=soon") == 400


def test_no_token_and_no_secret_is_ever_shown(sandbox: Sandbox, client: WebClient, app: TinyApp, ada: Person) -> None:
    secrets = [sandbox.bot_token, sandbox.app_token, sandbox.signing_secret, sandbox.app.verification_token]
    client.chat_postMessage(channel=ADA, text=f"Mine is {sandbox.bot_token}.", blocks=[actions(button("press"))])
    ada.say("Is it xoxp-1234-abcd, or " + sandbox.signing_secret + "?")
    app.on("command", opens(sandbox, modal(private_metadata=sandbox.app_token)))
    ada.command("/go")
    ada.close()
    ada.click("press")
    hook = str(app.last["response_url"])
    WebhookClient(hook).send(text=f"Write to {hook}")
    client.apps_connections_open(app_token=sandbox.app_token)
    with refused("invalid_auth"):
        client.auth_test(token="xoxb-of-somebody-else")
    with refused("invalid_arguments"):
        client.chat_postMessage(channel="", text=sandbox.app_token)
    with refused(sandbox.bot_token):
        client.api_test(error=sandbox.bot_token)
    with refused("unknown_method"):
        client.api_call(sandbox.bot_token)
    sandbox.reinstall()
    client_of(sandbox).auth_test()
    secrets += [sandbox.bot_token, hook.rsplit("/", 1)[1], "xoxp-1234-abcd", "xoxb-of-somebody-else"]

    rows = traffic(sandbox)
    assert {"chat.postMessage", "event", "command", "block_actions", "respond"} <= {row["name"] for row in rows}
    posted = sandbox.person(ADA).inbox()[0]
    channel = sandbox.person(ADA).conversations()[0]["id"]
    shown = [*rows, *(details(sandbox, row) for row in rows)]
    shown.append(ask(sandbox, f"{BASE}/people/{ADA}/messages/{channel}/{posted['ts']}"))
    shown += [ask(sandbox, f"{BASE}/{path}") for path in ("scopes", "faults", "traffic?limit=1")]
    everything = json.dumps(shown)
    assert [secret for secret in secrets if secret in everything] == []
    assert "ticket=(hidden)" in everything
    assert [traffic(sandbox, text=secret) for secret in secrets] == [[]] * len(secrets)


def test_only_the_latest_exchanges_are_complete(
    monkeypatch: pytest.MonkeyPatch, sandbox: Sandbox, client: WebClient
) -> None:
    monkeypatch.setattr("sandbox.traffic.MAX_COMPLETE", 3)
    for number in range(5):
        client.chat_postMessage(channel=(ADA, BOB)[number % 2], text=str(number))
    assert [row["number"] for row in traffic(sandbox)] == [5, 4, 3]
    assert [call.args["text"] for call in sandbox.calls] == ["0", "1", "2", "3", "4"]
    assert [bool(call.response) for call in sandbox.calls] == [False, False, True, True, True]


def test_open_inspectors_receive_updates(sandbox: Sandbox, client: WebClient) -> None:
    async def listen() -> Json:
        loop = asyncio.get_running_loop()
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{sandbox.url}{BASE}/live") as socket:
            await loop.run_in_executor(None, lambda: client.auth_test())
            return dict(await socket.receive_json())

    assert asyncio.run(asyncio.wait_for(listen(), 10)) == {"type": "traffic", "newest": 1}


def test_a_message_shows_its_json_its_blocks_and_its_limits(sandbox: Sandbox, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=ADA, text="Hi", blocks=[section("a" * 412), actions(button("go", "Go"))])
    shown = ask(sandbox, f"{BASE}/people/{ADA}/messages/{posted['channel']}/{posted['ts']}")
    assert shown["json"]["ts"] == posted["ts"]
    assert check_message(shown["blocks"]) == [], "it can be pasted in Slack's Block Kit Builder"
    assert {"name": "section text", "used": 412, "most": 3000, "pointer": "/blocks/0/text/text"} in shown["limits"]
    assert {"name": "blocks", "used": 2, "most": 50, "pointer": "/blocks"} in shown["limits"]
    shares = [one["used"] / one["most"] for one in shown["limits"]]
    assert shares == sorted(shares, reverse=True)
    assert status_of(sandbox, f"{BASE}/people/{ADA}/messages/{posted['channel']}/1.0") == 404
    assert status_of(sandbox, f"{BASE}/people/{BOB}/messages/{posted['channel']}/{posted['ts']}") == 404


def test_the_open_view_shows_the_same(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    assert ask(sandbox, f"{BASE}/people/{ADA}/view") == {"json": None}
    app.on("command", opens(sandbox, modal(title=plain("Eighteen letters!!"), private_metadata="x" * 310)))
    ada.command("/go")
    shown = ask(sandbox, f"{BASE}/people/{ADA}/view")
    assert shown["json"]["callback_id"] == "form"
    assert check_view(shown["blocks"], "modal") == []
    used = {one["name"]: (one["used"], one["most"]) for one in shown["limits"]}
    assert used["modal title"] == (18, 24)
    assert used["private_metadata"] == (310, 3000)


def menu(count: int) -> Json:
    many = options(*(f"v{number}" for number in range(count)))
    return {"type": "static_select", "action_id": "it", "placeholder": plain("Choose"), "options": many}


@pytest.mark.parametrize(
    ("name", "most", "blocks"),
    [
        ("section text", 3000, lambda size: [section("a" * size)]),
        ("section field", 2000, lambda size: [{"type": "section", "fields": [plain("Short"), plain("a" * size)]}]),
        ("header text", 150, lambda size: [{"type": "header", "text": plain("a" * size)}]),
        ("button text", 75, lambda size: [actions(button("go", "a" * size))]),
        ("actions elements", 25, lambda size: [actions(*(button(f"b{number}") for number in range(size)))]),
        ("static_select options", 100, lambda size: [actions(menu(size))]),
        ("blocks", 50, lambda size: [{"type": "divider"}] * size),
    ],
)
def test_a_full_limit_is_accepted_and_one_more_is_refused(name: str, most: int, blocks: Any) -> None:
    used = {one.name: (one.used, one.most) for one in message_usage({"blocks": blocks(most)})}
    assert used[name] == (most, most)
    assert check_message({"blocks": blocks(most)}) == []
    assert check_message({"blocks": blocks(most + 1)})


def test_the_usage_of_a_view_follows_its_schema() -> None:
    view = modal(entry("Drink", "drink", menu(100)), entry("b" * 2000, "name"), title=plain("t" * 24))
    used = {one.name: (one.used, one.most) for one in view_usage(view)}
    assert used["static_select options"] == (100, 100)
    assert used["input label"] == (2000, 2000)
    assert used["modal title"] == (24, 24)
    assert used["static_select option text"] == (3, 75)


def test_the_use_of_scopes_is_counted(sandbox: Sandbox, client: WebClient, ada: Person) -> None:
    client.chat_postMessage(channel=ADA, text="One")
    client.chat_postMessage(channel=ADA, text="Two")
    client.users_info(user=ADA)
    ada.command("/go")
    ada.say("Hello")
    used = {one["scope"]: one["by"] for one in ask(sandbox, f"{BASE}/scopes")["scopes"]}
    assert used["chat:write"] == [{"name": "chat.postMessage", "count": 2}]
    assert used["users:read.email"] == [{"name": "users.info", "count": 1}]
    assert used["commands"] == [{"name": "/go", "count": 1}]
    assert used["im:history"] == [{"name": "message.im", "count": 1}]
    assert used["team:read"] == [], "granted and not used so far"


def test_rate_budgets_report_use_and_blocked_time() -> None:
    with Sandbox(manifest(), PEOPLE, stopwatch=lambda: 0.0) as sandbox:
        client = client_of(sandbox)
        for _ in range(4):
            client.chat_postMessage(channel=ADA, text="Quick")
        with pytest.raises(SlackApiError):
            client.chat_postMessage(channel=ADA, text="Too quick")
        client.users_list()
        rates = ask(sandbox, f"{BASE}/scopes")["rates"]
        assert rates["on"] is True
        held, *_ = rates["budgets"]
        assert (held["method"], held["people"], held["used"], held["size"]) == ("chat.postMessage", [ADA], 4, 4)
        assert held["blocked_seconds"] == 1
        [listed] = [one for one in rates["budgets"] if one["method"] == "users.list"]
        assert (listed["used"], listed["per_minute"], listed["people"]) == (1, 20, None)


def test_429_for_the_next_calls_of_any_method(sandbox: Sandbox, client: WebClient) -> None:
    order(sandbox, "limited", seconds=7, calls=2)
    for call in (client.auth_test, client.team_info):
        with pytest.raises(SlackApiError) as caught:
            call()
        response = caught.value.response
        assert (response.status_code, response.headers["Retry-After"]) == (429, "7")
    assert client.auth_test()["ok"]
    assert [row["fault"] for row in traffic(sandbox)] == ["", "answer", "answer"]


def test_slow_until_it_is_turned_off(sandbox: Sandbox, client: WebClient) -> None:
    number = order(sandbox, "slow", "auth.test", seconds=1)
    client.auth_test()
    assert ask(sandbox, f"{BASE}/faults/{number}/remove", {}) == {"ok": True}
    client.auth_test()
    quick, slow = traffic(sandbox)
    assert slow["seconds"] >= 1 > quick["seconds"]


def test_a_server_error_for_one_minute(sandbox: Sandbox, client: WebClient, ada: Person) -> None:
    order(sandbox, "broken", "chat.postMessage", lasting=60)
    for _ in range(2):
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel=ADA, text="Lost")
        assert caught.value.response.status_code == 503
    assert ada.inbox() == []
    [fault] = disruptions(sandbox)["faults"]
    assert (fault["kind"], fault["method"], fault["calls"]) == ("broken", "chat.postMessage", None)
    assert 0 < fault["seconds_left"] <= 60


def test_a_call_is_performed_and_its_response_dropped(sandbox: Sandbox, client: WebClient, ada: Person) -> None:
    order(sandbox, "dropped", "chat.postMessage", calls=1)
    with pytest.raises((RemoteDisconnected, ConnectionError)):
        client.chat_postMessage(channel=ADA, text="Arrived")
    assert [message["text"] for message in ada.inbox()] == ["Arrived"]
    [row] = traffic(sandbox)
    assert (row["ok"], row["fault"]) == (True, "dropped")


def test_the_next_trigger_is_expired(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    def late(payload: Json) -> None:
        with refused("expired_trigger_id"):
            opens(sandbox, modal())(payload)

    order(sandbox, "late", calls=1)
    app.on("command", late)
    ada.command("/go")
    assert ada.view is None
    app.on("command", opens(sandbox, modal()))
    ada.command("/go")
    assert ada.view


def test_a_response_url_can_be_slow_and_limited_too(
    sandbox: Sandbox, client: WebClient, app: TinyApp, ada: Person
) -> None:
    ada.command("/go")
    order(sandbox, "limited", seconds=9, calls=1)
    answer = WebhookClient(app.last["response_url"], retry_handlers=[]).send(text="Again")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "9")


def test_events_are_redelivered(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    assert ask(sandbox, f"{BASE}/redeliver", {}) == {"ok": True, "sent": 0}
    ada.say("One")
    ada.say("Two")
    ids = [payload["event_id"] for payload in app.got]
    assert ask(sandbox, f"{BASE}/redeliver", {}) == {"ok": True, "sent": 1}
    assert app.last["event_id"] == ids[1]
    assert ask(sandbox, f"{BASE}/redeliver", {"all": True}) == {"ok": True, "sent": 2}
    assert [payload["event_id"] for payload in app.got[-2:]] == ids
    assert traffic(sandbox)[0]["retry"] > 0


def test_a_person_is_deactivated_and_restored(sandbox: Sandbox, client: WebClient, app: TinyApp) -> None:
    assert ask(sandbox, f"{BASE}/people/{BOB}", {"deactivated": True}) == {"ok": True}
    with refused("user_disabled"):
        client.conversations_open(users=[BOB])
    assert ask(sandbox, f"{BASE}/people/{BOB}", {"deactivated": False}) == {"ok": True}
    assert client.conversations_open(users=[BOB])["ok"]
    assert status_of(sandbox, f"{BASE}/people/U0NOBODY", b"{}") == 404
    assert status_of(sandbox, f"{BASE}/people/{sandbox.bot_user_id}", b"{}") == 404


def test_the_token_is_revoked_and_the_app_reinstalled(sandbox: Sandbox, client: WebClient) -> None:
    for act, error, back in (
        ("revoke", "token_revoked", "restore"),
        ("uninstall", "account_inactive", "reinstall"),
    ):
        ask(sandbox, f"{BASE}/app", {"act": act})
        with refused(error):
            client.auth_test()
        assert disruptions(sandbox)["revoked"] == error
        ask(sandbox, f"{BASE}/app", {"act": back})
        assert client.auth_test()["ok"], "with the same token, for nobody can hand this app another one"
        assert disruptions(sandbox) == {"faults": [], "revoked": "", "installed": True}


def test_a_removed_app_must_be_reinstalled_to_get_its_token_back(sandbox: Sandbox, client: WebClient) -> None:
    ask(sandbox, f"{BASE}/app", {"act": "uninstall"})
    ask(sandbox, f"{BASE}/app", {"act": "restore"})
    with refused("account_inactive"):
        client.auth_test()


def test_open_triggers_can_be_expired(sandbox: Sandbox, app: TinyApp, ada: Person, client: WebClient) -> None:
    ada.command("/go")
    ask(sandbox, f"{BASE}/app", {"act": "expire"})
    with refused("expired_trigger_id"):
        client.views_open(trigger_id=app.last["trigger_id"], view=modal())


def test_the_page_shows_active_faults_until_they_are_used_up(sandbox: Sandbox, client: WebClient) -> None:
    order(sandbox, "broken", calls=1)
    [fault] = disruptions(sandbox)["faults"]
    assert (fault["kind"], fault["method"], fault["calls"], fault["seconds_left"]) == ("broken", "*", 1, None)
    with pytest.raises(SlackApiError):
        client.auth_test()
    assert disruptions(sandbox)["faults"] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "flood"},
        {"kind": "slow", "method": "no.such"},
        {"kind": "slow", "seconds": 0},
        {"kind": "slow", "calls": "x"},
    ],
)
def test_an_invalid_fault_is_refused(sandbox: Sandbox, wrong: Json) -> None:
    assert status_of(sandbox, f"{BASE}/faults", json.dumps(wrong).encode()) == 400
    assert disruptions(sandbox)["faults"] == []


def test_a_fault_of_one_method_takes_precedence(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.faults.fail("*", "fatal_error")
    sandbox.faults.fail("auth.test", "internal_error")
    with refused("internal_error"):
        client.auth_test()
    with refused("fatal_error"):
        client.auth_test()
