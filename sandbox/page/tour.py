"""The page's guided tour: progress, the next manual action, and doing a step."""

from collections.abc import Callable
from dataclasses import asdict

from aiohttp import web

from sandbox.actions.context import ActionContext, NotVisibleError
from sandbox.page.responses import failure, run_blocking, success
from sandbox.person import Person
from sandbox.tours import Hint, Landing, TourError, TourRunner, TourStep
from sandbox.types import JSON
from sandbox.workspace.element_state import ImpossibleChoiceError


class PageTour:
    """`/sandbox/tour`. Without a tour it has no steps."""

    def __init__(self, context: ActionContext, tour: TourRunner) -> None:
        self._context = context
        self._tour = tour

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/tour", self._show)
        app.router.add_post("/sandbox/tour/{step}/do", self._do)
        app.router.add_post("/sandbox/tour/{step}/example", self._fill_in)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        """The progress of the tour; with `?look=KEY` also that step's next manual action, or where its result is."""
        return web.json_response(await run_blocking(lambda: self._shown(request.query.get("look", ""))))

    def _shown(self, look: str) -> JSON:
        tour = self._tour
        started, running, done = tour.started_count, tour.running, tour.done()
        steps = [
            {
                "key": step.key,
                "title": step.title,
                "text": step.text,
                "after": step.after,
                "person": step.person,
                "done": done[step.key],
                "prerequisite": next((one.key for one in tour.prerequisites(step, done)), ""),
                "error": "" if done[step.key] else tour.failures.get(step.key, ""),
            }
            for step in tour.steps
        ]
        current = next((key for key, is_done in done.items() if not is_done), "")
        shown: JSON = {"steps": steps, "current": current, "running": running, "started": started}
        step = tour.step(look)
        return shown | {"look": _look(step.key, *tour.hint_or_landing(step)) if step and not running else None}

    async def _do(self, request: web.Request) -> web.StreamResponse:
        """Start a step in the background. It has ended when `running` is empty and `started` has reached this
        response's value.
        """
        return await self._act(request, self._start)

    async def _fill_in(self, request: web.Request) -> web.StreamResponse:
        """Fill the example of the step's hint into the open form."""
        return await self._act(request, self._fill)

    def _start(self, step: TourStep) -> JSON:
        self._tour.start(step)
        return {"started": self._tour.started_count}

    def _fill(self, step: TourStep) -> JSON:
        hint = step.hint()
        person = Person(self._context, hint.person) if hint and hint.example else None
        if not (hint and person and person.view):
            raise TourError("There’s no open form to fill in.")
        person.fill(hint.example)
        return {}

    async def _act(self, request: web.Request, act: Callable[[TourStep], JSON]) -> web.Response:
        step = self._tour.step(request.match_info["step"])
        if step is None:
            return failure("The tour has no such step.", status=404)
        try:
            done = await run_blocking(lambda: act(step))
        except (TourError, NotVisibleError, ImpossibleChoiceError) as error:
            return failure(str(error))
        return success(**done)


def _look(key: str, hint: Hint | None, landing: Landing | None) -> JSON:
    next_by_hand = hint and {
        "person": hint.person,
        "text": hint.text,
        "types": hint.types,
        "press": hint.press,
        "has_example": bool(hint.example),
    }
    return {"key": key, "hint": next_by_hand, "landing": landing and asdict(landing)}
