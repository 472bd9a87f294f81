"""The page's calendar: the current time, the next event, and moving the calendar."""

import calendar as almanac
import logging
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from sandbox.clocks import Calendar
from sandbox.page.responses import failure, read_body, run_blocking, success
from sandbox.types import JSON
from sandbox.workspace.fast_forward import AlreadyMovingError, FastForward, FastForwardRun
from sandbox.workspace.timeline import JournalEntry

MIN_SPEED, MAX_SPEED = 60, 30 * 86400
"""Seconds on the calendar per real second while it plays."""

NOTHING_DUE = "Nothing is due. Choose a day instead."

log = logging.getLogger(__name__)


class PageCalendar:
    """`/sandbox/calendar`. Without a timeline of the app the calendar cannot be moved (`can_move` is false)."""

    def __init__(self, calendar: Calendar, fast_forward: FastForward) -> None:
        self._calendar = calendar
        self._fast_forward = fast_forward

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/sandbox/calendar", self._show)
        app.router.add_post("/sandbox/calendar", self._move)
        app.router.add_post("/sandbox/calendar/stop", self._stop)

    async def _show(self, request: web.Request) -> web.StreamResponse:
        """The state of the calendar, with the journal entries whose number is higher than `after`."""
        try:
            after = int(request.query.get("after", 0))
        except ValueError:
            raise web.HTTPBadRequest(text="after is a number") from None
        return web.json_response(await run_blocking(lambda: self._shown(after)))

    def _shown(self, after: int) -> JSON:
        last, is_moving = self._fast_forward.latest, self._fast_forward.is_running
        # While the calendar moves, the app is busy with due work. Do not query it as well.
        due = None if is_moving else self._next_due()
        started_at = self._fast_forward.journal.started_at
        return {
            "can_move": self._fast_forward.timeline is not None,
            "now": self._calendar.now().isoformat(),
            "next_due": due and due.isoformat(),
            "moving": is_moving,
            "stopping": bool(is_moving and last and last.stopping.is_set()),
            **_run_payload(last),
            "started": started_at and started_at.isoformat(),
            "journal": [_entry(one) for one in self._fast_forward.journal.entries_after(after)],
        }

    def _next_due(self) -> datetime | None:
        timeline = self._fast_forward.timeline
        try:
            return timeline.next_due() if timeline else None
        except Exception:
            log.exception("The app could not say what is due next")
            return None

    async def _move(self, request: web.Request) -> web.StreamResponse:
        """Move the calendar. Body: {"to": "next" or an ISO timestamp}; or, in the IANA time `zone`, {"day": an ISO
        date} or {"days", "months" or "years": n}; or {"play": seconds on the calendar per real second}.
        """
        if not request.can_read_body:
            raise web.HTTPBadRequest(text="The body must name a destination.")
        moved: web.Response = await run_blocking(self._moved, await read_body(request))
        return moved

    def _moved(self, body: JSON) -> web.Response:
        if self._fast_forward.timeline is None:
            return failure("This calendar can’t be moved here.")
        try:
            if "play" in body:
                return self._played(body["play"])
            to = self._next_due() if body.get("to") == "next" else destination(body, self._calendar.now())
            if to is None:
                return failure(NOTHING_DUE)
            self._fast_forward.start(to)
        except ValueError as error:
            return failure(str(error))
        except AlreadyMovingError:
            return failure("The calendar is already moving. Wait until it stops, or pause it.")
        return success(to=to.isoformat())

    def _played(self, speed: Any) -> web.Response:
        if not isinstance(speed, int) or isinstance(speed, bool) or not MIN_SPEED <= speed <= MAX_SPEED:
            raise ValueError(f"Choose a speed from {MIN_SPEED} to {MAX_SPEED}.")
        if not self._fast_forward.is_running and self._next_due() is None:
            return failure(NOTHING_DUE)
        self._fast_forward.play(speed)
        return success()

    async def _stop(self, request: web.Request) -> web.StreamResponse:
        await run_blocking(self._fast_forward.stop)
        return success()


def _run_payload(last: FastForwardRun | None) -> JSON:
    """The current run, else the last one. `speed` is null when the calendar moves as fast as the app works."""
    if last is None:
        return {"since": None, "to": None, "speed": None, "next_stop": None, "ran_out": False, "error": ""}
    return {
        "since": last.start.isoformat(),
        "to": last.end.isoformat(),
        "speed": last.speed,
        "next_stop": last.next_stop and last.next_stop.isoformat(),
        "ran_out": last.ran_out,
        "error": last.failure,
    }


def _entry(entry: JournalEntry) -> JSON:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "stuck": entry.stuck,
        "posts": [
            {
                "singular": singular,
                "plural": plural,
                "channel": post.channel,
                "ts": post.ts,
                "people": list(post.people),
            }
            for post, (singular, plural) in entry.posts
        ],
    }


MAX_DISTANCE = {"days": 3660, "months": 120, "years": 10}


def destination(body: Mapping[str, Any], now: datetime) -> datetime:
    """The time (aware) to which a request moves the calendar from `now` (aware).

    Days, months, years and dates keep the time of day in the request's `zone`. Raises ValueError with a sentence for
    the page.
    """
    given = [key for key in ("to", "day", *MAX_DISTANCE) if key in body]
    if len(given) != 1:
        raise ValueError("Name one of to, day, days, months or years.")
    if "to" in body:
        return _moment(body["to"], now)
    if "day" in body:
        return _day(body["day"], now.astimezone(_zone(body.get("zone", "UTC"))))
    unit, count = given[0], body[given[0]]
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MAX_DISTANCE[unit]:
        raise ValueError(f"Choose 1 to {MAX_DISTANCE[unit]} {unit}.")
    local = now.astimezone(_zone(body.get("zone", "UTC")))
    if unit == "days":
        return (local + timedelta(days=count)).astimezone(UTC)
    return _months_on(local, count * (12 if unit == "years" else 1)).astimezone(UTC)


def _moment(value: Any, now: datetime) -> datetime:
    try:
        to = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("That isn’t a time.") from None
    if to.tzinfo is None:
        raise ValueError("The time needs a time zone.")
    if to < now:
        raise ValueError("That time is in the past.")
    return to


def _day(value: Any, local: datetime) -> datetime:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("Choose a day first.") from None
    if day <= local.date():
        why = "That is today." if day == local.date() else "That day is in the past."
        raise ValueError(f"{why} Choose tomorrow or later.")
    if day > _months_on(local, MAX_DISTANCE["months"]).date():
        raise ValueError("Choose a day within the next ten years.")
    return local.replace(year=day.year, month=day.month, day=day.day).astimezone(UTC)


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("That time zone doesn’t exist.") from None


def _months_on(day: datetime, months: int) -> datetime:
    """The same day of the month, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return day.replace(year=year, month=month + 1, day=min(day.day, almanac.monthrange(year, month + 1)[1]))
