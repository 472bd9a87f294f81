"""News for open pages: what changed and for whom, over a WebSocket."""

import asyncio
import contextlib

from aiohttp import WSCloseCode, web

from sandbox.types import JSON
from sandbox.workspace.team import News, Workspace


class Live:
    """`/sandbox/live`: pushes `{type: "changed", people: [ids] or null, what}` to every open page."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._sockets: set[web.WebSocketResponse] = set()
        self._pushes: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def add_routes(self, app: web.Application) -> None:
        """Put the route on `app`, and listen to the workspace while the app runs."""
        app.router.add_get("/sandbox/live", self._stay)
        app.on_startup.append(self._begin)
        app.on_shutdown.append(self._end)

    async def _begin(self, app: web.Application) -> None:
        self._loop = asyncio.get_running_loop()
        self._workspace.listen(self._tell)

    async def _end(self, app: web.Application) -> None:
        self._loop = None
        for socket in list(self._sockets):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    async def _stay(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        self._sockets.add(socket)
        try:
            async for _ in socket:
                pass
        finally:
            self._sockets.discard(socket)
        return socket

    def _tell(self, news: News) -> None:
        """Called in any thread, at any change."""
        loop = self._loop
        if loop:
            with contextlib.suppress(RuntimeError):  # the loop may close between the two lines
                loop.call_soon_threadsafe(self._push, news)

    def _push(self, news: News) -> None:
        people = None if news.people is None else list(news.people)
        message = {"type": "changed", "people": people, "what": news.what}
        for socket in self._sockets:
            task = asyncio.ensure_future(_send(socket, message))
            self._pushes.add(task)
            task.add_done_callback(self._pushes.discard)


async def _send(socket: web.WebSocketResponse, message: JSON) -> None:
    with contextlib.suppress(ConnectionError, RuntimeError):
        await socket.send_json(message)
