"""HTTP: Slack's requests at Bolt's path, and a health check."""

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from cheroot.wsgi import Server
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from services.errors import report_error

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment


PATH = "/slack/events"
HEALTH = "/healthz"
MOST_BYTES = 1024 * 1024
"""Larger than any request from Slack, small enough to reject cheaply."""


class WsgiApp:
    """The WSGI application."""

    def __init__(self, app: App, is_healthy: Callable[[], bool], count_failing: Callable[[], int] = lambda: 0) -> None:
        self._slack = SlackRequestHandler(app, path=PATH)
        self._is_healthy = is_healthy
        self._count_failing = count_failing

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") == HEALTH:
            healthy = self._is_healthy()
            status = "200 OK" if healthy else "503 Service Unavailable"
            start_response(status, [("Content-Type", "application/json")])
            failing = self._count_failing() if healthy else 0
            return [json.dumps({"ok": healthy} | ({"failing": failing} if failing else {})).encode()]
        if not _has_valid_signature_headers(environ):
            start_response("401 Unauthorized", [("Content-Type", "application/json")])
            return [b'{"error":"invalid request"}']
        try:
            return self._slack(environ, start_response)
        except Exception as error:  # noqa: BLE001 - Bolt reads a body before it has checked who signed it
            report_error(error)
            start_response("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error":"invalid request"}']


def _has_valid_signature_headers(environ: "WSGIEnvironment") -> bool:
    """Checked here since Bolt raises an error, instead of rejecting, for a timestamp that is not a number and for a
    signature that is not ASCII.
    """
    time = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "0"))
    signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
    return time.isascii() and time.isdigit() and len(time) <= 20 and signature.isascii()


def http_server(wsgi_app: WsgiApp, port: int) -> Server:
    """A server, not yet started, on every interface."""
    all_interfaces = "0.0.0.0"  # noqa: S104 - Slack calls from outside
    server = Server(
        (all_interfaces, port), wsgi_app, numthreads=20, request_queue_size=128, timeout=10, shutdown_timeout=10
    )
    server.max_request_body_size = MOST_BYTES
    return server
