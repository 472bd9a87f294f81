"""HTTP: Slack's requests at Bolt's path, and whether we are well."""

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
"""Larger than any request of Slack's, small enough to refuse without harm."""


class WsgiApp:
    """The WSGI application."""

    def __init__(self, app: App, is_well: Callable[[], bool]) -> None:
        self._slack = SlackRequestHandler(app, path=PATH)
        self._is_well = is_well

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ.get("PATH_INFO") == HEALTH:
            well = self._is_well()
            status = "200 OK" if well else "503 Service Unavailable"
            start_response(status, [("Content-Type", "application/json")])
            return [json.dumps({"ok": well}).encode()]
        if not _is_signed_plausibly(environ):
            start_response("401 Unauthorized", [("Content-Type", "application/json")])
            return [b'{"error":"invalid request"}']
        try:
            return self._slack(environ, start_response)
        except Exception as error:  # noqa: BLE001 - Bolt reads a body before it has checked who signed it
            report_error(error)
            start_response("400 Bad Request", [("Content-Type", "application/json")])
            return [b'{"error":"invalid request"}']


def _is_signed_plausibly(environ: "WSGIEnvironment") -> bool:
    """Bolt answers these two with an error of its own instead of a refusal: a time that is none, a signature not in
    ASCII.
    """
    time = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", "0"))
    signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
    return time.isascii() and time.isdigit() and len(time) <= 20 and signature.isascii()


def http_server(web: WsgiApp, port: int) -> Server:
    """A server, not yet started, on every interface."""
    everywhere = "0.0.0.0"  # noqa: S104 - Slack calls from outside
    server = Server((everywhere, port), web, numthreads=20, request_queue_size=128, timeout=10, shutdown_timeout=10)
    server.max_request_body_size = MOST_BYTES
    return server
