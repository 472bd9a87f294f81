"""HTTP: Slack's requests at Bolt's path, and a health check.

Nothing reads a body or writes a line of the log for a request before its signature has been checked.
"""

import hashlib
import hmac
import json
import logging
import socket
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from bot.clocks import Clock, real_now
from bot.health import Health
from bot.logs import OncePerMinute
from services.errors import report_error

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

PATH = "/slack/events"
HEALTH = "/healthz"
MOST_BYTES = 1024 * 1024
"""Larger than any request from Slack, small enough to reject cheaply."""
MOST_CONNECTIONS = 500
"""So many may be open. For one more, the one that has been waiting for its request longest is closed."""
REQUEST_SECONDS = 10
"""A request must be complete so long after its first byte, and a connection may wait so long for the first byte."""
FINISH_SECONDS = 10
"""How long stopping waits for the requests in progress."""

_BACKLOG = 1024
_ACCEPTED_AT_ONCE = 64
_AGE = timedelta(minutes=5)
"""How old a signature may be: https://docs.slack.dev/authentication/verifying-requests-from-slack"""


class WsgiApp:
    """The WSGI application. `signing_secret` is the app's; `stopwatch` tells how old a request is."""

    def __init__(
        self, app: App, health: Callable[[], Health], signing_secret: str, *, stopwatch: Clock = real_now
    ) -> None:
        self._slack = SlackRequestHandler(app, path=PATH)
        self._health = health
        self._signatures = _SignatureCheck(signing_secret, stopwatch)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO")
        if path == HEALTH:
            health = self._health()
            status = "200 OK" if health.ok else "503 Service Unavailable"
            start_response(status, [("Content-Type", "application/json")])
            return [json.dumps(health.as_json()).encode()]
        if path != PATH or environ.get("REQUEST_METHOD") != "POST":
            start_response("404 Not Found", [("Content-Type", "text/plain;charset=utf-8")])
            return [b"Not Found"]
        body = _read_body(environ)
        if body is None:
            return _refuse("400 Bad Request", start_response)
        if not self._signatures.is_valid(environ, body):
            return _refuse("401 Unauthorized", start_response)
        try:
            return self._slack({**environ, "wsgi.input": BytesIO(body)}, start_response)
        except Exception as error:  # noqa: BLE001 - Bolt raises for a body that is no text
            report_error(error)
            return _refuse("400 Bad Request", start_response)


def _read_body(environ: "WSGIEnvironment") -> bytes | None:
    """The body, which the server has received completely; None if its length makes no sense."""
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not (length.isascii() and length.isdigit() and len(length) < 10 and int(length) <= MOST_BYTES):
        return None
    body: bytes = environ["wsgi.input"].read(int(length))
    return body


def _refuse(status: str, start_response: "StartResponse") -> Iterable[bytes]:
    start_response(status, [("Content-Type", "application/json")])
    return [b'{"error":"invalid request"}']


class _SignatureCheck:
    """Slack's signature, checked on the bytes of the body: https://docs.slack.dev/authentication/verifying-requests-from-slack

    What is refused is counted in the log, once a minute at most, with the likely cause.
    """

    def __init__(self, signing_secret: str, stopwatch: Clock) -> None:
        self._secret = signing_secret.encode()
        self._stopwatch = stopwatch
        self._unsigned, self._old = OncePerMinute(stopwatch), OncePerMinute(stopwatch)

    def is_valid(self, environ: "WSGIEnvironment", body: bytes) -> bool:
        time = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
        signature = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        if not (time.isascii() and time.isdigit() and len(time) <= 20 and signature.isascii()):
            return False
        expected = "v0=" + hmac.new(self._secret, f"v0:{time}:".encode() + body, hashlib.sha256).hexdigest()
        is_ours = hmac.compare_digest(expected, signature)
        is_fresh = abs(self._stopwatch().timestamp() - int(time)) <= _AGE.total_seconds()
        if is_ours and not is_fresh:
            if count := self._old.count():
                log.warning(_OLD, count)
        elif not is_ours and signature.startswith("v0=") and (count := self._unsigned.count()):
            log.warning(_UNSIGNED, count)
        return is_ours and is_fresh


_UNSIGNED = (
    "Requests with a wrong signature were refused: %s. If people see errors in Slack, SLACK_SIGNING_SECRET is not this "
    "app’s (copy it again, under Basic Information), or the proxy changes the body. If not, they are not from Slack."
)
_OLD = (
    "Requests that were signed more than five minutes ago, or later than now, were refused: %s. If people see errors "
    "in Slack, this machine’s clock is wrong: set it. If not, somebody sends old requests again."
)


class HttpServer:
    """Serves `wsgi_app` on `port` of every interface. Waiting for a request takes no thread.

    The main loop receives whole requests; only then one of the `threads` handles them. `stopwatch` times the
    connections.
    """

    def __init__(self, wsgi_app: WsgiApp, port: int, *, stopwatch: Clock = real_now, threads: int = 20) -> None:
        self._app = wsgi_app
        self._port = port
        self._stopwatch = stopwatch
        self._threads = threads
        self._stopping = threading.Event()
        self._server: _Server | None = None

    def prepare(self) -> None:
        """Open the port. Raises OSError."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            all_interfaces = "0.0.0.0"  # noqa: S104 - Slack calls from outside
            listener.bind((all_interfaces, self._port))
            listener.listen(_BACKLOG)
            self._server = _Server(self._app, listener, self._stopwatch, self._threads)
        except BaseException:
            listener.close()
            raise

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._prepared.effective_port)

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._prepared.active_channels)

    def serve(self) -> None:
        """Serve until `stop`; finish the requests in progress then."""
        server = self._prepared
        try:
            while not self._stopping.is_set():
                server.turn(seconds=1)
            server.stop_listening()
            give_up = self._stopwatch() + timedelta(seconds=FINISH_SECONDS)
            while server.finish() and self._stopwatch() < give_up:
                server.turn(seconds=0.1)
        finally:
            server.end()

    def stop(self) -> None:
        """Accept no more requests, and let `serve` return when those in progress are finished. Returns at once."""
        self._stopping.set()
        if self._server is not None:
            self._server.pull_trigger()

    @property
    def _prepared(self) -> "_Server":
        if self._server is None:
            raise RuntimeError("The port is not open.")
        return self._server


class _Connection(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """A connection. `waiting_since` is when it began to wait for the request that it has not received completely, and
    `_in_service` is how many threads handle a request of it.
    """

    def __init__(self, server: "_Server", *arguments: Any, **options: Any) -> None:
        self._stopwatch = server.stopwatch
        self.waiting_since: datetime = server.stopwatch()
        self._in_service = 0
        super().__init__(server, *arguments, **options)

    @property
    def is_busy(self) -> bool:
        """Whether a request is in progress, or its response not yet sent."""
        return bool(self._in_service or self.requests or self.total_outbufs_len)

    def received(self, data: bytes) -> bool:
        """Receive more of a request. Its time runs from its first byte, so that later ones gain none."""
        unfinished, now = self.request, self._stopwatch()
        if unfinished is None:
            self.waiting_since = now
        received = bool(super().received(data))
        if self.request is not None and self.request is not unfinished:
            self.waiting_since = now
        return received

    def service(self) -> None:
        """Handle a request, in one of the threads. The time for the next one runs from its end.

        The next request may be handled in another thread before this one has ended.
        """
        with self.requests_lock:
            self._in_service += 1
        try:
            super().service()
        finally:
            with self.requests_lock:
                self.waiting_since = self._stopwatch()
                self._in_service -= 1


class _Server(TcpWSGIServer):  # type: ignore[misc] # waitress has no types
    """waitress, with a deadline for each request, a limit that silent connections cannot use up, and a gentle end."""

    channel_class = _Connection

    def __init__(self, app: WsgiApp, listener: socket.socket, stopwatch: Clock, threads: int) -> None:
        self.stopwatch = stopwatch
        settings = Adjustments(
            sockets=[listener],
            threads=threads,
            backlog=_BACKLOG,
            connection_limit=MOST_CONNECTIONS,
            cleanup_interval=0,  # at each turn of the loop
            max_request_body_size=MOST_BYTES + 1,
            max_request_header_size=32 * 1024,
            inbuf_overflow=64 * 1024,
            log_socket_errors=False,
            ident=None,
            asyncore_use_poll=True,
        )
        self._trigger_lock = threading.Lock()
        self._ended = False
        address = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(app, {}, _sock=listener, adj=settings, bind_socket=False, sockinfo=address)

    def turn(self, *, seconds: float) -> None:
        """Wait at most so long for something to happen, and do it."""
        wasyncore.loop(timeout=seconds, map=self._map, use_poll=True, count=1)

    def maintenance(self, now: float) -> None:
        """Close the connections that have waited too long, and, if there are too many, the one that waited longest."""
        waiting = [one for one in self.active_channels.values() if not (one.is_busy or one.will_close)]
        latest = self.stopwatch() - timedelta(seconds=REQUEST_SECONDS)
        for connection in waiting:
            if connection.waiting_since <= latest:
                connection.will_close = True
        if len(self._map) >= self.adj.connection_limit and waiting:
            min(waiting, key=lambda one: one.waiting_since).will_close = True

    def handle_accept(self) -> None:
        """Accept several connections in one turn of the loop, so that a crowd of them does not fill the backlog."""
        for _ in range(min(_ACCEPTED_AT_ONCE, self.adj.connection_limit - len(self._map))):
            super().handle_accept()

    def pull_trigger(self) -> None:
        """Wake the main loop. Does nothing after the end, when the trigger's file may belong to somebody else."""
        with self._trigger_lock:
            if not self._ended:
                super().pull_trigger()

    def stop_listening(self) -> None:
        """Accept and receive what has arrived, and then no more connections."""
        for _ in range(_BACKLOG // _ACCEPTED_AT_ONCE):
            self.turn(seconds=0)
        wasyncore.dispatcher.close(self)

    def finish(self) -> bool:
        """Close the connections without a request in progress. Returns whether there are others."""
        for connection in list(self.active_channels.values()):
            if not connection.is_busy:
                connection.handle_close()
        return bool(self.active_channels)

    def end(self) -> None:
        """End the threads and close everything."""
        self.task_dispatcher.shutdown(timeout=1)
        with self._trigger_lock:
            self._ended = True
            wasyncore.close_all(self._map)


def http_server(wsgi_app: WsgiApp, port: int, *, stopwatch: Clock = real_now) -> HttpServer:
    """A server, not yet started, on every interface."""
    return HttpServer(wsgi_app, port, stopwatch=stopwatch)
