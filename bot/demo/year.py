"""A year in the demo: people meet and log it, and answer what they are asked, while time goes by."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial

from bot.app import BotApp
from bot.demo.acts import answer_what_is_asked, everybody_accepts, log_meeting
from bot.demo.texts import Says
from sandbox import MessageName, Post, Sandbox

Deed = tuple[datetime, Callable[[], None]]

YEAR = timedelta(days=365)
_AFTERNOON = time(16, tzinfo=UTC)
_MEETINGS: dict[str, tuple[int, ...]] = {
    "U0IVO": (20, 48, 77, 105, 133, 160),
    "U0ADA": (8, 36, 70, 98, 126, 154, 182, 216, 245),
    "U0BEN": (13, 41, 118),
}
"""Who logs a meeting, on which days after the first introduction, or on the Monday after them."""
_LOOKS = range(7, 365, 14)
"""On which of these days people look at what they are asked."""
_WAYS: tuple[Says, ...] = (
    {"way": "in-person", "minutes": "60"},
    {"way": "walking", "minutes": "45"},
    {"way": "video", "minutes": "30"},
)


class _YearPlayer:
    """What the app does by itself as time goes by, and what people do meanwhile: the `deeds`, each at its moment."""

    def __init__(self, sandbox: Sandbox, app: BotApp, deeds: Iterable[Deed]) -> None:
        self._now = sandbox.calendar.now
        self._house = app
        self._deeds = sorted(deeds, key=lambda deed: deed[0])

    def next_due(self) -> datetime | None:
        own = self._deeds[0][0] if self._deeds else None
        return min(filter(None, (own, self._house.next_due())), default=None)

    def run_until_idle(self) -> None:
        self._house.run_until_idle()
        while self._deeds and self._deeds[0][0] <= self._now():
            self._deeds.pop(0)[1]()
            self._house.run_until_idle()

    def message_names(self, posts: Sequence[Post]) -> Sequence[MessageName | None]:
        return self._house.message_names(posts)


def live(sandbox: Sandbox, app: BotApp, to: datetime, deeds: Iterable[Deed]) -> None:
    """Move the calendar to `to` with everything on the way; deeds whose moment has passed are left out."""
    now = sandbox.calendar.now()
    before = sandbox.timeline
    sandbox.timeline = _YearPlayer(sandbox, app, [deed for deed in deeds if deed[0] > now])
    try:
        sandbox.run_until(to)
    finally:
        sandbox.timeline = before


def live_a_year(sandbox: Sandbox, app: BotApp, since: datetime) -> None:
    """The year after the introduction at `since`; goes on from where it was stopped."""
    everybody_accepts(sandbox, app)
    live(sandbox, app, since + YEAR + timedelta(hours=1), _deeds(sandbox, app, since))


def _deeds(sandbox: Sandbox, app: BotApp, since: datetime) -> Iterable[Deed]:
    for user, days in _MEETINGS.items():
        for count, day in enumerate(days):
            yield _afternoon(since, day), partial(log_meeting, sandbox, app, user, _WAYS[count % len(_WAYS)])
    for day in _LOOKS:
        yield _afternoon(since, day), partial(answer_what_is_asked, sandbox, app)


def _afternoon(since: datetime, days: int) -> datetime:
    """So many days on; on a weekend, the Monday after it."""
    day = since.date() + timedelta(days=days)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day, _AFTERNOON)
