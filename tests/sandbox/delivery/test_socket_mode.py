"""Socket Mode, with Slack's client and with Bolt."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiohttp
import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from sandbox import Sandbox
from tests.sandbox.support import ADA, PEOPLE, Json, client_of, manifest, modal


@pytest.fixture
def workspace() -> Iterator[Sandbox]:
    with Sandbox(manifest(), PEOPLE, own_messages=False) as running:
        yield running


@contextmanager
def connected(sandbox: Sandbox, answer: Any = None) -> Iterator[list[SocketModeRequest]]:
    """Slack's own client, connected; it acknowledges everything with `answer` and keeps what it gets."""
    got: list[SocketModeRequest] = []

    def listen(client: Any, request: SocketModeRequest) -> None:
        got.append(request)
        if answer is not False:
            client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

    client = SocketModeClient(sandbox.app_token, web_client=client_of(sandbox), ping_interval=0.5)
    client.socket_mode_request_listeners.append(listen)
    client.connect()
    try:
        sandbox.wait_connected()
        yield got
    finally:
        hang_up(sandbox, client)


def hang_up(sandbox: Sandbox, client: SocketModeClient) -> None:
    """Close a client. Disconnecting first avoids waiting for a message that never comes."""
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    sandbox.disconnect("")
    pause = threading.Event()
    for _ in range(500):
        if not client.is_connected():
            break
        pause.wait(0.01)
    client.close()


def test_a_command_arrives_in_an_envelope_and_is_acknowledged(workspace: Sandbox) -> None:
    with connected(workspace, {"text": "Going"}) as got:
        reply = workspace.person(ADA).command("/go home")
    assert [message["text"] for message in reply.messages] == ["Going"]
    assert (got[0].type, got[0].accepts_response_payload) == ("slash_commands", True)
    assert got[0].payload["text"] == "home"
    assert workspace.deliveries[0].transport == "socket"


def test_an_event_has_its_retry_attempt(workspace: Sandbox) -> None:
    with connected(workspace) as got:
        workspace.person(ADA).say("Hello")
        workspace.redeliver(reason="timeout")
    assert [(one.type, one.retry_attempt) for one in got] == [("events_api", 0), ("events_api", 1)]
    assert got[1].retry_reason == "timeout"
    assert got[0].payload == got[1].payload


@pytest.mark.usefixtures("short_timeout")
def test_an_unacknowledged_command_times_out(workspace: Sandbox) -> None:
    with connected(workspace, False):
        assert workspace.person(ADA).command("/go").error == "operation_timeout"


def test_a_refreshed_connection_reconnects(workspace: Sandbox) -> None:
    with connected(workspace):
        opened = sum(call.method == "apps.connections.open" for call in workspace.calls)
        workspace.disconnect("refresh_requested")
        with workspace.workspace.changed:
            assert workspace.workspace.changed.wait_for(lambda: reconnected(workspace, opened), timeout=10)
        assert workspace.person(ADA).command("/go").ok


def reconnected(sandbox: Sandbox, opened_before: int) -> bool:
    opened = sum(call.method == "apps.connections.open" for call in sandbox.calls)
    return opened > opened_before and sandbox.connections > 0


def test_nothing_is_delivered_without_a_connection(workspace: Sandbox) -> None:
    with connected(workspace):
        pass
    with workspace.workspace.changed:
        assert workspace.workspace.changed.wait_for(lambda: workspace.connections == 0, timeout=5)
    assert workspace.person(ADA).command("/go").error == "dispatch_failed"
    with pytest.raises(TimeoutError):
        workspace.wait_connected(timeout=0.01)


def socket_url(sandbox: Sandbox) -> str:
    return str(client_of(sandbox).apps_connections_open(app_token=sandbox.app_token)["url"])


def test_ten_connections_share_payloads_and_an_eleventh_is_closed(workspace: Sandbox) -> None:
    async def story() -> tuple[list[Json], Json, bool]:
        async with aiohttp.ClientSession() as session:
            sockets = [await session.ws_connect(socket_url(workspace)) for _ in range(10)]
            hellos = [await socket.receive_json() for socket in sockets]
            eleventh = await session.ws_connect(socket_url(workspace))
            farewell = await eleventh.receive_json()
            await eleventh.receive()
            for socket in sockets:
                await socket.close()
            return hellos, farewell, eleventh.closed

    hellos, farewell, is_closed = asyncio.run(story())
    assert [hello["num_connections"] for hello in hellos] == list(range(1, 11))
    assert hellos[0]["type"] == "hello"
    assert hellos[0]["connection_info"] == {"app_id": workspace.app_id}
    assert (farewell["type"], farewell["reason"], is_closed) == ("disconnect", "too_many_websockets", True)


def test_each_payload_goes_to_one_connection_only(workspace: Sandbox) -> None:
    with connected(workspace) as first, connected(workspace) as second:
        for _ in range(4):
            assert workspace.person(ADA).command("/go").ok
        assert (len(first), len(second)) == (2, 2)


def test_a_ticket_is_valid_for_one_connection(workspace: Sandbox) -> None:
    async def connect_twice(url: str) -> int:
        async with aiohttp.ClientSession() as session:
            socket = await session.ws_connect(url)
            await socket.close()
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await session.ws_connect(url)
            return caught.value.status

    assert asyncio.run(connect_twice(socket_url(workspace))) == 401


def test_a_bolt_app_works_over_socket_mode(workspace: Sandbox) -> None:
    app = App(client=client_of(workspace), signing_secret=workspace.signing_secret)

    @app.command("/go")
    def go(ack: Any, body: Json, client: Any) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=modal())

    @app.view("form")
    def submitted(ack: Any, body: Json, client: Any) -> None:
        ack()
        name = body["view"]["state"]["values"]["name"]["it"]["value"]
        client.chat_postMessage(channel=body["user"]["id"], text=f"Hello {name}")

    @app.event("message")
    def heard(event: Json, say: Any) -> None:
        say(f"You said {event['text']}")

    handler = SocketModeHandler(app, workspace.app_token)
    handler.client.connect()
    try:
        workspace.wait_connected()
        ada = workspace.person(ADA)
        assert ada.command("/go").ok
        ada.await_view("form")
        ada.fill({"Name": "Countess"})
        assert ada.submit().closed
        ada.await_message("Hello Countess")
        ada.say("hello")
        ada.await_message("You said hello")
    finally:
        hang_up(workspace, handler.client)
