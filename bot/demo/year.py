"""A year in the demo: people log meetings and answer surveys while the calendar moves."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial

from bot.app import BotApp
from bot.demo.acts import accept_all, agree, each, log_meeting, report, tell_programme
from bot.demo.meetings import ask_for_help, meet_regularly, pause, say_they_met
from bot.demo.plans import say_progress, write_plan
from bot.demo.surveys import answer_before, answer_surveys
from bot.demo.texts import BEFORE, PROGRESS, REACHED, REMARK, FormTexts
from sandbox import MessageName, Post, Sandbox

TimedAct = tuple[datetime, Callable[[], None]]
"""When a person acts, and what they do."""

YEAR = timedelta(days=365)
_AFTERNOON = time(16, tzinfo=UTC)
_MEETINGS: dict[str, tuple[int, ...]] = {
    "U0IVO": (20, 48, 77, 105, 133, 160),
    "U0ADA": (8,),
    "U0BEN": (13, 41, 118),
}
"""The people who log meetings, and the days after Ivo's introduction; a weekend moves to Monday. Ada's later meetings
are those of the regular time.
"""
_PLAN_DAY = 10
_REMARK_DAY = 62
_PROGRESS: dict[int, FormTexts] = {50: PROGRESS, 75: REACHED}
"""The days after Ivo's introduction on which Ada writes a plan, Ivo tells the programme something, and Ada says how the
goal is.
"""
_BEFORE_DAY = 1
"""The day after Ivo's introduction on which people answer the survey before their first meeting."""
_REGULAR_DAY = 12
_HELP_DAY = 45
_PAUSE_DAY, _PAUSED_FOR = 50, timedelta(days=42)
"""The days after Ivo's introduction on which Ada offers a regular time, and Ben asks for help and pauses."""
_AGREEMENTS = {"U0IVO": 21, "U0ADA": 9}
"""The people who write an agreement, after their first meeting, and the days after Ivo's introduction."""
_REPORTS = {"U0IVO": 110}
"""The people who write a progress report, and the days after Ivo's introduction."""
_SURVEY_DAYS = range(7, 365, 14)
"""The days after Ivo's introduction on which people answer open surveys."""
_WAYS: tuple[FormTexts, ...] = (
    {"way": "in-person", "minutes": "60"},
    {"way": "walking", "minutes": "45"},
    {"way": "video", "minutes": "30"},
)


class _YearPlayer:
    """The app's scheduled work, and the `acts` of people, each at its time."""

    def __init__(self, sandbox: Sandbox, app: BotApp, acts: Iterable[TimedAct]) -> None:
        self._now = sandbox.calendar.now
        self._app = app
        self._acts = sorted(acts, key=lambda act: act[0])

    def next_due(self) -> datetime | None:
        own = self._acts[0][0] if self._acts else None
        return min(filter(None, (own, self._app.next_due())), default=None)

    def run_until_idle(self) -> None:
        self._app.run_until_idle()
        while self._acts and self._acts[0][0] <= self._now():
            each([self._acts.pop(0)[1]])
            self._app.run_until_idle()

    def message_names(self, posts: Sequence[Post]) -> Sequence[MessageName | None]:
        return self._app.message_names(posts)


def play_until(sandbox: Sandbox, app: BotApp, to: datetime, acts: Iterable[TimedAct]) -> None:
    """Move the calendar to `to` and perform the acts on the way; past acts are left out."""
    now = sandbox.calendar.now()
    before = sandbox.timeline
    sandbox.timeline = _YearPlayer(sandbox, app, [act for act in acts if act[0] > now])
    try:
        sandbox.run_until(to)
    finally:
        sandbox.timeline = before


def play_year(sandbox: Sandbox, app: BotApp, since: datetime) -> None:
    """Play the year after the introduction at `since`; continues where it was stopped."""
    accept_all(sandbox, app)
    play_until(sandbox, app, since + YEAR + timedelta(hours=1), _acts(sandbox, app, since))


def _acts(sandbox: Sandbox, app: BotApp, since: datetime) -> Iterable[TimedAct]:
    for user, texts in BEFORE.items():
        yield afternoon(since, _BEFORE_DAY), partial(answer_before, sandbox, app, user, texts)
    for user, days in _MEETINGS.items():
        for count, day in enumerate(days):
            yield afternoon(since, day), partial(log_meeting, sandbox, app, user, _WAYS[count % len(_WAYS)])
    yield afternoon(since, _PLAN_DAY), partial(write_plan, sandbox, app, "U0ADA")
    for day, texts in _PROGRESS.items():
        yield afternoon(since, day), partial(say_progress, sandbox, app, "U0ADA", texts)
    for user, day in _AGREEMENTS.items():
        yield afternoon(since, day), partial(agree, sandbox, app, user)
    for user, day in _REPORTS.items():
        yield afternoon(since, day), partial(report, sandbox, app, user)
    yield afternoon(since, _REMARK_DAY), partial(tell_programme, sandbox, app, "U0IVO", REMARK)
    yield afternoon(since, _REGULAR_DAY), partial(meet_regularly, sandbox, app, "U0ADA")
    yield afternoon(since, _HELP_DAY), partial(ask_for_help, sandbox, app, "U0BEN")
    back = (afternoon(since, _PAUSE_DAY) + _PAUSED_FOR).date().isoformat()
    yield afternoon(since, _PAUSE_DAY), partial(pause, sandbox, app, "U0BEN", {"back_on": back})
    for day in _SURVEY_DAYS:
        yield afternoon(since, day), partial(say_they_met, sandbox, app, "U0ADA")
        yield afternoon(since, day), partial(answer_surveys, sandbox, app)


def afternoon(since: datetime, days: int) -> datetime:
    """Four in the afternoon, `days` after `since`; a weekend moves to Monday."""
    day = since.date() + timedelta(days=days)
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day, _AFTERNOON)
