"""Partnerships in which two people don't seem to meet: they are asked first, then the owner is told (D0.15, D2.7).

The reminders to meet are that asking. An alarm is nothing that is stored: it is read from the meetings and the
reminders, so that it ends by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from mentoring.core.outcome import Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Rhythm
from mentoring.oversight.asking import OversightRequest, check_may_act
from mentoring.oversight.responsible import owners_for
from mentoring.partnerships.errors import AlreadyEnded
from mentoring.partnerships.judgement import AFTER_PLANNED, NUDGE_DISTANCE
from mentoring.partnerships.partnership import Partnership, days_without_meeting, pause_of
from mentoring.partnerships.timing import quiet_after, timing_of

TIME_TO_LOG: Final = NUDGE_DISTANCE
"""So long the two have after a reminder before an owner is told."""
SNOOZE_FOR: Final = timedelta(weeks=2)
"""For so long an owner is not told of a partnership, once they have snoozed it, or once an owner has asked the two."""
_LONG_QUIET = 45


class AlarmKind(StrEnum):
    """The more urgent first."""

    LONG_QUIET = "long-quiet"
    FIRST_MEETING = "first-meeting"
    QUIET = "quiet"


@dataclass(frozen=True)
class Alarm:
    """No meeting is logged for `days`, although the two were reminded, first on `reminded_on`."""

    partnership: Partnership
    kind: AlarmKind
    days: int
    reminded_on: date


@dataclass(frozen=True)
class AlarmSnoozed:
    """The `owner` (a Slack user id) is not told of the partnership before that day."""

    partnership_id: str
    owner: str
    until: date


@dataclass(frozen=True)
class WatchedPartnerships:
    """What alarms are read from, for one owner on `today`, at `now` (calendar, aware). All but `people` is by the
    partnership's id: the last meeting, when one of the two was reminded, until when a meeting is planned (as in
    `PartnershipJobContext`), what owners have asked, and until when this owner has snoozed it.
    """

    partnerships: Sequence[Partnership]
    people: Mapping[str, Person]
    rhythm: Rhythm
    today: date
    now: datetime
    last_met: Mapping[str, date] = field(default_factory=dict)
    reminded_at: Mapping[str, Sequence[datetime]] = field(default_factory=dict)
    planned_until: Mapping[str, datetime] = field(default_factory=dict)
    requests: Sequence[OversightRequest] = ()
    snoozed_until: Mapping[str, date] = field(default_factory=dict)


def overdue(
    partnership: Partnership, last_met: date | None, rhythm: Rhythm, today: date
) -> tuple[AlarmKind, int] | None:
    """Whether nothing is logged for too long, whatever was asked: the kind of the alarm, and for how many days.

    The first meeting after ten days, any meeting after 21 and 45; earlier in a partnership of less than three months.
    """
    length = partnership.length
    days = days_without_meeting(partnership, last_met, today)
    if not partnership.is_active or today >= partnership.ends_on:
        return None
    if days >= min(_LONG_QUIET, length.days // 2):
        return AlarmKind.LONG_QUIET, days
    if last_met is None and days >= timing_of(length, rhythm).first_meeting_on:
        return AlarmKind.FIRST_MEETING, days
    return (AlarmKind.QUIET, days) if days >= quiet_after(length) else None


def alarms_for(watched: WatchedPartnerships, owner: str, owners: Sequence[str]) -> tuple[Alarm, ...]:
    """What `owner` (a Slack user id) is told of, most urgent first: nothing during a pause, while a meeting is planned,
    before the two were reminded and had a week to log a meeting, while it is snoozed, and for two weeks after an owner
    has asked the two.
    """
    found = [
        alarm for each in watched.partnerships if owner in owners_for(each, owners) for alarm in _of(each, watched)
    ]
    kinds = list(AlarmKind)
    return tuple(sorted(found, key=lambda alarm: (kinds.index(alarm.kind), -alarm.days, alarm.partnership.id)))


def _of(partnership: Partnership, watched: WatchedPartnerships) -> Iterator[Alarm]:
    id, today, last_met = partnership.id, watched.today, watched.last_met.get(partnership.id)
    found = overdue(partnership, last_met, watched.rhythm, today)
    if found is None or pause_of(partnership, watched.people):
        return
    kind, days = found
    since = today - timedelta(days=days)
    # What came sooner after a meeting asked about the time before it.
    asks_from = max(since + timedelta(days=1), last_met + NUDGE_DISTANCE if last_met else date.min)
    reminded_on = min((at.date() for at in watched.reminded_at.get(id, ()) if at.date() >= asks_from), default=None)
    if reminded_on is None or reminded_on + TIME_TO_LOG > today:
        return
    planned = watched.planned_until.get(id)
    if planned and watched.now < planned + AFTER_PLANNED:
        return
    asked = max((each.at for each in watched.requests if each.partnership_id == id), default=None)
    if (asked and watched.now < asked + SNOOZE_FOR) or watched.snoozed_until.get(id, date.min) > today:
        return
    yield Alarm(partnership, kind, days, reminded_on)


def snooze(partnership: Partnership, *, by: str, owners: Sequence[str], today: date) -> Outcome:
    """Tell the owner `by` (a Slack user id) nothing of the partnership for two weeks from `today`, theirs.

    Raises NotForYou, OneOfTheTwo, AlreadyEnded.
    """
    check_may_act(partnership, by, owners)
    if not partnership.is_active:
        raise AlreadyEnded
    return Outcome((AlarmSnoozed(partnership.id, by, today + SNOOZE_FOR),))
