"""Serves an aiohttp application on loopback from a thread."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from aiohttp import web, web_app

T = TypeVar("T")


class ServerThread:
    """Serves `app` on 127.0.0.1. `on_address` gets the host and port before the first request.

    `before_stop` runs on the event loop while connections are still open.
    """

    def __init__(
        self,
        app: Callable[[], web.Application],
        port: int,
        on_address: Callable[[str, int], None],
        before_stop: Callable[[], Awaitable[None]],
    ) -> None:
        self._app = app
        self._port = port
        self._on_address = on_address
        self._before_stop = before_stop
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._started: Future[None] = Future()

    def start(self) -> None:
        """Start the thread and wait until it listens. Raises OSError if the port is taken."""
        self._started = Future()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._thread.start()
        self._started.result()

    def stop(self) -> None:
        """Close every connection and join the thread. Does nothing if it is not running."""
        thread, loop = self._thread, self._loop
        self._thread = self._loop = None
        if thread and loop:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    def run(self, work: Coroutine[Any, Any, T], timeout: float = 10.0) -> T:
        """Run a coroutine on the event loop from another thread and return its result."""
        if self._loop is None:
            work.close()
            raise RuntimeError("The sandbox does not run.")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def _run(self) -> None:
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        runner = web.AppRunner(self._app(), handle_signals=False, shutdown_timeout=1.0, access_log=None)
        try:
            loop.run_until_complete(self._listen(runner))
        except OSError as error:
            self._started.set_exception(error)
        else:
            self._loop = loop
            loop.call_soon(self._started.set_result, None)
            loop.run_forever()
            loop.run_until_complete(self._before_stop())
        finally:
            loop.run_until_complete(runner.cleanup())
            loop.run_until_complete(_cancel_pending())
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()
            # aiohttp keeps the handlers of each server, and through them its whole workspace. A process starts many.
            web_app._cached_build_middleware.cache_clear()

    async def _listen(self, runner: web.AppRunner) -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self._port).start()
        host, port = runner.addresses[0][:2]
        self._on_address(host, port)


async def _cancel_pending() -> None:
    """Cancel requests that a fault delays: they outlive their connections."""
    held = asyncio.all_tasks() - {asyncio.current_task()}
    for task in held:
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)
