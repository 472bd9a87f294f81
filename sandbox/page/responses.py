"""Helpers for reading requests and building responses, shared by the page's routes."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.actions.context import ActionResult, NotVisibleError
from sandbox.types import JSON
from sandbox.workspace.element_state import ImpossibleChoiceError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def run_blocking(work: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """Run a blocking function in a thread, off the event loop."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, functools.partial(work, *args, **options))


def with_errors(handler: Handler) -> Handler:
    """Turn NotVisibleError into a 404 and ImpossibleChoiceError into a 400, with a JSON body."""

    async def careful(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except NotVisibleError as error:
            return failure(str(error), status=404)
        except ImpossibleChoiceError as error:
            return failure(str(error), status=400)

    return careful


async def read_body(request: web.Request) -> JSON:
    """The JSON object in the body; empty if there is no body. Raises HTTPBadRequest."""
    try:
        body = await request.json() if request.can_read_body else {}
    except ValueError:
        raise web.HTTPBadRequest(text="The body is JSON.") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="The body is a JSON object.")
    return body


def success(**more: Any) -> web.Response:
    """A response for success, with further fields."""
    return web.json_response({"ok": True, **more})


def failure(sentence: str, *, status: int = 200) -> web.Response:
    """A response for failure, with a sentence that the page shows."""
    return web.json_response({"ok": False, "error": sentence}, status=status)


def result_response(reply: ActionResult) -> web.Response:
    """The response for an action."""
    return success() if reply.ok else failure(reply.sentence)
