"""Socket Mode: Slack's requests over a WebSocket (https://docs.slack.dev/apis/events-api/using-socket-mode)."""

import logging
import threading
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack import SlackUnreachable, open_connection

_FINISH_SECONDS = 10


class SocketModeConnection(SocketModeHandler):
    """A connection that finishes the requests it has received before it stops. Slack sends later ones to another
    connection, or again.
    """

    def __init__(self, app: App, app_token: str) -> None:
        super().__init__(app, app_token, logger=logging.getLogger("slack_sdk.socket_mode"), web_client=app.client)
        # The library's own method would wait in silence after a 429, and log the page of a proxy.
        self.client.issue_new_wss_url = lambda: open_connection(app.client, app_token)  # type: ignore[method-assign]
        self._state = threading.Condition()
        self._in_progress = 0
        self._stopping = False

    def connect(self) -> None:
        """Raises SlackAuthFailed, SlackUnreachable."""
        try:
            super().connect()  # type: ignore[no-untyped-call]
            if not self.client.is_connected():  # the library logs a failed handshake, and raises nothing
                raise SlackUnreachable("Slack gave an address for Socket Mode, but does not answer there.")
        except Exception:
            self.close()  # type: ignore[no-untyped-call]
            raise

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        with self._state:
            if self._stopping:
                return
            self._in_progress += 1
        try:
            super().handle(client, req)
        finally:
            with self._state:
                self._in_progress -= 1
                self._state.notify_all()

    def stop(self) -> None:
        """Accept no more requests, finish those in progress, and disconnect."""
        with self._state:
            self._stopping = True
            self._state.wait_for(lambda: self._in_progress == 0, timeout=_FINISH_SECONDS)
        self._disconnect()

    def _disconnect(self) -> None:
        """Close the connection at once, so that requests go elsewhere.

        The library's reader thread would keep it open for three more seconds; the answer to a ping makes it read, and
        notice that the connection is terminated.
        """
        self.client.auto_reconnect_enabled = False
        state, self.client.current_session_state = self.client.current_session_state, _Closed()  # type: ignore[no-untyped-call]
        state.terminated = True
        if self.client.current_session is not None:
            with suppress(OSError):
                self.client.current_session.ping("goodbye")
        self.close()  # type: ignore[no-untyped-call]


class _Closed(ConnectionState):
    """The state of a connection that we have closed: always terminated.

    A reader thread that starts at this moment would otherwise reset the flag, and closing would wait for it forever.
    """

    @property
    def terminated(self) -> bool:
        return True

    @terminated.setter
    def terminated(self, _: bool) -> None:
        pass
