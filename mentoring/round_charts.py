"""What the charts of a round show owners: how far people came, and meetings against those asked for (D0.15).

Numbers only, which the status and the lists of owners show too.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from typing import Final

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.lengths import add_months
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Rhythm
from mentoring.matching.match import Match
from mentoring.meetings.log import Meeting
from mentoring.partnerships.partnership import Partnership, PartnershipState, pause_of

MOST_MONTHS: Final = 12
"""The months that are shown, the newest ones."""
_MONTH: Final = 28
"""Days of a month of the rhythm that a programme asks for."""


class RoundStep(StrEnum):
    """How far a person came in a round. Each includes those who came further."""

    APPLIED = "applied"
    OFFERED = "offered"
    INTRODUCED = "introduced"
    MET = "met"
    COMPLETED = "completed"


class PartnershipStage(StrEnum):
    """Where a partnership stands. COMPLETED: at its agreed end after at least one meeting; NEVER_MET: without one."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    NEVER_MET = "never-met"
    ENDED = "ended"


@dataclass(frozen=True)
class MonthOfMeetings:
    """A calendar month, by its first day: how many meetings were logged, and how many the programme asks for."""

    month: date
    logged: int
    asked: int


@dataclass(frozen=True)
class RoundCharts:
    """`people` counts each person once; `stages` leaves out those of no partnership. `months` are in order."""

    people: Mapping[RoundStep, int]
    stages: Mapping[PartnershipStage, int]
    months: tuple[MonthOfMeetings, ...]


def round_charts(
    cohort: Cohort,
    applications: Sequence[Application],
    matches: Sequence[Match],
    partnerships: Sequence[Partnership],
    meetings: Sequence[Meeting],
    today: date,
    people: Mapping[str, Person],
    *,
    rhythm: Rhythm,
) -> RoundCharts:
    """The charts of `cohort`. Partnerships of other rounds, and their meetings, are left out.

    `people`, by Slack user id, must include everybody who is absent or on leave.
    """
    own = [each for each in partnerships if each.cohort_id == cohort.id]
    logged: dict[str, list[date]] = {each.id: [] for each in own}
    for meeting in meetings:
        if meeting.partnership_id in logged:
            logged[meeting.partnership_id].append(meeting.met_on)
    days = {each.id: each.met_on(logged[each.id]) for each in own}
    stages = [_stage(each, days[each.id], people) for each in own]
    return RoundCharts(
        _people(cohort, applications, matches, own, days),
        {stage: stages.count(stage) for stage in PartnershipStage if stage in stages},
        months_of_meetings(own, chain.from_iterable(logged.values()), today, people, rhythm),
    )


def _people(
    cohort: Cohort,
    applications: Sequence[Application],
    matches: Sequence[Match],
    partnerships: Sequence[Partnership],
    days: Mapping[str, Collection[date]],
) -> Mapping[RoundStep, int]:
    completed = [p for p in partnerships if p.state is PartnershipState.CLOSED and days[p.id]]
    found = {
        RoundStep.COMPLETED: _both(completed),
        RoundStep.MET: _both(p for p in partnerships if days[p.id]),
        RoundStep.INTRODUCED: _both(partnerships),
        RoundStep.OFFERED: {person for m in matches if m.offered_at for person in (m.mentee, m.mentor)},
        RoundStep.APPLIED: {
            a.person for a in applications if a.state is ApplicationState.OPEN and not a.waits_for_next(cohort)
        },
    }
    came: set[str] = set()
    counts = {}
    for step, persons in found.items():  # from the last step: who came further came here too
        came |= persons
        counts[step] = len(came)
    return {step: counts[step] for step in RoundStep}


def _both(partnerships: Iterable[Partnership]) -> set[str]:
    return {person for p in partnerships for person in p.people}


def _stage(partnership: Partnership, met_on: Collection[date], people: Mapping[str, Person]) -> PartnershipStage:
    match partnership.state:
        case PartnershipState.ENDED:
            return PartnershipStage.ENDED
        case PartnershipState.CLOSED:
            return PartnershipStage.COMPLETED if met_on else PartnershipStage.NEVER_MET
    return PartnershipStage.PAUSED if pause_of(partnership, people) else PartnershipStage.ACTIVE


def months_of_meetings(
    partnerships: Sequence[Partnership],
    logged: Iterable[date],
    today: date,
    people: Mapping[str, Person],
    rhythm: Rhythm,
) -> tuple[MonthOfMeetings, ...]:
    """The months from the first introduction to the one of `today`: meetings are `logged` until then.

    Meetings before a partnership was brought in do not count. `people` is as for `round_charts`.
    """
    if not partnerships:
        return ()
    held = Counter(day.replace(day=1) for day in logged)
    asked = Counter[date]()
    for partnership in partnerships:
        for month, meetings in _asked(partnership, today, people, rhythm):
            asked[month] += meetings
    months = []
    month = min(p.entered_on or p.started_on for p in partnerships).replace(day=1)
    while month <= today:
        months.append(MonthOfMeetings(month, held[month], round(asked[month] / _MONTH)))
        month = add_months(month, 1)
    return tuple(months[-MOST_MONTHS:])


def _asked(
    partnership: Partnership, today: date, people: Mapping[str, Person], rhythm: Rhythm
) -> Iterator[tuple[date, int]]:
    """For each day until today on which the partnership runs, its calendar month and the meetings asked for in the
    month of the partnership in which it lies.

    Days of a pause ask for none: those of one that lasts are the last ones, and earlier ones come before the first.
    """
    pause = pause_of(partnership, people)
    stops = [today + timedelta(days=1), partnership.ends_on]
    stops += [partnership.over_at.date()] if partnership.over_at else []
    stops += [pause.since.date()] if pause and pause.since else []
    start = partnership.started_on + partnership.paused
    first = max(0, (partnership.entered_on - start).days) if partnership.entered_on else 0
    for number in range(first, (min(stops) - start).days):
        day = start + timedelta(days=number)
        yield day.replace(day=1), rhythm.first_month if number < _MONTH else rhythm.monthly
