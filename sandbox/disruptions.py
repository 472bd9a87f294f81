"""Failures on request: what Slack and a workspace's administrators can do to an app."""

from typing import Literal

from sandbox.app import InstalledApp
from sandbox.delivery.events import Events
from sandbox.delivery.socket_mode import LossOfConnection, SocketMode
from sandbox.server_thread import ServerThread
from sandbox.traffic import RecordedDelivery, TrafficLog
from sandbox.workspace.workspace import Workspace


class Disruptions:
    """The part of `Sandbox` that causes failures for the installed app."""

    app: InstalledApp
    workspace: Workspace
    traffic: TrafficLog
    _events: Events
    _sockets: SocketMode
    _server_thread: ServerThread

    def revoke_token(self, error: Literal["token_revoked", "account_inactive"] = "token_revoked") -> None:
        """Refuse every call with `error`. Slack answers `account_inactive` once an app is uninstalled."""
        self.app.revoked = error
        self._publish_connection()

    def restore_token(self) -> None:
        """Accept a revoked token again, which Slack does not offer. Does nothing if the token is valid."""
        if self.app.installed:
            self.app.revoked = ""
        self._publish_connection()

    def uninstall(self) -> None:
        """Remove the app, as an administrator does.

        Sends `app_uninstalled` and `tokens_revoked` if the manifest subscribes to them, closes every socket, and then
        refuses calls with `account_inactive`.
        """
        tokens = {"oauth": [], "bot": [self.app.bot_user_id]}
        queued = [
            self._events.emit("app_uninstalled", {"type": "app_uninstalled"}),
            self._events.emit("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens}),
        ]
        for sent in queued:
            if sent is not None:
                sent.result()
        self.app.remove()
        self._server_thread.run(self._sockets.disconnect("link_disabled", close=True))
        self._publish_connection()

    def reinstall(self, *, same_token: bool = False) -> None:
        """Install the app again with a new `bot_token`; the old one stays refused.

        Slack always issues a new token. `same_token` keeps the old one, for an app that cannot learn the new one.
        """
        self.app.reinstall(same_token=same_token)
        self._publish_connection()

    def expire_triggers(self) -> None:
        """Expire every open trigger_id."""
        with self.workspace.lock:
            self.workspace.triggers.expire_all()

    def redeliver(self, delivery: RecordedDelivery | None = None, *, reason: str = "http_timeout") -> RecordedDelivery:
        """Send an event again with the same event id (default: the last event) and wait for the response.

        Raises LookupError if there is none.
        """
        if delivery is None:
            delivery = next((one for one in reversed(self.traffic.deliveries) if one.kind == "event"), None)
        if delivery is None:
            raise LookupError("No event was sent yet.")
        return self._events.redeliver(delivery, reason)

    def redeliver_all(self, *, reason: str = "http_timeout") -> list[RecordedDelivery]:
        """Send every event in the recent traffic again, in order, each with its own event id."""
        recent = [
            one.record
            for one in self.traffic.recent
            if isinstance(one.record, RecordedDelivery) and one.record.kind == "event"
        ]
        latest = {delivery.event_id: delivery for delivery in recent}
        return [self._events.redeliver(delivery, reason) for delivery in latest.values()]

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Disconnect every Socket Mode connection. `warning` only announces it; an empty reason closes without a
        message.
        """
        self._server_thread.run(self._sockets.disconnect(reason, close=reason != "warning"))

    def lose_connections(self, how: LossOfConnection = "reset") -> None:
        """Lose every Socket Mode connection as networks lose them: by a reset, the end of the stream, or silence."""
        self._server_thread.run(self._sockets.lose(how))

    def _publish_connection(self) -> None:
        self.workspace.changes.publish(None, "connection")
