"""Features of a score that compare one fact of each of two people, and their shared working hours."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from mentoring.applications.application import Application, MeetingMode
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme, Weights
from mentoring.matching.match import Reason, ReasonKind
from mentoring.matching.round import MatchingRound

_DAY = 24 * 60


def begins(person: Person, programme: Programme, cohort: Cohort) -> int:
    """The minute of the day, in UTC, at which this person's working day begins when the cohort starts."""
    offset = person.local(datetime.combine(cohort.starts_on, time(12), UTC)).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    return (_minute(programme.workday[0]) - minutes) % _DAY


def shared(one: int, other: int, programme: Programme) -> int:
    """Whole hours in common of two working days that begin at these minutes."""
    lasts = working_minutes(programme)
    apart = (one - other) % _DAY
    return (max(0, lasts - apart) + max(0, lasts - (_DAY - apart))) // 60


def working_minutes(programme: Programme) -> int:
    first, last = programme.workday
    return (_minute(last) - _minute(first)) % _DAY


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


Weighed = tuple[int, Reason] | None

_GOOD_GAP = 2
"""Grades between the two (D2.13)."""


@dataclass(frozen=True)
class FeatureContext:
    """What the parts of a round are measured by.

    `begins` is the minute at which each person's working day begins, in UTC, by Slack user id; empty where all of them
    work at the same hours.
    """

    round: MatchingRound
    begins: dict[str, int]

    @property
    def weights(self) -> Weights:
        return self.round.programme.weights


@dataclass(frozen=True)
class Feature:
    """`of` is the fact of an application; `weigh` takes the mentee's and the mentor's."""

    of: Callable[[FeatureContext, Application], Hashable]
    weigh: Callable[[FeatureContext, Any, Any], Weighed]


def _grades_above(measure: FeatureContext, mentee: int | None, mentor: int | None) -> Weighed:
    if mentee is None or mentor is None or mentor <= mentee:
        return None
    most = measure.weights.grades
    return _weighed(most if mentor - mentee == _GOOD_GAP else most // 2, ReasonKind.GRADES_ABOVE, str(mentor - mentee))


def _other_department(measure: FeatureContext, mentee: str, mentor: str) -> Weighed:
    differ = mentee and mentor and mentee != mentor
    return _weighed(measure.weights.department, ReasonKind.OTHER_DEPARTMENT) if differ else None


def _same_ways(measure: FeatureContext, mentee: tuple[MeetingMode, ...], mentor: tuple[MeetingMode, ...]) -> Weighed:
    ways = [str(way) for way in mentee if way in mentor]
    return _weighed(measure.weights.ways, ReasonKind.SAME_WAYS, *ways) if ways else None


def _languages(_: FeatureContext, application: Application) -> frozenset[str]:
    words = application.languages.casefold().replace(";", ",").split(",")
    return frozenset(word.strip() for word in words if word.strip())


def _same_language(measure: FeatureContext, mentee: frozenset[str], mentor: frozenset[str]) -> Weighed:
    return _weighed(measure.weights.language, ReasonKind.SAME_LANGUAGE) if mentee & mentor else None


def _same_months(measure: FeatureContext, mentee: int, mentor: int) -> Weighed:
    return _weighed(measure.weights.months, ReasonKind.SAME_MONTHS, str(mentee)) if mentee == mentor else None


def _same_hours(measure: FeatureContext, mentee: int | None, mentor: int | None) -> Weighed:
    """In full from half a working day in common."""
    if mentee is None or mentor is None:
        return None
    programme = measure.round.programme
    in_common = shared(mentee, mentor, programme)
    plenty = max(1, working_minutes(programme) // 120)
    return _weighed(measure.weights.hours * min(in_common, plenty) // plenty, ReasonKind.SAME_HOURS, str(in_common))


def _weighed(points: int, kind: ReasonKind, *facts: str) -> Weighed:
    return (points, Reason(kind, facts)) if points else None


TRAITS = (
    Feature(lambda measure, application: measure.round.rank_of(application), _grades_above),
    Feature(lambda measure, application: measure.round.department_of(application), _other_department),
    Feature(lambda _, application: application.ways, _same_ways),
    Feature(_languages, _same_language),
    Feature(lambda _, application: application.months, _same_months),
    Feature(lambda measure, application: measure.begins.get(application.person), _same_hours),
)
