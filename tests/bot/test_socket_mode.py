"""Socket Mode ends when it is told to, whenever that is, and is back at once when its connection is lost."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Literal

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin.connection import Connection
from slack_sdk.web import WebClient

from bot.slack import SlackUnreachable
from bot.socket_mode import SocketModeConnection
from bot.socket_mode_client import REPLACED, RETRY_SECONDS, ReconnectingClient, _Stream, _WatchedConnection
from sandbox import Sandbox
from tests.bot.stopwatch import Stopwatch
from tests.local_bot import START, wait_until

LONG = 20.0
ADA = "U0ADA"


def app(slack: Sandbox) -> App:
    """It acknowledges every command."""
    client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    bolt = App(client=client, token_verification_enabled=False, signing_secret="s" * 32)
    bolt.command("/mentor")(lambda ack: ack("Going"))
    return bolt


@pytest.fixture
def stopwatch() -> Stopwatch:
    return Stopwatch(START)


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack waits for acknowledgements however slow the machine is."""
    monkeypatch.setattr("sandbox.delivery.transport.ACK_SECONDS", LONG)


@contextmanager
def connected(slack: Sandbox, bolt: App, stopwatch: Stopwatch) -> Iterator[SocketModeConnection]:
    sockets = SocketModeConnection(bolt, slack.app_token, stopwatch)
    sockets.connect()
    try:
        slack.wait_connected(LONG)
        yield sockets
    finally:
        sockets.stop()


def attempts(slack: Sandbox) -> int:
    return sum(call.method == "apps.connections.open" for call in slack.calls)


def wait_for(slack: Sandbox, *, attempt: int, connections: int) -> None:
    wait_until(lambda: (attempts(slack), slack.connections) == (attempt, connections), "not connected", LONG)


def pass_between_attempts(sockets: SocketModeConnection, stopwatch: Stopwatch, seconds: float) -> None:
    """Let time pass once the attempt in progress is over: its end decides when the next one is made."""
    with sockets.client.connect_operation_lock:
        stopwatch.pass_by(seconds=seconds)


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
    sockets = SocketModeConnection(app(slack), slack.app_token)
    sockets.connect()
    stopping = threading.Thread(target=sockets.stop, daemon=True)
    stopping.start()
    stopping.join(LONG)
    assert not stopping.is_alive()


@pytest.mark.parametrize("how", ["reset", "end"])
def test_a_lost_connection_is_replaced_without_waiting_for_a_ping(
    slack: Sandbox, stopwatch: Stopwatch, monkeypatch: pytest.MonkeyPatch, how: Literal["reset", "end"]
) -> None:
    monkeypatch.setattr("bot.socket_mode_client.PING_SECONDS", 3600)
    with connected(slack, app(slack), stopwatch) as sockets:
        for lost in range(3):
            slack.lose_connections(how)
            wait_for(slack, attempt=2 + lost, connections=1)
            assert [message["text"] for message in slack.person(ADA).command("/mentor").messages] == ["Going"]
            pass_between_attempts(sockets, stopwatch, RETRY_SECONDS[-1])
    assert slack.connections == 0


def test_a_connection_that_answers_no_ping_is_replaced(
    slack: Sandbox, stopwatch: Stopwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.socket_mode_client.PING_SECONDS", 0.1)
    with connected(slack, app(slack), stopwatch):
        slack.lose_connections("silence")
        wait_for(slack, attempt=2, connections=2)  # Slack does not know yet that the first is lost


def test_a_connection_closed_by_slack_is_replaced(slack: Sandbox, stopwatch: Stopwatch) -> None:
    with connected(slack, app(slack), stopwatch):
        slack.disconnect("")
        wait_for(slack, attempt=2, connections=1)
        assert slack.person(ADA).command("/mentor").ok


def test_a_connection_that_is_to_end_is_replaced_once_and_read_until_then(
    slack: Sandbox, stopwatch: Stopwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.socket_mode_client.PING_SECONDS", 0.05)
    with connected(slack, app(slack), stopwatch):
        slack.disconnect("warning")
        wait_for(slack, attempt=2, connections=2)
        assert [slack.person(ADA).command("/mentor").ok for _ in range(4)] == [True] * 4
        assert slack.connections == 2
        stopwatch.now += REPLACED
        wait_for(slack, attempt=2, connections=1)
        assert slack.person(ADA).command("/mentor").ok
        slack.disconnect("refresh_requested")
        wait_for(slack, attempt=3, connections=1)
        assert slack.person(ADA).command("/mentor").ok


@pytest.mark.parametrize("how", ["reset", "end"])
def test_a_request_in_progress_is_acknowledged_over_the_next_connection(
    slack: Sandbox, stopwatch: Stopwatch, how: Literal["reset", "end"]
) -> None:
    came_in, go_on = threading.Event(), threading.Event()
    bolt = app(slack)

    @bolt.middleware
    def wait(next: object) -> None:
        came_in.set()
        assert go_on.wait(LONG)
        next()  # type: ignore[operator]

    with connected(slack, bolt, stopwatch):
        slack.faults.delay("apps.connections.open", 0.3)
        replies: list[bool] = []
        asking = threading.Thread(target=lambda: replies.append(slack.person(ADA).command("/mentor").ok))
        asking.start()
        assert came_in.wait(LONG)
        slack.lose_connections(how)
        wait_until(lambda: slack.connections == 0, "still connected", LONG)
        go_on.set()
        asking.join()
    assert replies == [True]


def test_an_acknowledgement_that_was_sent_before_the_loss_was_noticed_is_sent_again(
    slack: Sandbox, stopwatch: Stopwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_in, go_on, sent = threading.Event(), threading.Event(), threading.Event()
    receive, send = _Stream.recv, ReconnectingClient.send_message

    def noticed_late(stream: _Stream, size: int) -> bytes:
        try:
            return receive(stream, size)
        except ConnectionResetError:
            sent.wait(LONG)
            raise

    def send_and_tell(client: ReconnectingClient, message: str) -> None:
        send(client, message)
        sent.set()

    monkeypatch.setattr(_Stream, "recv", noticed_late)
    monkeypatch.setattr(ReconnectingClient, "send_message", send_and_tell)
    bolt = app(slack)

    @bolt.middleware
    def wait(next: object) -> None:
        came_in.set()
        assert go_on.wait(LONG)
        next()  # type: ignore[operator]

    with connected(slack, bolt, stopwatch):
        replies: list[bool] = []
        asking = threading.Thread(target=lambda: replies.append(slack.person(ADA).command("/mentor").ok))
        asking.start()
        assert came_in.wait(LONG)
        slack.lose_connections("end")
        wait_until(lambda: slack.connections == 0, "still connected", LONG)
        go_on.set()
        asking.join()
    assert replies == [True]


def test_a_connection_that_is_lost_while_acknowledgements_are_sent_again_is_replaced(
    slack: Sandbox, stopwatch: Stopwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = 0

    def lost_again(connection: _WatchedConnection, payload: str) -> None:
        nonlocal lost
        if payload == "again" and lost < 2:
            lost += 1
            connection.close()
            raise SlackClientNotConnectedError
        Connection.send(connection, payload)

    monkeypatch.setattr(_WatchedConnection, "send", lost_again, raising=False)
    with connected(slack, app(slack), stopwatch) as sockets:
        client = sockets.client
        client._sent.append((stopwatch(), client.current_session, "again"))
        slack.lose_connections()
        for times in (1, 2):
            wait_until(partial(lambda many: lost >= many, times), "not sent again", LONG)
            pass_between_attempts(sockets, stopwatch, RETRY_SECONDS[times])
        wait_for(slack, attempt=4, connections=1)
        assert slack.person(ADA).command("/mentor").ok


def test_while_slack_is_away_the_pauses_between_attempts_grow(
    slack: Sandbox, stopwatch: Stopwatch, caplog: pytest.LogCaptureFixture
) -> None:
    def ours() -> list[str]:
        return [record.getMessage() for record in caplog.records if record.name == "bot.socket_mode_client"]

    caplog.set_level("INFO", "bot.socket_mode_client")
    with connected(slack, app(slack), stopwatch):
        slack.faults.fail("apps.connections.open", "internal_error", times=len(RETRY_SECONDS))
        slack.lose_connections()
        for failed, pause in enumerate((*RETRY_SECONDS[1:], RETRY_SECONDS[-1]), 1):
            wait_until(partial(lambda count: len(ours()) > count, failed), "not tried", LONG)
            assert ours()[-1].endswith(f"(internal_error). The next attempt is in {pause} seconds")
            assert attempts(slack) == 1 + failed
            stopwatch.pass_by(seconds=pause)
        wait_for(slack, attempt=len(RETRY_SECONDS) + 2, connections=1)
        assert slack.person(ADA).command("/mentor").ok
    assert ours()[0] == "The connection to Slack was lost (ConnectionResetError)"
    assert ours()[-1] == "Connected to Slack again"


def test_the_page_of_a_proxy_is_not_quoted(
    slack: Sandbox, stopwatch: Stopwatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The SDK gives the page as the error code."""
    with connected(slack, app(slack), stopwatch):
        slack.faults.fail("apps.connections.open", "<html>Sign in as ada@club.example</html>", status=502, times=2)
        slack.lose_connections()
        wait_until(lambda: "There is no connection to Slack (http_502)" in caplog.text, "not tried", LONG)
        stopwatch.pass_by(seconds=60)
        wait_until(lambda: caplog.text.count("http_502") == 2, "not tried", LONG)
        stopwatch.pass_by(seconds=60)
        wait_for(slack, attempt=4, connections=1)
    assert "html" not in caplog.text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_address_that_refuses_is_unreachable_from_the_start(slack: Sandbox) -> None:
    """The library leaves the socket of a refused connection to the garbage collector, which warns of it."""
    sockets = SocketModeConnection(app(slack), slack.app_token)
    slack._sockets.issue_url = lambda server_url: f"{server_url.replace('http', 'ws', 1)}/link/?ticket=unknown"  # type: ignore[method-assign]
    with pytest.raises(SlackUnreachable):
        sockets.connect()
    sockets.stop()


def test_a_request_of_a_megabyte_arrives_whole(slack: Sandbox, stopwatch: Stopwatch) -> None:
    got: list[int] = []
    bolt = app(slack)
    bolt.event("message")(lambda body: got.append(len(body["event"]["text"])))
    with connected(slack, bolt, stopwatch):
        event = {"type": "message", "channel": "D0", "user": ADA, "text": "é" * 170_000}  # six bytes each in JSON
        payload = {"type": "event_callback", "team_id": slack.team_id, "event": event, "event_id": "Ev1"}
        assert slack._sockets.send("event", payload, 0, "").result(LONG).status == 200
        wait_until(lambda: bool(got), "not received", LONG)
    assert got == [170_000]
