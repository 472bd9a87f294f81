"""The page's stories: which there are, which one is on and how far it has come, and beginning another."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from aiohttp import web

from sandbox.page.responses import body_of, ok, refused
from sandbox.stories import Stories
from sandbox.types import JSON

_ARRIVING = "People are still arriving. You can look around; in a moment you can also take part."
_ACTS = ("/sandbox/people/", "/sandbox/calendar")


class PageStories:
    """`/sandbox/stories`. While one is being played people are looked at, and nobody acts for them."""

    def __init__(self, stories: Stories) -> None:
        self._stories = stories

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/stories", self._show)
        app.router.add_post("/sandbox/stories", self._begin)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        stories = self._stories
        shown = [{"key": one.key, "title": one.title, "about": one.about} for one in stories.known]
        body: JSON = {
            "stories": shown if stories.begin else [],
            "on": stories.on and stories.on.key,
            "beginning": stories.beginning if stories.begin else None,
            "first": [asdict(one) for one in stories.on.first] if stories.on else [],
            "arriving": stories.progress and asdict(stories.progress),
            "trouble": stories.trouble,
        }
        return web.json_response(body)

    async def _begin(self, request: web.Request) -> web.StreamResponse:
        """{"story": key}: forget everything and begin that one. The answer comes first."""
        key = (await body_of(request)).get("story")
        begin = self._stories.begin
        if begin is None or key not in [story.key for story in self._stories.known]:
            return refused("There is no such story here.")
        asyncio.get_running_loop().call_later(0.1, begin, key)
        return ok()

    @web.middleware
    async def only_looking(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse what a page does to people and to the calendar while the story is being played; reading is no act."""
        is_act = request.method == "POST" and request.path.startswith(_ACTS) and not request.path.endswith("/read")
        if is_act and self._stories.progress:
            return refused(_ARRIVING)
        return await handler(request)
