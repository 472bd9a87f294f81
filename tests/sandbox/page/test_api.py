"""The page's API."""

import asyncio
import json
import urllib.error
import urllib.request
from typing import Any

import aiohttp
import pytest
from slack_sdk import WebClient

from sandbox import Person, Sandbox
from tests.sandbox.support import (
    ADA,
    BOB,
    PEOPLE,
    Json,
    TinyApp,
    actions,
    button,
    entry,
    manifest,
    modal,
    opens,
    options,
)


def ask(sandbox: Sandbox, path: str, body: Any = None) -> Json:
    """The JSON of the response, whatever its status."""
    data = None if body is None else json.dumps(body).encode()
    kind = {} if body is None else {"Content-Type": "application/json"}
    request = urllib.request.Request(sandbox.url + path, data, kind)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            answer = json.loads(response.read())
    except urllib.error.HTTPError as error:
        with error:
            answer = json.loads(error.read())
    assert isinstance(answer, dict)
    return answer


def status_of(sandbox: Sandbox, path: str, data: bytes | None = None, headers: dict[str, str] | None = None) -> int:
    request = urllib.request.Request(sandbox.url + path, data, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_workspace_lists_its_app_and_members(sandbox: Sandbox) -> None:
    shown = ask(sandbox, "/sandbox/workspace")
    assert shown["team"] == {"id": "T0LOCAL", "name": "Local workspace"}
    assert shown["app"]["name"] == "Handy App"
    assert shown["app"]["bot_user_id"] == sandbox.bot_user_id
    assert shown["app"]["description"] == ""
    assert [shown["app"][key] for key in ("has_home", "has_messages", "takes_messages")] == [True, True, True]
    assert shown["app"]["commands"][0] == {"command": "/go", "description": "Go somewhere", "usage_hint": "[where]"}
    assert shown["connected"] is True
    assert shown["now"].endswith("+00:00")
    people = {member["id"]: member for member in shown["members"]}
    assert people[ADA] == {
        "id": ADA,
        "handle": "ada",
        "name": "Ada Lovelace",
        "display_name": "Ada",
        "title": "Countess",
        "time_zone": "Europe/London",
        "avatar": "🧮",
        "is_bot": False,
        "is_guest": False,
        "deactivated": False,
        "is_stranger": False,
    }
    assert people["U0CY"]["is_guest"]
    assert people["U0GONE"]["deactivated"]
    assert people["U0FAR"]["is_stranger"]


def test_a_person_has_conversations_with_unread_messages(sandbox: Sandbox, client: WebClient) -> None:
    client.chat_postMessage(channel=ADA, text="One")
    posted = client.chat_postMessage(channel=ADA, text="Two")
    [conversation] = ask(sandbox, f"/sandbox/people/{ADA}")["conversations"]
    assert (conversation["id"], conversation["kind"], conversation["unread"]) == (posted["channel"], "im", 2)
    assert set(conversation["members"]) == {ADA, sandbox.bot_user_id}
    assert ask(sandbox, f"/sandbox/people/{ADA}/read", {"channel": posted["channel"]}) == {"ok": True}
    assert ask(sandbox, f"/sandbox/people/{ADA}")["conversations"][0]["unread"] == 0


def test_several_people_can_be_requested_at_once(sandbox: Sandbox, client: WebClient) -> None:
    for person in (ADA, BOB):
        client.chat_postMessage(channel=person, text="Hello")
    people = ask(sandbox, f"/sandbox/people?of={ADA},{BOB},U0NOBODY")["people"]
    assert people == {person: ask(sandbox, f"/sandbox/people/{person}") for person in (ADA, BOB)}
    assert ask(sandbox, "/sandbox/people")["people"] == {}


def test_messages_come_oldest_first_in_pages(sandbox: Sandbox, client: WebClient) -> None:
    for number in range(3):
        channel = client.chat_postMessage(channel=ADA, text=str(number))["channel"]
    client.chat_postEphemeral(channel=channel, user=ADA, text="Psst")
    path = f"/sandbox/people/{ADA}/conversations/{channel}"
    everything = ask(sandbox, path)
    assert [message["text"] for message in everything["messages"]] == ["0", "1", "2", "Psst"]
    assert everything["messages"][-1]["is_ephemeral"] is True
    assert everything["has_more"] is False
    before = everything["messages"][2]["ts"]
    page = ask(sandbox, f"{path}?before={before}&limit=1")
    assert [message["text"] for message in page["messages"]] == ["1"]
    assert page["has_more"] is True


def test_text_is_sent_as_a_message_or_command(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    channel = ask(sandbox, f"/sandbox/people/{ADA}")["conversations"][0]["id"]
    path = f"/sandbox/people/{ADA}/messages"
    assert ask(sandbox, path, {"channel": channel, "text": "Hello"}) == {"ok": True}
    assert app.last["event"]["text"] == "Hello"
    app.on("command", "Going")
    assert ask(sandbox, path, {"channel": channel, "text": "/go home"}) == {"ok": True}
    assert app.last["text"] == "home"
    assert [message["text"] for message in ada.inbox()] == ["Hello", "Going"]
    app.on("command", 500)
    failed = ask(sandbox, path, {"channel": channel, "text": "/go"})
    assert failed == {"ok": False, "error": '/go failed with the error "dispatch_failed"'}
    assert ask(sandbox, path, {"channel": channel, "text": "/fly"})["error"] == "/fly is not a valid command."


def test_opening_a_tab_sends_an_event_and_shows_the_published_view(
    sandbox: Sandbox, client: WebClient, app: TinyApp, ada: Person
) -> None:
    person, path = f"/sandbox/people/{ADA}", f"/sandbox/people/{ADA}/home"
    assert ask(sandbox, person)["home"] is None
    assert ask(sandbox, path, {"tab": "messages"}) == {"ok": True}
    assert app.last["event"]["tab"] == "messages"
    client.views_publish(user_id=ADA, view={"type": "home", "blocks": [actions(button("go"))]})
    assert ask(sandbox, path, {"tab": "home"}) == {"ok": True}
    assert (app.last["event"]["type"], app.last["event"]["tab"]) == ("app_home_opened", "home")
    shown = ask(sandbox, person)["home"]
    assert app.last["event"]["view"]["id"] == shown["id"]
    click = {"container": {"kind": "view", "view_id": shown["id"]}, "action_id": "go"}
    assert ask(sandbox, f"{person}/actions", click) == {"ok": True}
    assert app.last["view"]["type"] == "home"


def test_clicks_and_choices_in_messages(sandbox: Sandbox, client: WebClient, app: TinyApp) -> None:
    menu = {"type": "static_select", "action_id": "menu", "options": options("tea", "coffee")}
    posted = client.chat_postMessage(channel=ADA, text="Choose", blocks=[actions(button("go"), menu)])
    place = {"kind": "message", "channel": posted["channel"], "ts": posted["ts"]}
    path = f"/sandbox/people/{ADA}/actions"
    click = {"container": place, "block_id": "row", "action_id": "go", "value": None}
    assert ask(sandbox, path, click) == {"ok": True}
    assert app.last["actions"][0]["action_id"] == "go"
    choice = {"container": place, "block_id": "row", "action_id": "menu", "value": "tea"}
    assert ask(sandbox, path, choice) == {"ok": True}
    assert app.last["actions"][0]["selected_option"]["value"] == "tea"
    [shown] = ask(sandbox, f"/sandbox/people/{ADA}/conversations/{posted['channel']}")["messages"]
    assert shown["state"]["values"]["row"]["menu"]["selected_option"]["value"] == "tea"
    wrong = ask(sandbox, path, {**choice, "value": "water"})
    assert (wrong["ok"], "water" in wrong["error"]) == (False, True)


def test_a_form_is_filled_in_submitted_and_closed(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    view = modal(entry("Name", "name"), entry("Loud", "loud", dispatch_action=True, optional=True))
    app.on("command", opens(sandbox, view))
    ada.command("/go")
    [shown] = ask(sandbox, f"/sandbox/people/{ADA}")["views"]
    path = f"/sandbox/people/{ADA}/views/{shown['id']}"
    assert list(ask(sandbox, f"{path}/submit", {})["errors"]) == ["name"]
    ask(sandbox, f"{path}/values", {"block_id": "loud", "action_id": "it", "value": "Hey"})
    assert app.last["type"] == "block_actions"
    ask(sandbox, f"{path}/values", {"block_id": "name", "action_id": "it", "value": "Ada"})
    [shown] = ask(sandbox, f"/sandbox/people/{ADA}")["views"]
    assert shown["state"]["values"]["name"]["it"]["value"] == "Ada"

    app.on("view_submission", {"response_action": "errors", "errors": {"name": "Taken"}})
    assert ask(sandbox, f"{path}/submit", {}) == {
        "ok": True,
        "errors": {"name": "Taken"},
        "closed": False,
        "error": None,
    }
    app.on("view_submission", 500)
    failed = ask(sandbox, f"{path}/submit", {})
    assert (failed["ok"], failed["error"]) == (False, "We had some trouble connecting. Try again?")
    app.on("view_submission", None)
    assert ask(sandbox, f"{path}/submit", {})["closed"] is True
    assert ask(sandbox, f"{path}/submit", {})["ok"] is False

    ada.command("/go")
    again = ask(sandbox, f"/sandbox/people/{ADA}")["views"][0]["id"]
    assert ask(sandbox, f"/sandbox/people/{ADA}/views/{again}/close", {"all": True}) == {"ok": True}
    assert ask(sandbox, f"/sandbox/people/{ADA}")["views"] == []


@pytest.mark.parametrize(
    ("triggers", "told"),
    [
        (None, ["enter"]),
        (["on_enter_pressed"], ["enter"]),
        (["on_character_entered"], ["typing"]),
        (["on_enter_pressed", "on_character_entered"], ["typing", "enter"]),
    ],
)
def test_a_text_input_dispatches_on_its_configured_triggers(
    sandbox: Sandbox, app: TinyApp, ada: Person, triggers: list[str] | None, told: list[str]
) -> None:
    config = {"dispatch_action_config": {"trigger_actions_on": triggers}} if triggers else {}
    app.on("command", opens(sandbox, modal(entry("Loud", "loud", config, dispatch_action=True))))
    ada.command("/go")
    [shown] = ask(sandbox, f"/sandbox/people/{ADA}")["views"]
    app.got.clear()
    for how in ("typing", "enter"):
        value = {"block_id": "loud", "action_id": "it", "value": how, "how": how}
        assert ask(sandbox, f"/sandbox/people/{ADA}/views/{shown['id']}/values", value) == {"ok": True}
    assert [got["actions"][0]["value"] for got in app.got] == told
    assert ada.views[0]["state"]["values"]["loud"]["it"]["value"] == "enter"


def test_a_select_dispatches_at_once_and_a_plain_input_never(sandbox: Sandbox, app: TinyApp, ada: Person) -> None:
    menu = {"type": "static_select", "action_id": "it", "options": options("tea", "coffee")}
    view = modal(entry("Drink", "drink", menu, dispatch_action=True), entry("Name", "name"))
    app.on("command", opens(sandbox, view))
    ada.command("/go")
    [shown] = ask(sandbox, f"/sandbox/people/{ADA}")["views"]
    app.got.clear()
    path = f"/sandbox/people/{ADA}/views/{shown['id']}/values"
    ask(sandbox, path, {"block_id": "drink", "action_id": "it", "value": "tea", "how": "now"})
    ask(sandbox, path, {"block_id": "name", "action_id": "it", "value": "Ada", "how": "enter"})
    assert [got["actions"][0]["block_id"] for got in app.got] == ["drink"]


def test_unknown_things_are_404(sandbox: Sandbox, client: WebClient) -> None:
    bobs = client.chat_postMessage(channel=BOB, text="Private")["channel"]
    assert status_of(sandbox, "/sandbox/people/U0NOBODY") == 404
    assert status_of(sandbox, f"/sandbox/people/{ADA}/conversations/{bobs}") == 404
    assert status_of(sandbox, f"/sandbox/people/{ADA}/views/V0/submit", b"{}") == 404


@pytest.mark.parametrize("body", [b"{", b"[]"])
def test_a_body_that_is_not_an_object_is_400(sandbox: Sandbox, body: bytes) -> None:
    assert status_of(sandbox, f"/sandbox/people/{ADA}/messages", body) == 400


def test_open_pages_receive_changes_with_the_people_concerned(
    sandbox: Sandbox, client: WebClient, app: TinyApp
) -> None:
    async def listen() -> list[Json]:
        loop = asyncio.get_running_loop()
        async with aiohttp.ClientSession() as session, session.ws_connect(f"{sandbox.url}/sandbox/live") as socket:
            await loop.run_in_executor(None, lambda: client.chat_postMessage(channel=ADA, text="Hello"))
            news = [await socket.receive_json() for _ in range(2)]
            await loop.run_in_executor(None, lambda: sandbox.change_member(BOB, title="Boss"))
            return [*news, await socket.receive_json()]

    *messages, members = asyncio.run(asyncio.wait_for(listen(), 10))
    for news in messages:
        assert (news["type"], news["topic"], ADA in news["people"]) == ("changed", "messages", True)
    assert members == {"type": "changed", "people": None, "topic": "members"}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
        {"Host": "evil.example.com"},
        {"Host": "127.0.0.1.example.com"},
    ],
)
def test_requests_from_other_origins_are_refused(sandbox: Sandbox, headers: dict[str, str]) -> None:
    assert status_of(sandbox, "/sandbox/workspace", headers=headers) == 403
    assert status_of(sandbox, f"/sandbox/people/{ADA}/messages", b"{}", headers) == 403


def test_requests_from_the_page_are_accepted(sandbox: Sandbox) -> None:
    assert status_of(sandbox, "/sandbox/workspace", headers={"Origin": sandbox.url}) == 200
    port = sandbox.url.rpartition(":")[2]
    assert status_of(sandbox, "/sandbox/workspace", headers={"Host": f"localhost:{port}"}) == 200


@pytest.mark.parametrize("path", ["/", "/static/app.js"])
def test_browsers_revalidate_the_page(sandbox: Sandbox, path: str) -> None:
    with urllib.request.urlopen(sandbox.url + path, timeout=5) as response:
        assert response.headers["Cache-Control"] == "no-cache"


def test_an_app_is_connected_if_there_is_a_transport() -> None:
    ways: list[tuple[dict[str, Any], bool]] = [
        ({}, False),
        ({"request_url": "http://127.0.0.1:9/slack"}, True),
        ({"deliver": TinyApp().deliver}, True),
    ]
    for way, is_connected in ways:
        with Sandbox(manifest(), PEOPLE, **way) as sandbox:
            assert ask(sandbox, "/sandbox/workspace")["connected"] is is_connected
