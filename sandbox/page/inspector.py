"""Under the glass: what the page shows of the wire, and of a message's or a form's JSON and limits."""

from itertools import islice

from aiohttp import web

from sandbox.actions.context import Desk, NotThereError
from sandbox.block_kit import Use, message_use, view_use
from sandbox.page.inspector_traffic import Reader, Sought, name_of, row, whole
from sandbox.page.live import Line
from sandbox.page.redaction import redacted
from sandbox.page.responses import careful, off_loop
from sandbox.traffic import KEPT, Wire
from sandbox.types import JSON

LARGEST_PAGE = 200
PAUSE = 0.25
"""Seconds between two pieces of news."""


class Glass:
    """The routes below `/sandbox/glass/` that only look. `…/live` pushes `{type: "wire", newest}`, now and then."""

    def __init__(self, desk: Desk, wire: Wire) -> None:
        self._desk = desk
        self._workspace = desk.workspace
        self._wire = wire
        self._line = Line("/sandbox/glass/live")
        self._is_due = False

    def add_routes(self, app: web.Application) -> None:
        glass = "/sandbox/glass"
        app.router.add_get(f"{glass}/wire", self._list)
        app.router.add_get(rf"{glass}/wire/{{number:\d+}}", careful(self._show))
        app.router.add_get(f"{glass}/people/{{user}}/messages/{{channel}}/{{ts}}", careful(self._message))
        app.router.add_get(f"{glass}/people/{{user}}/view", careful(self._view))
        self._line.add_routes(app)
        self._wire.listener = self._heard

    async def _list(self, request: web.Request) -> web.StreamResponse:
        """A page of rows, newest first: those numbered below `before`, or all that are numbered above `after`."""
        query = request.query
        try:
            before, after = (int(query.get(name, 0)) for name in ("before", "after"))
            limit = min(max(int(query.get("limit", 100)), 1), LARGEST_PAGE)
        except ValueError:
            raise web.HTTPBadRequest(text="before, after and limit are numbers") from None
        sought = Sought(query.get("name", ""), query.get("person", ""), query.get("text", ""))
        return web.json_response(await off_loop(self._listed, sought, before, after, limit))

    def _listed(self, sought: Sought, before: int, after: int, limit: int) -> JSON:
        recent = self._wire.recent
        found = list(Reader(self._workspace).find(recent, sought))
        wanted = (one for one in reversed(found) if one[0].number > after and not 0 < before <= one[0].number)
        rows = [row(exchange, people, self._workspace) for exchange, people in islice(wanted, limit + 1)]
        return {
            "rows": rows[:limit],
            "has_more": len(rows) > limit,
            "newest": recent[-1].number if recent else 0,
            "names": redacted(sorted({name_of(one.what) for one in recent}), self._workspace.app),
            "kept": KEPT,
        }

    async def _show(self, request: web.Request) -> web.StreamResponse:
        number, recent, reader = int(request.match_info["number"]), self._wire.recent, Reader(self._workspace)
        for exchange in recent:
            people = reader.people_of(exchange.what)
            if exchange.number == number:
                return web.json_response(whole(exchange, people, self._workspace))
        raise NotThereError("That was too long ago: only the latest are kept.")

    async def _message(self, request: web.Request) -> web.StreamResponse:
        user, ts = request.match_info["user"], request.match_info["ts"]
        with self._workspace.lock:
            place = self._desk.place(user, request.match_info["channel"])
            message = next((one for one in place.seen_by(user) if one.ts == ts), None)
            if message is None:
                raise NotThereError("This message is no longer there.")
            payload = message.answered(with_metadata=True)
        shown = redacted(payload, self._workspace.app)
        blocks = {"blocks": shown.get("blocks", [])}
        return web.json_response({"json": shown, "blocks": blocks, "limits": _limits(message_use(payload))})

    async def _view(self, request: web.Request) -> web.StreamResponse:
        """The view on top of the person's modal; `json` is null where none is open."""
        with self._workspace.lock:
            stack = self._workspace.views.stack(request.match_info["user"])
            if not stack:
                return web.json_response({"json": None})
            payload, source = self._workspace.view_payload(stack[-1]), stack[-1].source
            limits = _limits(view_use(source))
            shown, blocks = (redacted(each, self._workspace.app) for each in (payload, source))
        return web.json_response({"json": shown, "blocks": blocks, "limits": limits})

    def _heard(self) -> None:
        """Called in any thread, at each exchange."""
        if self._line.is_used and not self._is_due:
            self._is_due = True
            self._line.later(PAUSE, self._news)

    def _news(self) -> JSON:
        self._is_due = False
        return {"type": "wire", "newest": self._wire.newest}


def _limits(uses: list[Use]) -> list[JSON]:
    return [{"name": one.name, "used": one.used, "most": one.most, "pointer": one.pointer} for one in uses]
