"""The page's calendar: what time it is in the workspace, what comes next, and moving there."""

import logging
from datetime import datetime
from typing import Any

from aiohttp import web

from sandbox.clocks import Calendar
from sandbox.page.destinations import destination
from sandbox.page.responses import body_of, off_loop, ok, refused
from sandbox.types import JSON
from sandbox.workspace.fast_forward import Living
from sandbox.workspace.life import AlreadyLivingError, Life
from sandbox.workspace.timeline import Entry

SLOWEST, FASTEST = 60, 30 * 86400
"""Seconds of the calendar that go by in one second while it plays."""

NOTHING_DUE = "Nothing is due. Choose a day instead."

log = logging.getLogger(__name__)


class PageCalendar:
    """`/sandbox/calendar`. Where nobody said what the app does by itself, it cannot be moved (`moves` is false)."""

    def __init__(self, calendar: Calendar, living: Living) -> None:
        self._calendar = calendar
        self._living = living

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/calendar", self._show)
        app.router.add_post("/sandbox/calendar", self._move)
        app.router.add_post("/sandbox/calendar/stop", self._stop)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        """With what the journal says `after` an entry of that number."""
        try:
            after = int(request.query.get("after", 0))
        except ValueError:
            raise web.HTTPBadRequest(text="after is a number") from None
        return web.json_response(await off_loop(lambda: self._shown(after)))

    def _shown(self, after: int) -> JSON:
        last, is_living = self._living.last, self._living.is_living
        # While it lives the app is busy with what is due: asking it once more would only slow it down.
        due = None if is_living else self._next_due()
        begun = self._living.journal.since
        return {
            "moves": self._living.moments is not None,
            "now": self._calendar.now().isoformat(),
            "next_due": due and due.isoformat(),
            "living": is_living,
            "stopping": bool(is_living and last and last.stopping.is_set()),
            **_stretch(last),
            "begun": begun and begun.isoformat(),
            "journal": [_entry(one) for one in self._living.journal.after(after)],
        }

    def _next_due(self) -> datetime | None:
        moments = self._living.moments
        try:
            return moments.next_due() if moments else None
        except Exception:
            log.exception("The app could not say what is due next")
            return None

    async def _move(self, request: web.Request) -> web.StreamResponse:
        """{"to": "next" | an ISO moment} or, by the calendar of an IANA `zone`, {"day": an ISO date} or
        {"days" | "months" | "years": n}; or {"play": so many seconds of the calendar in one}.
        """
        if not request.can_read_body:
            raise web.HTTPBadRequest(text="The body says where to.")
        moved: web.Response = await off_loop(self._moved, await body_of(request))
        return moved

    def _moved(self, body: JSON) -> web.Response:
        if self._living.moments is None:
            return refused("This calendar cannot be moved from here.")
        try:
            if "play" in body:
                return self._played(body["play"])
            to = self._next_due() if body.get("to") == "next" else destination(body, self._calendar.now())
            if to is None:
                return refused(NOTHING_DUE)
            self._living.start(to)
        except ValueError as error:
            return refused(str(error))
        except AlreadyLivingError:
            return refused("The calendar is moving already. Let it arrive first, or pause it.")
        return ok(to=to.isoformat())

    def _played(self, pace: Any) -> web.Response:
        if not isinstance(pace, int) or isinstance(pace, bool) or not SLOWEST <= pace <= FASTEST:
            raise ValueError(f"In a second, {SLOWEST} to {FASTEST} seconds go by.")
        if not self._living.is_living and self._next_due() is None:
            return refused(NOTHING_DUE)
        self._living.play(pace)
        return ok()

    async def _stop(self, request: web.Request) -> web.StreamResponse:
        await off_loop(self._living.stop)
        return ok()


def _stretch(last: Life | None) -> JSON:
    """The stretch under way, else the last one. `pace` is null where it goes as fast as the app gets done."""
    if last is None:
        return {"since": None, "to": None, "pace": None, "heading": None, "ran_out": False, "trouble": ""}
    return {
        "since": last.since.isoformat(),
        "to": last.to.isoformat(),
        "pace": last.pace,
        "heading": last.heading and last.heading.isoformat(),
        "ran_out": last.ran_out,
        "trouble": last.trouble,
    }


def _entry(entry: Entry) -> JSON:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "stuck": entry.stuck,
        "posts": [
            {"one": one, "many": many, "channel": post.channel, "ts": post.ts, "people": list(post.people)}
            for post, (one, many) in entry.posts
        ],
    }
