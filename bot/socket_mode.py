"""Socket Mode: Slack's requests over a WebSocket (https://docs.slack.dev/apis/events-api/using-socket-mode)."""

import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.clocks import Clock, real_now
from bot.slack import ask_slack
from bot.socket_mode_client import ReconnectingClient
from services.errors import report_error

_FINISH_SECONDS = 10
_NOT_TIMED = 0.0


class SocketModeConnection(BaseSocketModeHandler):
    """A connection that is made again whenever it is lost, and that finishes the requests it has received before it
    stops. Slack sends later ones to another connection, or again.
    """

    def __init__(self, app: App, app_token: str, stopwatch: Clock = real_now) -> None:
        self.app = app
        self.client: ReconnectingClient = ReconnectingClient(app_token, app.client, stopwatch)
        self.client.socket_mode_request_listeners.append(self.handle)
        self._state = threading.Condition()
        self._in_progress = 0
        self._stopping = False

    def connect(self) -> None:
        """Raises SlackAuthFailed, SlackUnreachable."""
        try:
            ask_slack(
                self.client.connect,
                address=self.app.client.base_url,
                rejected="Slack rejected SLACK_APP_TOKEN ({}). Create a new one.",
            )
        except Exception:
            self.client.close()
            raise

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        with self._state:
            if self._stopping:
                return
            self._in_progress += 1
        try:
            send_response(client, req, run_bolt_app(self.app, req), _NOT_TIMED)
        except Exception as error:  # noqa: BLE001 - the library would log the error's text
            report_error(error)
        finally:
            with self._state:
                self._in_progress -= 1
                self._state.notify_all()

    def stop(self) -> None:
        """Accept no more requests, finish those in progress, and disconnect."""
        with self._state:
            self._stopping = True
            self._state.wait_for(lambda: self._in_progress == 0, timeout=_FINISH_SECONDS)
        self.client.close()
