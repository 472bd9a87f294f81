"""The SDK's Socket Mode client, made to notice at once that its connection is lost.

The SDK takes the end of the stream for silence: it reads on, in a loop that keeps a processor busy, until five pings
have failed, nearly a minute later. Here the end of the stream is the loss of the connection, each connection has a
reader of its own, and the next connection is made at once. One that is to be replaced is read until Slack closes it.
"""

import json
import logging
import socket
import threading
from collections import deque
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientNotConnectedError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import Connection, ConnectionState

from bot.clocks import Clock
from scheduler.delivery.slack_errors import classify

log = logging.getLogger(__name__)

PING_SECONDS = 2
"""A connection that has answered no ping for more than four times as long is lost."""
RETRY_SECONDS = (0, 1, 2, 4, 8, 15, 30)
"""The pauses before further attempts to connect; the last one is repeated."""
STEADY = timedelta(minutes=1)
"""A connection that has lived so long is replaced at once, however many attempts it had taken."""
ACK_SECONDS = 3
"""How long an acknowledgement may wait for the next connection: Slack waits no longer either."""
REPLACED = timedelta(seconds=15)
"""How long a replaced connection is read for requests that Slack has sent over it; Slack closes it in about ten."""

_JOIN_SECONDS = 5
_MOST_SENT = 1000
"""Acknowledgements that are kept in case their connection turns out to be lost."""


class ReconnectingClient(SocketModeClient):
    """Connects again when the connection is lost or Slack announces its end. `stopwatch` times the attempts."""

    def __init__(self, app_token: str, web_client: WebClient, stopwatch: Clock) -> None:
        self._stopwatch = stopwatch
        self._replaced: list[tuple[datetime, _WatchedConnection]] = []
        self._announced: _WatchedConnection | None = None
        self._sent: deque[tuple[datetime, object, str]] = deque(maxlen=_MOST_SENT)
        self._connected_at = self._next_attempt = stopwatch()
        self._attempts = 0
        self._sessions_lock = threading.Condition()
        # The SDK's own lines quote errors and payloads.
        logger = logging.getLogger("slack_sdk.socket_mode")
        logger.setLevel(logging.CRITICAL)
        super().__init__(
            app_token,
            logger=logger,
            web_client=web_client,
            ping_interval=PING_SECONDS,
            receive_buffer_size=16 * 1024,  # a message is assembled recursively, one call for each piece
            proxy=web_client.proxy,
        )

    def issue_new_wss_url(self) -> str:
        """The address of a new connection. Raises SlackApiError, OSError; does not wait for a rate limit."""
        return str(self.web_client.apps_connections_open(app_token=self.app_token)["url"])

    def connect(self) -> None:
        """Make a connection, which replaces the current one. Raises SlackApiError, OSError."""
        new = _WatchedConnection(
            url=self.issue_new_wss_url(),
            logger=self.logger,
            ping_interval=self.ping_interval,
            receive_buffer_size=self.receive_buffer_size,
            proxy=self.proxy,
            proxy_headers=self.proxy_headers,
            ssl_context=self.web_client.ssl,
        )
        new.on_message_listener = partial(self._on_message_of, new)
        new.on_error_listener = new.note_error
        new.connect()
        if not new.is_open:
            raise ConnectionError from new.error
        with self._sessions_lock:
            if self.closed:
                new.disconnect()
                return
            old, self.current_session = self.current_session, new
            self.current_session_state = new.state
            self._sessions_lock.notify_all()
            self._connected_at = self._stopwatch()
            if isinstance(old, _WatchedConnection) and old.is_open:
                self._replaced.append((self._connected_at, old))
        new.reader = threading.Thread(target=self._read, args=(new,), name="socket-mode-reader", daemon=True)
        new.reader.start()
        if not self.current_app_monitor_started:
            self.current_app_monitor_started = True
            self.current_app_monitor.start()

    def send_message(self, message: str) -> None:
        """Send, over the next connection if the current one is lost. Raises SlackClientNotConnectedError."""
        session = self.current_session
        self._sent.append((self._stopwatch(), session, message))
        try:
            super().send_message(message)
        except SlackClientNotConnectedError:
            with self._sessions_lock:
                if not self._sessions_lock.wait_for(lambda: self.current_session is not session, ACK_SECONDS):
                    raise
            super().send_message(message)

    def connect_to_new_endpoint(self, force: bool = False) -> None:
        """Called when Slack has announced that it will close a connection: replace it, unless that is done already."""
        if self._announced is not None and self._announced is self.current_session:
            self._replace(self._announced)

    def close(self) -> None:
        """Disconnect, and end all threads."""
        with self._sessions_lock:
            self.closed = True
            self.auto_reconnect_enabled = False
            connections = [connection for _, connection in self._replaced]
            if isinstance(self.current_session, _WatchedConnection):
                connections.append(self.current_session)
        for connection in connections:
            connection.close()
        super().close()
        for connection in connections:
            if connection.reader is not None:
                connection.reader.join(timeout=_JOIN_SECONDS)

    def _on_message_of(self, connection: "_WatchedConnection", message: str) -> None:
        if '"disconnect"' in message and json.loads(message).get("type") == "disconnect":
            self._announced = connection
        self._on_message(message)

    def _read(self, connection: "_WatchedConnection") -> None:
        connection.read()
        if connection is self.current_session and not self.closed:
            cause = type(connection.error).__name__ if connection.error else "closed by Slack"
            log.warning("The connection to Slack was lost (%s)", cause)
            self._run_current_session()

    def _run_current_session(self) -> None:
        """Called ten times a second, and at the loss of a connection: connect again, when it is time to."""
        lost = self.current_session
        if not isinstance(lost, _WatchedConnection) or lost.is_open or self.closed:
            return
        if self._is_time():
            self._replace(lost)

    def _monitor_current_session(self) -> None:
        """Called every `PING_SECONDS`: close what answers no ping, and what was replaced a while ago."""
        now = self._stopwatch()
        while self._sent and now - self._sent[0][0] > timedelta(seconds=ACK_SECONDS):
            self._sent.popleft()
        if isinstance(self.current_session, _WatchedConnection) and self.current_session.is_open:
            self.current_session.check_state()
            if now - self._connected_at >= STEADY:
                self._attempts, self._next_attempt = 0, now
        with self._sessions_lock:
            over = [each for each in self._replaced if not each[1].is_open or now - each[0] >= REPLACED]
            self._replaced = [each for each in self._replaced if each not in over]
        for _, connection in over:
            connection.close()

    def _is_time(self) -> bool:
        """Whether the pause after the last attempt is over. It is too if the clock was set back."""
        return not timedelta(0) < self._next_attempt - self._stopwatch() <= timedelta(seconds=RETRY_SECONDS[-1])

    def _replace(self, connection: "_WatchedConnection") -> None:
        with self.connect_operation_lock:
            if self.closed or self.current_session is not connection:
                return
            if not (connection.is_open or self._is_time()):
                return  # another thread has just tried
            pause, why = RETRY_SECONDS[min(self._attempts + 1, len(RETRY_SECONDS) - 1)], ""
            self._attempts += 1
            try:
                self.connect()
                if not connection.is_open:
                    self._send_again(connection)
            except SlackApiError as error:
                pause, why = max(pause, _retry_after(error)), classify(error).reason
            except Exception as error:  # noqa: BLE001 - whatever it is, the next attempt may succeed
                why = type(error.__cause__ or error).__name__
            self._next_attempt = self._stopwatch() + timedelta(seconds=pause)
        if why:
            log.warning("There is no connection to Slack (%s). The next attempt is in %s seconds", why, pause)
        else:
            log.info("Connected to Slack again")

    def _send_again(self, lost: "_WatchedConnection") -> None:
        """Send again what was sent over `lost` in its last seconds: the system takes data for a while after the other
        end is gone. Slack ignores a second acknowledgement.

        The SDK's `send_message` would wait for the lock of connecting, which is held here, if this fails.
        """
        now, session = self._stopwatch(), self.current_session
        for at, over, message in list(self._sent):
            if session is not None and over is lost and now - at <= timedelta(seconds=ACK_SECONDS):
                self._sent.append((at, session, message))
                with suppress(SlackClientNotConnectedError):
                    session.send(message)


def _retry_after(error: SlackApiError) -> int:
    wanted = str((error.response.headers or {}).get("Retry-After", ""))
    return min(int(wanted), RETRY_SECONDS[-1]) if wanted.isdigit() else 0


class _WatchedConnection(Connection):
    """A connection that knows when it is lost, and that can be closed while it is being read."""

    def __init__(self, **options: Any) -> None:
        self._stream: _Stream | None = None
        self.state = ConnectionState()  # type: ignore[no-untyped-call]
        self.reader: threading.Thread | None = None
        self.error: Exception | None = None
        super().__init__(**options)

    @property  # type: ignore[override]
    def sock(self) -> "_Stream | None":
        """The stream; the library takes it for a socket."""
        return self._stream

    @sock.setter
    def sock(self, opened: Any) -> None:
        self._stream = _Stream(opened) if opened is not None else None

    @property
    def is_open(self) -> bool:
        return self._stream is not None

    def note_error(self, error: Exception) -> None:
        """After any error, one of the library's included, it is not known where the next message begins."""
        self.error = self.error or error
        self.state.terminated = True

    def read(self) -> None:
        """Read until the connection is closed or lost."""
        try:
            self.run_until_completion(self.state)
        finally:
            self.disconnect()

    def close(self) -> None:
        self.state.terminated = True
        self.disconnect()

    def disconnect(self) -> None:
        stream = self._stream
        if stream is not None:
            stream.hang_up()  # the reader holds the lock that disconnecting waits for
        super().disconnect()


class _Stream:
    """A socket, plain or TLS, whose end is an error, and that sends all or fails for good."""

    def __init__(self, opened: socket.socket) -> None:
        self._socket = opened

    def recv(self, size: int) -> bytes:
        """Waits for ever: a time-out in the middle of a message would lose its beginning. `hang_up` ends it."""
        while True:
            try:
                received = self._socket.recv(size)
            except TimeoutError:
                continue
            except OSError as error:
                raise ConnectionResetError from error
            if not received:
                raise ConnectionResetError
            return received

    def send(self, data: bytes) -> int:
        try:
            self._socket.sendall(data)
        except OSError:
            self.hang_up()
            raise
        return len(data)

    def hang_up(self) -> None:
        """Wake a thread that reads or writes. With the method of TLS sockets, a reader would return encrypted bytes."""
        with suppress(OSError):
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def close(self) -> None:
        self._socket.close()
