"""Socket Mode: the app's WebSocket connections (docs.slack.dev/apis/events-api/using-socket-mode).

There may be ten. Payloads are distributed among them; an acknowledgement may arrive on any.
"""

import asyncio
import contextlib
import json
import socket as sockets
import struct
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Literal
from urllib.parse import urlencode

from aiohttp import WSMsgType, web

from sandbox.traffic import DeliveryKind, RecordedResponse
from sandbox.types import JSON

LossOfConnection = Literal["reset", "end", "silence"]
"""By a TCP reset; by the end of the stream, without a closing frame; or open as before, with no answer to a ping."""

MAX_CONNECTIONS = 10
_TYPES: dict[DeliveryKind, str] = {"command": "slash_commands", "event": "events_api"}
_ACCEPTS_RESPONSE: tuple[DeliveryKind, ...] = ("command", "view_submission")


class SocketMode:
    """The connections of one app. `on_change` is called when one opens or closes."""

    def __init__(self, app_id: str, on_change: Callable[[], None]) -> None:
        self._app_id = app_id
        self._on_change = on_change
        self._lock = threading.Lock()
        self._tickets: set[str] = set()
        self._connected = 0
        self._open: list[web.WebSocketResponse] = []
        self._transports: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._waiting: dict[str, Future[RecordedResponse]] = {}
        self._turn = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def count(self) -> int:
        with self._lock:
            return len(self._open)

    def issue_url(self, server_url: str) -> str:
        """A WebSocket URL that is valid for one connection."""
        ticket = str(uuid.uuid4())
        with self._lock:
            self._tickets.add(ticket)
        query = urlencode({"ticket": ticket, "app_id": self._app_id})
        return f"{server_url.replace('http', 'ws', 1)}/link/?{query}"

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it closes. An eleventh gets `too_many_websockets` and is closed."""
        with self._lock:
            known = request.query.get("ticket", "") in self._tickets
            self._tickets.discard(request.query.get("ticket", ""))
        if not known:
            return web.Response(status=401, text="invalid ticket")
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        self._loop = asyncio.get_running_loop()
        if self._connected >= MAX_CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        self._connected += 1
        try:
            await socket.send_json(self._hello())
            with self._lock:
                self._open.append(socket)
                if isinstance(request.transport, asyncio.Transport):
                    self._transports[socket] = request.transport
            self._on_change()
            await self._listen(socket)
        finally:
            self._connected -= 1
            with self._lock, contextlib.suppress(ValueError):
                self._transports.pop(socket, None)
                self._open.remove(socket)
            self._on_change()
        return socket

    def send(self, kind: DeliveryKind, payload: JSON, retry_num: int, retry_reason: str) -> Future[RecordedResponse]:
        """Send one envelope; the future holds its acknowledgement. Raises ConnectionError if no connection is open."""
        response: Future[RecordedResponse] = Future()
        with self._lock:
            if not self._open or self._loop is None:
                raise ConnectionError("No connection is open.")
            self._turn += 1
            socket = self._open[self._turn % len(self._open)]
            envelope_id = str(uuid.uuid4())
            self._waiting[envelope_id] = response
        response.add_done_callback(lambda _: self._discard(envelope_id))
        envelope: JSON = {
            "envelope_id": envelope_id,
            "payload": payload,
            "type": _TYPES.get(kind, "interactive"),
            "accepts_response_payload": kind in _ACCEPTS_RESPONSE,
        }
        if kind == "event":
            envelope |= {"retry_attempt": retry_num, "retry_reason": retry_reason}
        sent = asyncio.run_coroutine_threadsafe(socket.send_str(json.dumps(envelope)), self._loop)
        sent.add_done_callback(lambda done: _propagate_failure(done, response))
        return response

    async def disconnect(self, reason: str, *, close: bool) -> None:
        """Send `reason` (`warning`, `refresh_requested`, `link_disabled`) to every connection; `close` closes it."""
        with self._lock:
            sockets = list(self._open)
        for socket in sockets:
            with contextlib.suppress(ConnectionError, RuntimeError):
                if reason:
                    await socket.send_json(_disconnect(reason))
                if close:
                    await socket.close()

    async def lose(self, how: LossOfConnection) -> None:
        """Lose every connection as networks lose them: without a message and without a closing frame."""
        with self._lock:
            transports = list(self._transports.values())
        for transport in transports:
            if how == "silence":
                transport.pause_reading()
                continue
            if how == "reset":
                linger = struct.pack("ii", 1, 0)
                transport.get_extra_info("socket").setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, linger)
            transport.abort()

    async def _listen(self, socket: web.WebSocketResponse) -> None:
        with contextlib.suppress(ConnectionError):  # answering a ping when the connection has just been lost
            async for message in socket:
                if message.type is not WSMsgType.TEXT:
                    continue
                with contextlib.suppress(ValueError):
                    self._acknowledge(json.loads(message.data))

    def _acknowledge(self, envelope: Any) -> None:
        if not isinstance(envelope, dict):
            return
        with self._lock:
            waiting = self._waiting.pop(str(envelope.get("envelope_id")), None)
        if waiting and waiting.set_running_or_notify_cancel():
            waiting.set_result(RecordedResponse(200, {}, envelope.get("payload") or None))

    def _discard(self, envelope_id: str) -> None:
        with self._lock:
            self._waiting.pop(envelope_id, None)

    def _hello(self) -> JSON:
        return {
            "type": "hello",
            "num_connections": self._connected,
            "debug_info": {"host": "applink-local", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }


def _disconnect(reason: str) -> JSON:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}


def _propagate_failure(sent: "Future[None]", response: Future[RecordedResponse]) -> None:
    error = None if sent.cancelled() else sent.exception()
    if error and not response.done():
        response.set_exception(ConnectionError(str(error)))
