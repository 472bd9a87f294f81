"""The inspector: recorded traffic, and the JSON and limits of a message or view."""

from itertools import islice

from aiohttp import web

from sandbox.actions.context import ActionContext, NotVisibleError
from sandbox.block_kit import Usage, message_usage, view_usage
from sandbox.page.inspector_traffic import TrafficFilter, TrafficReader, detail, name_of, summary
from sandbox.page.live import Channel
from sandbox.page.redaction import redacted
from sandbox.page.responses import run_blocking, with_errors
from sandbox.traffic import MAX_COMPLETE, TrafficLog
from sandbox.types import JSON

MAX_PAGE = 200
NEWS_INTERVAL_SECONDS = 0.25
"""Minimum seconds between two updates over the WebSocket."""


class Inspector:
    """The read-only routes under `/sandbox/inspector/`. `…/live` pushes `{type: "traffic", newest}`."""

    def __init__(self, context: ActionContext, traffic: TrafficLog) -> None:
        self._context = context
        self._workspace = context.workspace
        self._traffic = traffic
        self._channel = Channel("/sandbox/inspector/live")
        self._is_due = False

    def add_routes(self, app: web.Application) -> None:
        base = "/sandbox/inspector"
        app.router.add_get(f"{base}/traffic", self._list)
        app.router.add_get(rf"{base}/traffic/{{number:\d+}}", with_errors(self._show))
        app.router.add_get(f"{base}/people/{{user}}/messages/{{channel}}/{{ts}}", with_errors(self._message))
        app.router.add_get(f"{base}/people/{{user}}/view", with_errors(self._view))
        self._channel.add_routes(app)
        self._traffic.listener = self._on_exchange

    async def _list(self, request: web.Request) -> web.StreamResponse:
        """A page of rows, newest first: those numbered below `before`, or all numbered above `after`."""
        query = request.query
        try:
            before, after = (int(query.get(name, 0)) for name in ("before", "after"))
            limit = min(max(int(query.get("limit", 100)), 1), MAX_PAGE)
        except ValueError:
            raise web.HTTPBadRequest(text="before, after and limit are numbers") from None
        traffic_filter = TrafficFilter(query.get("name", ""), query.get("person", ""), query.get("text", ""))
        return web.json_response(await run_blocking(self._page_of_rows, traffic_filter, before, after, limit))

    def _page_of_rows(self, traffic_filter: TrafficFilter, before: int, after: int, limit: int) -> JSON:
        recent = self._traffic.recent
        found = list(TrafficReader(self._workspace).find(recent, traffic_filter))
        wanted = (one for one in reversed(found) if one[0].number > after and not 0 < before <= one[0].number)
        rows = [summary(exchange, people, self._workspace) for exchange, people in islice(wanted, limit + 1)]
        return {
            "rows": rows[:limit],
            "has_more": len(rows) > limit,
            "newest": recent[-1].number if recent else 0,
            "names": redacted(sorted({name_of(one.record) for one in recent}), self._workspace.app),
            "max_rows": MAX_COMPLETE,
        }

    async def _show(self, request: web.Request) -> web.StreamResponse:
        number, recent, reader = int(request.match_info["number"]), self._traffic.recent, TrafficReader(self._workspace)
        for exchange in recent:
            people = reader.people_of(exchange.record)
            if exchange.number == number:
                return web.json_response(detail(exchange, people, self._workspace))
        raise NotVisibleError("This request is no longer stored: only the latest are kept.")

    async def _message(self, request: web.Request) -> web.StreamResponse:
        user, ts = request.match_info["user"], request.match_info["ts"]
        with self._workspace.lock:
            conversation = self._context.conversation(user, request.match_info["channel"])
            message = next((one for one in conversation.messages_for(user) if one.ts == ts), None)
            if message is None:
                raise NotVisibleError("This message no longer exists.")
            payload = message.api_payload(with_metadata=True)
        shown = redacted(payload, self._workspace.app)
        blocks = {"blocks": shown.get("blocks", [])}
        return web.json_response({"json": shown, "blocks": blocks, "limits": _limits(message_usage(payload))})

    async def _view(self, request: web.Request) -> web.StreamResponse:
        """The view on top of the person's modal. `json` is null if none is open."""
        with self._workspace.lock:
            stack = self._workspace.views.stack(request.match_info["user"])
            if not stack:
                return web.json_response({"json": None})
            payload, source = self._workspace.view_payload(stack[-1]), stack[-1].source
            limits = _limits(view_usage(source))
            shown, blocks = (redacted(each, self._workspace.app) for each in (payload, source))
        return web.json_response({"json": shown, "blocks": blocks, "limits": limits})

    def _on_exchange(self) -> None:
        """Called in any thread, with each exchange."""
        if self._channel.has_listeners and not self._is_due:
            self._is_due = True
            self._channel.broadcast_later(NEWS_INTERVAL_SECONDS, self._update)

    def _update(self) -> JSON:
        self._is_due = False
        return {"type": "traffic", "newest": self._traffic.last_number}


def _limits(uses: list[Usage]) -> list[JSON]:
    return [{"name": one.name, "used": one.used, "most": one.most, "pointer": one.pointer} for one in uses]
