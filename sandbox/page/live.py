"""Live updates for open pages, over a WebSocket."""

import asyncio
import contextlib
from collections.abc import Callable

from aiohttp import WSCloseCode, web

from sandbox.types import JSON
from sandbox.workspace.change_listener import Change
from sandbox.workspace.workspace import Workspace


class Channel:
    """A WebSocket at `path` that sends the same messages to every page that listens."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._sockets: set[web.WebSocketResponse] = set()
        self._pushes: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def has_listeners(self) -> bool:
        """Whether any page listens."""
        return bool(self._sockets)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get(self._path, self._connect)
        app.on_startup.append(self._on_startup)
        app.on_shutdown.append(self._on_shutdown)

    def broadcast(self, message: JSON) -> None:
        """Send `message` to every page. Callable from any thread; does not block."""
        self._on_loop(self._push, message)

    def broadcast_later(self, seconds: float, message: Callable[[], JSON]) -> None:
        """Like `broadcast`, after a delay, with the result of `message` at that time."""
        self._on_loop(self._push_later, seconds, message)

    async def _on_startup(self, app: web.Application) -> None:
        self._loop = asyncio.get_running_loop()

    async def _on_shutdown(self, app: web.Application) -> None:
        self._loop = None
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            async for _ in socket:
                pass
        finally:
            self._sockets.discard(socket)
        return socket

    def _on_loop(self, work: Callable[..., None], *args: object) -> None:
        loop = self._loop
        if loop:
            with contextlib.suppress(RuntimeError):  # the loop may have closed since the check
                loop.call_soon_threadsafe(work, *args)

    def _push_later(self, seconds: float, message: Callable[[], JSON]) -> None:
        if self._loop:
            self._loop.call_later(seconds, lambda: self._push(message()))

    def _push(self, message: JSON) -> None:
        for socket in self._sockets:
            task = asyncio.ensure_future(_send(socket, message))
            self._pushes.add(task)
            task.add_done_callback(self._pushes.discard)


class LiveUpdates:
    """`/sandbox/live`: pushes `{type: "changed", people: [ids] or null, topic}` to every open page."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._channel = Channel("/sandbox/live")

    def add_routes(self, app: web.Application) -> None:
        """Add the route to `app` and subscribe to the workspace's changes."""
        self._channel.add_routes(app)
        self._workspace.changes.subscribe(self._on_change)

    def _on_change(self, change: Change) -> None:
        """Called in any thread, on every change."""
        people = None if change.people is None else list(change.people)
        self._channel.broadcast({"type": "changed", "people": people, "topic": change.topic})


async def _send(socket: web.WebSocketResponse, message: JSON) -> None:
    with contextlib.suppress(ConnectionError, RuntimeError):
        await socket.send_json(message)
