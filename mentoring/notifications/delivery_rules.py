"""Whether now is the moment for a message: in the reader's working hours, unless somebody has just caused it; not to
who has left; not about what is paused, and not when it has become pointless.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from mentoring.core.outcome import FRESH, Kind, Notice
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import is_decent, next_decent, next_morning
from mentoring.notifications.context import Scene
from mentoring.partnerships.partnership import pause_of

_A_DAY = timedelta(days=1)
GIVEN_UP = timedelta(days=30)
"""Whoever has been gone for so long hears no more of what was owed to them."""
OF_RUNNING = frozenset(
    {
        Kind.FIRST_MEETING_NUDGE,
        Kind.SECOND_MEETING_NUDGE,
        Kind.MONTHLY_NUDGE,
        Kind.CHECK_IN,
        Kind.SURVEY,
        Kind.SURVEY_REMINDER,
        Kind.INTRODUCED,
    }
)
"""What is only said while both are there."""
_MEETING_TRIES = 10


@dataclass(frozen=True)
class Go:
    """Now."""


@dataclass(frozen=True)
class Wait:
    """At `until` (aware) at the earliest; `why` is a code."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Drop:
    """Never; `why` is a code."""

    why: str


Verdict = Go | Wait | Drop


def sending(
    notice: Notice, scene: Scene, now: datetime, *, late: timedelta = timedelta(0), silent: bool = False
) -> Verdict:
    """What to do with `notice` at `now` (calendar, aware); `late` is for how long it is owed. A `silent` one changes a
    message that is there, of which nobody is notified, and goes at any hour.
    """
    reader, programme = scene.reader, scene.programme
    if reader.is_away:
        if reader.left_at and now - reader.left_at > GIVEN_UP:
            return Drop("left")
        return Wait(next_morning(reader, programme, now), "away")
    if notice.kind in OF_RUNNING and scene.partnership and pause_of(scene.partnership, scene.people):
        return Wait(next_morning(reader, programme, now), "paused")
    if notice.kind is Kind.WEEKLY_STATUS and _is_yesterdays(notice, scene.today):
        return Drop("past")
    if silent or (notice.due is None and late <= FRESH):
        return Go()
    other = scene.people.get(notice.also)
    moment = next_decent_for_both(reader, other, programme, now) if other else next_decent(reader, programme, now)
    return Go() if moment <= now else Wait(moment, "not-decent")


def sending_anew(notice: Notice, scene: Scene, now: datetime, *, at: datetime) -> Verdict:
    """Whether a message that stays is posted again at `now`, being needed anew from `at` on (both calendar, aware)."""
    if is_of_the_past(notice, scene):
        return Drop("round-over")
    if at > now:
        return Wait(at, "not-yet")
    return sending(replace(notice, due=at), scene, now)


def is_of_the_past(notice: Notice, scene: Scene) -> bool:
    """Whether the round that `notice` is about has been closed."""
    return notice.about.get("cohort") != scene.cohort.id or scene.cohort.closed_on is not None


def next_decent_for_both(one: Person, other: Person, programme: Programme, now: datetime) -> datetime:
    """The next moment that is decent for both; where their days hardly meet, the first one's. Aware."""
    moment = now
    for _ in range(_MEETING_TRIES):
        moment = next_decent(one, programme, moment)
        if is_decent(other, programme, moment):
            return moment
        moment = next_decent(other, programme, moment)
        if is_decent(one, programme, moment):
            return moment
    return next_decent(one, programme, now)


def _is_yesterdays(notice: Notice, today: date) -> bool:
    """The round as it stood on another day's morning: the next one says it better."""
    day = notice.about.get("day", "")
    return bool(day) and date.fromisoformat(day) + _A_DAY < today
