"""Socket Mode: Slack's requests over a WebSocket (https://docs.slack.dev/apis/events-api/using-socket-mode)."""

import logging
import threading
from contextlib import suppress

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.builtin.connection import ConnectionState
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack import SlackAuthFailed, SlackUnreachable

_FINISH_SECONDS = 10


class SocketModeConnection(SocketModeHandler):
    """A connection that, when it stops, first finishes what has come in. What comes meanwhile goes to another
    process, or again.
    """

    def __init__(self, app: App, app_token: str) -> None:
        super().__init__(app, app_token, logger=logging.getLogger("slack_sdk.socket_mode"), web_client=app.client)
        self._state = threading.Condition()
        self._in_hand = 0
        self._stopping = False

    def connect(self) -> None:
        """Raises SlackAuthFailed, SlackUnreachable."""
        try:
            super().connect()  # type: ignore[no-untyped-call]
        except SlackApiError as error:
            code = error.response.get("error")
            raise SlackAuthFailed(f"SLACK_APP_TOKEN was refused by Slack ({code}). Make a new one.") from None
        except OSError as error:
            raise SlackUnreachable(f"Slack’s Socket Mode cannot be reached ({type(error).__name__}).") from None

    def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        with self._state:
            if self._stopping:
                return
            self._in_hand += 1
        try:
            super().handle(client, req)
        finally:
            with self._state:
                self._in_hand -= 1
                self._state.notify_all()

    def stop(self) -> None:
        """Take nothing more, finish what is in hand, and hang up."""
        with self._state:
            self._stopping = True
            self._state.wait_for(lambda: self._in_hand == 0, timeout=_FINISH_SECONDS)
        self._hang_up()

    def _hang_up(self) -> None:
        """Close the connection now, so that what comes goes elsewhere. Its reader would hold it for three seconds more,
        so let it read the answer to a ping, and find that it is the last.
        """
        self.client.auto_reconnect_enabled = False
        before, self.client.current_session_state = self.client.current_session_state, _Over()  # type: ignore[no-untyped-call]
        before.terminated = True
        if self.client.current_session is not None:
            with suppress(OSError):
                self.client.current_session.ping("goodbye")
        self.close()  # type: ignore[no-untyped-call]


class _Over(ConnectionState):
    """The state of a connection that we have hung up. A reader that begins at this moment would set it going again,
    and be waited for without end.
    """

    @property
    def terminated(self) -> bool:
        return True

    @terminated.setter
    def terminated(self, _: bool) -> None:
        pass
