"""Sends payloads to the app: by a call in process, through Socket Mode, or as a signed HTTP request."""

import http.client
import json
import logging
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol
from urllib.parse import urlencode

from sandbox.app import InstalledApp
from sandbox.clocks import monotonic
from sandbox.signing import signed_headers
from sandbox.traffic import DeliveryKind, RecordedDelivery, RecordedResponse
from sandbox.types import JSON

ACK_SECONDS = 3.0

log = logging.getLogger(__name__)

DeliverInProcess = Callable[[dict[str, str], bytes], tuple[int, dict[str, str], bytes]]


class OpenConnections(Protocol):
    """The open Socket Mode connections."""

    @property
    def count(self) -> int:
        """The number of open connections."""

    def send(self, kind: DeliveryKind, payload: JSON, retry_num: int, retry_reason: str) -> Future[RecordedResponse]:
        """Send one envelope; the future holds its acknowledgement. Raises ConnectionError."""


class AppTransport:
    """Sends payloads to the app and waits at most three seconds for the response.

    Blocks: do not call it on the event loop.
    """

    def __init__(
        self, app: InstalledApp, sockets: OpenConnections, *, deliver: DeliverInProcess | None, request_url: str | None
    ) -> None:
        self._app = app
        self._sockets = sockets
        self._deliver = deliver
        self._request_url = request_url
        self._threads = ThreadPoolExecutor(max_workers=64, thread_name_prefix="sandbox-delivery")

    @property
    def is_available(self) -> bool:
        """Whether there is a transport to the app. Over HTTP this is not known before a request is sent."""
        return bool(self._deliver or self._sockets.count or self._request_url)

    def send(
        self, kind: DeliveryKind, payload: JSON, *, retry_num: int = 0, retry_reason: str = ""
    ) -> RecordedDelivery:
        """Send one payload. Failures of the app are recorded in the result and never raised."""
        delivery = RecordedDelivery(kind, payload, retry_num=retry_num, retry_reason=retry_reason)
        started = monotonic()
        pending: Future[RecordedResponse] | None = None
        try:
            pending = self._start(delivery)
            response = pending.result(timeout=ACK_SECONDS)
        except TimeoutError:
            delivery.error = "operation_timeout"
            if pending:
                pending.cancel()
        except ConnectionRefusedError:
            delivery.error = "dropped"
        except Exception:
            log.exception("The app failed to answer a %s", kind)
            delivery.error = "dispatch_failed"
        else:
            delivery.response = response
            delivery.error = "" if 200 <= response.status < 300 else "dispatch_failed"
        delivery.seconds = monotonic() - started
        return delivery

    def stop(self) -> None:
        """Wait for requests in progress. Later ones are dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _start(self, delivery: RecordedDelivery) -> Future[RecordedResponse]:
        if self._deliver:
            delivery.transport = "deliver"
            return self._threads.submit(self._call_in_process, self._deliver, delivery)
        if self._sockets.count:
            delivery.transport = "socket"
            return self._sockets.send(delivery.kind, delivery.payload, delivery.retry_num, delivery.retry_reason)
        if self._request_url:
            delivery.transport = "http"
            return self._threads.submit(self._post, self._request_url, delivery)
        raise ConnectionRefusedError("Nothing listens for this app.")

    def _call_in_process(self, deliver: DeliverInProcess, delivery: RecordedDelivery) -> RecordedResponse:
        headers, body = self._request(delivery)
        return _parse_response(*deliver(headers, body))

    def _post(self, url: str, delivery: RecordedDelivery) -> RecordedResponse:
        headers, body = self._request(delivery)
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 (loopback)
        try:
            with _OPENER.open(request, timeout=ACK_SECONDS) as response:
                return _parse_response(response.status, dict(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return _parse_response(error.code, dict(error.headers), error.read())
        except (urllib.error.URLError, http.client.HTTPException) as error:
            if isinstance(error, urllib.error.URLError) and isinstance(error.reason, TimeoutError):
                raise error.reason from error
            raise ConnectionError(str(error)) from error

    def _request(self, delivery: RecordedDelivery) -> tuple[dict[str, str], bytes]:
        """The headers and body of the signed HTTP request for a delivery."""
        form = "application/x-www-form-urlencoded"
        if delivery.kind == "command":
            content_type, body = form, urlencode(delivery.payload).encode()
        elif delivery.kind == "event":
            content_type, body = "application/json", json.dumps(delivery.payload).encode()
        else:
            content_type, body = form, urlencode({"payload": json.dumps(delivery.payload)}).encode()
        headers = signed_headers(body, content_type, self._app.signing_secret)
        if delivery.retry_num:
            headers["X-Slack-Retry-Num"] = str(delivery.retry_num)
            headers["X-Slack-Retry-Reason"] = delivery.retry_reason
        return headers, body


# The app listens on loopback: ignore the proxy settings of the environment.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _parse_response(status: int, headers: Mapping[str, str], body: bytes) -> RecordedResponse:
    lowered = {name.lower(): value for name, value in headers.items()}
    return RecordedResponse(
        status, lowered, _parse_body(lowered.get("content-type", ""), body.decode("utf-8", "replace"))
    )


def _parse_body(content_type: str, body: str) -> JSON | str | None:
    if not body.strip():
        return None
    if "json" in content_type or body.lstrip().startswith("{"):
        try:
            parsed: Any = json.loads(body)
        except ValueError:
            return body
        if isinstance(parsed, dict):
            return parsed
    return body
