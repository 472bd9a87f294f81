"""The web application of the page. It answers requests from this computer only."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.actions.context import ActionContext
from sandbox.page.api import PageApi
from sandbox.page.calendar import PageCalendar
from sandbox.page.inspector import Inspector
from sandbox.page.inspector_faults import DisruptionTarget, InspectorFaults
from sandbox.page.inspector_scopes import InspectorScopes
from sandbox.page.scenarios import PageScenarios
from sandbox.page.tour import PageTour
from sandbox.scenarios import ScenarioRunner
from sandbox.tours import TourRunner
from sandbox.traffic import TrafficLog
from sandbox.workspace.fast_forward import FastForward

MAX_BODY_BYTES = 4 * 1024**2


@dataclass(frozen=True)
class PageParts:
    """What the page shows and controls."""

    target: DisruptionTarget
    context: ActionContext
    traffic: TrafficLog
    fast_forward: FastForward
    tour: TourRunner
    scenarios: ScenarioRunner[Any]


def page_app(parts: PageParts, is_connected: Callable[[], bool]) -> web.Application:
    """Build the page's application. `is_connected` tells whether there is a transport to the app."""
    scenarios, switches = PageScenarios(parts.scenarios), InspectorFaults(parts.target)
    workspace = parts.context.workspace
    app = web.Application(
        middlewares=[only_loopback, scenarios.block_actions_while_playing], client_max_size=MAX_BODY_BYTES
    )
    for part in (
        PageApi(parts.context, is_connected, switches.disruptions),
        scenarios,
        PageCalendar(workspace.calendar, parts.fast_forward),
        PageTour(parts.context, parts.tour),
        Inspector(parts.context, parts.traffic),
        InspectorScopes(workspace, parts.traffic),
        switches,
    ):
        part.add_routes(app)
    return app


_HOSTS = ("127.0.0.1", "localhost", "::1")


@web.middleware
async def only_loopback(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Respond 403 unless the Host is loopback and the Origin, if present, is this server."""
    host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
    is_local = urlsplit(f"//{host}").hostname in _HOSTS
    is_own = origin is None or origin == f"http://{host}"
    if not (is_local and is_own):
        raise web.HTTPForbidden(text="Only this server's own page may send requests.")
    return await handler(request)
