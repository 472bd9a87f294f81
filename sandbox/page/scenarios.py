"""The page's scenarios: list, progress, and starting another."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.page.responses import failure, read_body, success
from sandbox.scenarios import ScenarioRunner
from sandbox.types import JSON

_STILL_PLAYING = "The scenario is still starting. You can look around now, and take part in a moment."
_ACTION_PATHS = ("/sandbox/people/", "/sandbox/calendar")


class PageScenarios:
    """`/sandbox/scenarios`. While a scenario is being played, the page cannot act for people."""

    def __init__(self, scenarios: ScenarioRunner[Any]) -> None:
        self._scenarios = scenarios

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/scenarios", self._show)
        app.router.add_post("/sandbox/scenarios", self._start)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        runner = self._scenarios
        shown = [{"key": one.key, "title": one.title, "about": one.about} for one in runner.available]
        body: JSON = {
            "scenarios": shown if runner.start_scenario else [],
            "current": runner.current and runner.current.key,
            "run": runner.run if runner.start_scenario else None,
            "start_as": [asdict(one) for one in runner.current.start_as] if runner.current else [],
            "progress": runner.progress and asdict(runner.progress),
            "error": runner.failure,
        }
        return web.json_response(body)

    async def _start(self, request: web.Request) -> web.StreamResponse:
        """Body: {"scenario": key}. Delete everything and start that scenario, after the response is sent."""
        key = (await read_body(request)).get("scenario")
        start = self._scenarios.start_scenario
        if start is None or key not in [scenario.key for scenario in self._scenarios.available]:
            return failure("There’s no such scenario.")
        asyncio.get_running_loop().call_later(0.1, start, key)
        return success()

    @web.middleware
    async def block_actions_while_playing(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse actions and moves of the calendar while a scenario is being played. Marking as read is allowed."""
        is_act = (
            request.method == "POST" and request.path.startswith(_ACTION_PATHS) and not request.path.endswith("/read")
        )
        if is_act and self._scenarios.progress:
            return failure(_STILL_PLAYING)
        return await handler(request)
