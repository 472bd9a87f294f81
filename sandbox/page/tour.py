"""The page's guided tour: how far it has come, what comes next by hand, and doing a step."""

from collections.abc import Callable
from dataclasses import asdict

from aiohttp import web

from sandbox.actions.context import Desk, NotThereError
from sandbox.page.responses import off_loop, ok, refused
from sandbox.person import Person
from sandbox.touring import Touring
from sandbox.tours import Hint, Landing, Step, TourError
from sandbox.types import JSON
from sandbox.workspace.element_state import ImpossibleChoiceError


class PageTour:
    """`/sandbox/tour`. Without a tour it has no steps."""

    def __init__(self, desk: Desk, touring: Touring) -> None:
        self._desk = desk
        self._touring = touring

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/tour", self._show)
        app.router.add_post("/sandbox/tour/{step}/do", self._do)
        app.router.add_post("/sandbox/tour/{step}/example", self._fill_in)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        """How far it has come; with `?look=KEY` also what comes next in that step, or where it can be seen."""
        return web.json_response(await off_loop(lambda: self._shown(request.query.get("look", ""))))

    def _shown(self, look: str) -> JSON:
        touring = self._touring
        started, running, done = touring.started, touring.running, touring.done()
        steps = [
            {
                "key": step.key,
                "title": step.title,
                "text": step.text,
                "after": step.after,
                "person": step.person,
                "done": done[step.key],
                "first": next((one.key for one in touring.missing(step, done)), ""),
                "trouble": "" if done[step.key] else touring.trouble.get(step.key, ""),
            }
            for step in touring.steps
        ]
        current = next((key for key, is_done in done.items() if not is_done), "")
        shown: JSON = {"steps": steps, "current": current, "running": running, "started": started}
        step = touring.step(look)
        return shown | {"look": _look(step.key, *touring.look(step)) if step and not running else None}

    async def _do(self, request: web.Request) -> web.StreamResponse:
        """Begins it. It is over when nothing runs, and at least as many steps as now have been `started`."""
        return await self._act(request, self._start)

    async def _fill_in(self, request: web.Request) -> web.StreamResponse:
        """Fill the example into the form that the step's hint is about."""
        return await self._act(request, self._fill)

    def _start(self, step: Step) -> JSON:
        self._touring.start(step)
        return {"started": self._touring.started}

    def _fill(self, step: Step) -> JSON:
        hint = step.hint()
        person = Person(self._desk, hint.person) if hint and hint.example else None
        if not (hint and person and person.view):
            raise TourError("There is no form to fill in at the moment.")
        person.fill(hint.example)
        return {}

    async def _act(self, request: web.Request, act: Callable[[Step], JSON]) -> web.Response:
        step = self._touring.step(request.match_info["step"])
        if step is None:
            return refused("The tour has no such step.", status=404)
        try:
            done = await off_loop(lambda: act(step))
        except (TourError, NotThereError, ImpossibleChoiceError) as error:
            return refused(str(error))
        return ok(**done)


def _look(key: str, hint: Hint | None, landing: Landing | None) -> JSON:
    next_by_hand = hint and {
        "person": hint.person,
        "words": hint.words,
        "types": hint.types,
        "press": hint.press,
        "has_example": bool(hint.example),
    }
    return {"key": key, "hint": next_by_hand, "landing": landing and asdict(landing)}
