"""Socket Mode ends when it is told to, whenever that is."""

import threading

import pytest
from slack_bolt import App
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.web import WebClient

from bot.slack import SlackUnreachable
from bot.socket_mode import SocketModeConnection
from sandbox import Sandbox

LONG = 20.0


def test_told_to_stop_at_the_moment_when_it_begins_to_read_it_hangs_up(
    slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung_up = threading.Event()
    is_active, disconnect = Connection.is_active, Connection.disconnect

    def found_active_just_before(connection: Connection) -> bool:
        found = is_active(connection)
        hung_up.wait(LONG)
        return found

    def disconnected(connection: Connection) -> None:
        disconnect(connection)
        hung_up.set()

    monkeypatch.setattr(Connection, "is_active", found_active_just_before)
    monkeypatch.setattr(Connection, "disconnect", disconnected)
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    sockets = SocketModeConnection(
        App(client=client, token_verification_enabled=False, signing_secret="s" * 32), slack.app_token
    )
    sockets.connect()
    stopping = threading.Thread(target=sockets.stop, daemon=True)
    stopping.start()
    stopping.join(LONG)
    assert not stopping.is_alive()


def test_an_address_for_socket_mode_where_nobody_answers_is_no_connection(
    slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library logs it and raises nothing."""
    monkeypatch.setattr("bot.socket_mode.open_connection", lambda *_: "ws://127.0.0.1:9/link")
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    sockets = SocketModeConnection(
        App(client=client, token_verification_enabled=False, signing_secret="s" * 32), slack.app_token
    )
    with pytest.raises(SlackUnreachable, match="does not answer"):
        sockets.connect()
