"""Events for the app: only those it subscribes to, sent in the background and retried on failure.

Slack retries at once, after one minute and after five (docs.slack.dev/apis/events-api#retries).
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from sandbox.delivery import payloads
from sandbox.delivery.transport import AppTransport
from sandbox.traffic import RecordedDelivery
from sandbox.types import JSON
from sandbox.workspace.workspace import Workspace

RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)
_REASONS = {"operation_timeout": "http_timeout", "dropped": "connection_failed", "dispatch_failed": "http_error"}


class Events:
    """Queues events and retries them. `on_delivery` is called with every attempt."""

    def __init__(
        self, workspace: Workspace, transport: AppTransport, on_delivery: Callable[[RecordedDelivery], None]
    ) -> None:
        self._workspace = workspace
        self._transport = transport
        self._on_delivery = on_delivery
        self._threads = ThreadPoolExecutor(max_workers=8, thread_name_prefix="sandbox-events")
        self._lock = threading.Lock()
        self._timers: set[threading.Timer] = set()
        self._stopped = False

    def emit(self, subscription: str, event: JSON) -> Future[RecordedDelivery] | None:
        """Queue an event; the future holds its first attempt. Returns None if the app does not subscribe to it."""
        if not self._workspace.app.subscribes_to(subscription):
            return None
        return self._queue(payloads.event_callback(self._workspace, event), 0, "")

    def redeliver(self, delivery: RecordedDelivery, reason: str) -> RecordedDelivery:
        """Send an event again, with the same event id, and wait for the response. Raises RuntimeError after `stop`."""
        queued = self._queue(delivery.payload, delivery.retry_num + 1, reason)
        if queued is None:
            raise RuntimeError("The sandbox has stopped.")
        return queued.result()

    def stop(self) -> None:
        """Drop queued events and wait for those in progress."""
        with self._lock:
            self._stopped = True
            timers, self._timers = self._timers, set()
        for timer in timers:
            timer.cancel()
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _queue(self, payload: JSON, retry_num: int, reason: str) -> Future[RecordedDelivery] | None:
        with self._lock:
            if self._stopped:
                return None
            return self._threads.submit(self._attempt, payload, retry_num, reason)

    def _attempt(self, payload: JSON, retry_num: int, reason: str) -> RecordedDelivery:
        delivery = self._transport.send("event", payload, retry_num=retry_num, retry_reason=reason)
        self._on_delivery(delivery)
        declined = delivery.response is not None and delivery.response.headers.get("x-slack-no-retry") == "1"
        if not delivery.ok and not declined and retry_num < len(RETRY_AFTER_SECONDS):
            self._schedule_retry(delivery, RETRY_AFTER_SECONDS[retry_num])
        return delivery

    def _schedule_retry(self, failed: RecordedDelivery, wait: float) -> None:
        if failed.error == "dropped":
            # Nobody was listening a moment ago, so an immediate retry would fail too.
            wait = max(wait, RETRY_AFTER_SECONDS[1])
        reason = _REASONS[failed.error]
        if not wait:
            self._queue(failed.payload, failed.retry_num + 1, reason)
            return

        def send() -> None:
            with self._lock:
                self._timers.discard(timer)
            self._queue(failed.payload, failed.retry_num + 1, reason)

        timer = threading.Timer(wait, send)
        timer.daemon = True
        with self._lock:
            if not self._stopped:
                self._timers.add(timer)
                timer.start()
