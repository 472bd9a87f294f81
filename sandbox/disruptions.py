"""What Slack and a workspace's administrators do to an app, each to order: the sandbox that gives trouble."""

from typing import Literal

from sandbox.app import InstalledApp
from sandbox.delivery.events import Events
from sandbox.delivery.socket_mode import SocketMode
from sandbox.server_thread import ServerThread
from sandbox.traffic import RecordedDelivery, TrafficLog
from sandbox.workspace.workspace import Workspace


class Disruptions:
    """What can be done to the app that `Sandbox` has installed."""

    app: InstalledApp
    workspace: Workspace
    traffic: TrafficLog
    _events: Events
    _sockets: SocketMode
    _server_thread: ServerThread

    def revoke_token(self, error: Literal["token_revoked", "account_inactive"] = "token_revoked") -> None:
        """From now on every call is answered `error`: Slack says `account_inactive` once an app is uninstalled."""
        self.app.revoked = error
        self._publish_connection()

    def restore_token(self) -> None:
        """The token that was revoked holds good again, which Slack does not offer. Harmless when it does."""
        if self.app.installed:
            self.app.revoked = ""
        self._publish_connection()

    def uninstall(self) -> None:
        """Somebody removes the app: it is told by `app_uninstalled` and `tokens_revoked` if its manifest subscribes to
        them, and from then on is refused with `account_inactive`. Every socket closes.
        """
        tokens = {"oauth": [], "bot": [self.app.bot_user_id]}
        told = [
            self._events.emit("app_uninstalled", {"type": "app_uninstalled"}),
            self._events.emit("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens}),
        ]
        for sent in told:
            if sent is not None:
                sent.result()
        self.app.remove()
        self._server_thread.run(self._sockets.disconnect("link_disabled", close=True))
        self._publish_connection()

    def reinstall(self, *, same_token: bool = False) -> None:
        """The app is installed again, with a new `bot_token`; the old one stays refused.

        Slack always hands out a new one. With `same_token` an app that cannot be told of it goes on with the old.
        """
        self.app.reinstall(same_token=same_token)
        self._publish_connection()

    def expire_triggers(self) -> None:
        """Every open trigger_id becomes expired."""
        with self.workspace.lock:
            self.workspace.triggers.expire_all()

    def redeliver(self, delivery: RecordedDelivery | None = None, *, reason: str = "http_timeout") -> RecordedDelivery:
        """Send an event once more, under the same event id (the last event when left out); waits for the answer.

        Raises LookupError where none was sent yet.
        """
        if delivery is None:
            delivery = next((one for one in reversed(self.traffic.deliveries) if one.kind == "event"), None)
        if delivery is None:
            raise LookupError("No event was sent yet.")
        return self._events.redeliver(delivery, reason)

    def redeliver_all(self, *, reason: str = "http_timeout") -> list[RecordedDelivery]:
        """Send every event that the wire still keeps once more, one after the other, under its own event id."""
        recent = [
            one.record
            for one in self.traffic.recent
            if isinstance(one.record, RecordedDelivery) and one.record.kind == "event"
        ]
        latest = {delivery.event_id: delivery for delivery in recent}
        return [self._events.redeliver(delivery, reason) for delivery in latest.values()]

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tell every Socket Mode connection to go; all but a `warning` close it. An empty reason just drops it."""
        self._server_thread.run(self._sockets.disconnect(reason, close=reason != "warning"))

    def _publish_connection(self) -> None:
        self.workspace.changes.publish(None, "connection")
