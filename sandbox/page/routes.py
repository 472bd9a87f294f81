"""All that the page asks for, on one web application that answers this computer alone."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from sandbox.actions.context import Desk
from sandbox.page.api import PageApi
from sandbox.page.calendar import PageCalendar
from sandbox.page.inspector import Glass
from sandbox.page.inspector_faults import GlassSwitches, Machine
from sandbox.page.inspector_scopes import GlassScopes
from sandbox.page.loopback import only_loopback
from sandbox.page.stories import PageStories
from sandbox.page.tour import PageTour
from sandbox.stories import Stories
from sandbox.touring import Touring
from sandbox.traffic import Wire
from sandbox.workspace.fast_forward import Living

MOST_BYTES = 4 * 1024**2


@dataclass(frozen=True)
class Parts:
    """What the page shows and moves; `machine` is the sandbox."""

    machine: Machine
    desk: Desk
    wire: Wire
    living: Living
    touring: Touring
    stories: Stories


def page(parts: Parts, is_connected: Callable[[], bool]) -> web.Application:
    """`is_connected` says whether there is a way to the app."""
    stories, switches = PageStories(parts.stories), GlassSwitches(parts.machine)
    workspace = parts.desk.workspace
    app = web.Application(middlewares=[only_loopback, stories.only_looking], client_max_size=MOST_BYTES)
    for part in (
        PageApi(parts.desk, is_connected, switches.trouble),
        stories,
        PageCalendar(workspace.calendar, parts.living),
        PageTour(parts.desk, parts.touring),
        Glass(parts.desk, parts.wire),
        GlassScopes(workspace, parts.wire),
        switches,
    ):
        part.add_routes(app)
    return app
