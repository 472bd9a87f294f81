"""The page's stories: list, progress, and starting another."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.page.responses import failure, read_body, success
from sandbox.stories import Stories
from sandbox.types import JSON

_STILL_PLAYING = "People are still arriving. You can look around now, and take part in a moment."
_ACTION_PATHS = ("/sandbox/people/", "/sandbox/calendar")


class PageStories:
    """`/sandbox/stories`. While a story is being played, the page cannot act for people."""

    def __init__(self, stories: Stories[Any]) -> None:
        self._stories = stories

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/stories", self._show)
        app.router.add_post("/sandbox/stories", self._begin)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        stories = self._stories
        shown = [{"key": one.key, "title": one.title, "about": one.about} for one in stories.available]
        body: JSON = {
            "stories": shown if stories.start_story else [],
            "on": stories.current and stories.current.key,
            "beginning": stories.beginning if stories.start_story else None,
            "first": [asdict(one) for one in stories.current.first] if stories.current else [],
            "arriving": stories.progress and asdict(stories.progress),
            "trouble": stories.failure,
        }
        return web.json_response(body)

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        """Body: {"story": key}. Delete everything and start that story, after the response is sent."""
        key = (await read_body(request)).get("story")
        begin = self._stories.start_story
        if begin is None or key not in [story.key for story in self._stories.available]:
            return failure("There’s no such scenario.")
        asyncio.get_running_loop().call_later(0.1, begin, key)
        return success()

    @web.middleware
    async def block_actions_while_playing(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse actions and moves of the calendar while a story is being played. Marking as read is allowed."""
        is_act = (
            request.method == "POST" and request.path.startswith(_ACTION_PATHS) and not request.path.endswith("/read")
        )
        if is_act and self._stories.progress:
            return failure(_STILL_PLAYING)
        return await handler(request)
