"""The page's calendar: what time it is in the workspace, what comes next, and moving there."""

import asyncio
import calendar as almanac
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from sandbox.clocks import Calendar
from sandbox.types import JSON
from sandbox.workspace.living import AlreadyLivingError, Living

MOST = {"days": 3660, "months": 120, "years": 10}

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
        return web.json_response(await _off_loop(self._shown))

    def _shown(self) -> JSON:
        last, is_living = self._living.last, self._living.is_living
        # While it lives the app is busy with what is due: asking it once more would only slow it down.
        due = None if is_living else self._next_due()
        return {
            "moves": self._living.moments is not None,
            "now": self._calendar.now().isoformat(),
            "next_due": due and due.isoformat(),
            "living": is_living,
            "stopping": bool(is_living and last and last.stop),
            "since": last and last.since.isoformat(),
            "to": last and last.to.isoformat(),
            "log": [
                {"at": one.at.isoformat(), "posted": one.posted, "stuck": one.stuck}
                for one in (last.passed if last else ())
            ],
            "trouble": last.trouble if last else "",
        }

    def _next_due(self) -> datetime | None:
        moments = self._living.moments
        try:
            return moments.next_due() if moments else None
        except Exception:
            log.exception("The app could not say what is due next")
            return None

    async def _move(self, request: web.Request) -> web.StreamResponse:
        """{"to": "next" | an ISO moment} or {"days" | "months" | "years": n}, by the calendar of an IANA `zone`."""
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise web.HTTPBadRequest(text="The body is a JSON object.")
        return web.json_response(await _off_loop(lambda: self._moved(body)))

    def _moved(self, body: JSON) -> JSON:
        if self._living.moments is None:
            return _refusal("This calendar cannot be moved from here.")
        try:
            to = self._next_due() if body.get("to") == "next" else destination(body, self._calendar.now())
            if to is None:
                return _refusal("Nothing is due. Choose a day instead.")
            self._living.start(to)
        except ValueError as error:
            return _refusal(str(error))
        except AlreadyLivingError:
            return _refusal("The calendar is moving already. Let it arrive first, or stop it.")
        return {"ok": True, "to": to.isoformat()}

    async def _stop(self, request: web.Request) -> web.StreamResponse:
        await _off_loop(self._living.stop)
        return web.json_response({"ok": True})


def destination(body: Mapping[str, Any], now: datetime) -> datetime:
    """Where a request leads from `now` (aware): the same time of day, so many days, months or years on, in its `zone`.

    Raises ValueError with a sentence.
    """
    given = [key for key in ("to", *MOST) if key in body]
    if len(given) != 1:
        raise ValueError("Say one of to, days, months and years.")
    if "to" in body:
        return _moment(body["to"], now)
    unit, many = given[0], body[given[0]]
    if not isinstance(many, int) or isinstance(many, bool) or not 1 <= many <= MOST[unit]:
        raise ValueError(f"{unit.capitalize()} go from 1 to {MOST[unit]}.")
    local = now.astimezone(_zone(body.get("zone", "UTC")))
    if unit == "days":
        return (local + timedelta(days=many)).astimezone(UTC)
    return _months_on(local, many * (12 if unit == "years" else 1)).astimezone(UTC)


def _moment(said: Any, now: datetime) -> datetime:
    try:
        to = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        raise ValueError("That is no moment.") from None
    if to.tzinfo is None:
        raise ValueError("A moment says its zone.")
    if to < now:
        raise ValueError("That moment has passed.")
    return to


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("There is no such time zone.") from None


def _months_on(day: datetime, months: int) -> datetime:
    """The same day so many months on, or the last of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, almanac.monthrange(year, month + 1)[1]))


async def _off_loop(work: Callable[[], Any]) -> Any:
    return await asyncio.get_running_loop().run_in_executor(None, work)


def _refusal(sentence: str) -> JSON:
    return {"ok": False, "error": sentence}
