"""The parts of a score that look at one fact of each of the two: of few kinds, so that each two kinds are weighed once.

A part gives points and the reason for them, or None.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from mentoring.application import Application, Way
from mentoring.match import Reason, ReasonKind
from mentoring.matching import hours
from mentoring.round import Round
from mentoring.weights import Weights

Weighed = tuple[int, Reason] | None

_GOOD_GAP = 2
"""Grades between the two (D2.13)."""


@dataclass(frozen=True)
class Measure:
    """What the parts of a round are measured by.

    `begins` is the minute at which each person's working day begins, in UTC, by Slack user id; empty where all of them
    work at the same hours.
    """

    round: Round
    begins: dict[str, int]

    @property
    def weights(self) -> Weights:
        return self.round.programme.weights


@dataclass(frozen=True)
class Trait:
    """`of` is the fact of an application; `weigh` takes the mentee's and the mentor's."""

    of: Callable[[Measure, Application], Hashable]
    weigh: Callable[[Measure, Any, Any], Weighed]


def _grades_above(measure: Measure, mentee: int | None, mentor: int | None) -> Weighed:
    if mentee is None or mentor is None or mentor <= mentee:
        return None
    most = measure.weights.grades
    return _weighed(most if mentor - mentee == _GOOD_GAP else most // 2, ReasonKind.GRADES_ABOVE, str(mentor - mentee))


def _other_department(measure: Measure, mentee: str, mentor: str) -> Weighed:
    differ = mentee and mentor and mentee != mentor
    return _weighed(measure.weights.department, ReasonKind.OTHER_DEPARTMENT) if differ else None


def _same_ways(measure: Measure, mentee: tuple[Way, ...], mentor: tuple[Way, ...]) -> Weighed:
    ways = [str(way) for way in mentee if way in mentor]
    return _weighed(measure.weights.ways, ReasonKind.SAME_WAYS, *ways) if ways else None


def _languages(_: Measure, application: Application) -> frozenset[str]:
    words = application.languages.casefold().replace(";", ",").split(",")
    return frozenset(word.strip() for word in words if word.strip())


def _same_language(measure: Measure, mentee: frozenset[str], mentor: frozenset[str]) -> Weighed:
    return _weighed(measure.weights.language, ReasonKind.SAME_LANGUAGE) if mentee & mentor else None


def _same_months(measure: Measure, mentee: int, mentor: int) -> Weighed:
    return _weighed(measure.weights.months, ReasonKind.SAME_MONTHS, str(mentee)) if mentee == mentor else None


def _same_hours(measure: Measure, mentee: int | None, mentor: int | None) -> Weighed:
    """In full from half a working day in common."""
    if mentee is None or mentor is None:
        return None
    programme = measure.round.programme
    in_common = hours.shared(mentee, mentor, programme)
    plenty = max(1, hours.working_minutes(programme) // 120)
    return _weighed(measure.weights.hours * min(in_common, plenty) // plenty, ReasonKind.SAME_HOURS, str(in_common))


def _weighed(points: int, kind: ReasonKind, *facts: str) -> Weighed:
    return (points, Reason(kind, facts)) if points else None


TRAITS = (
    Trait(lambda measure, application: measure.round.rank_of(application), _grades_above),
    Trait(lambda measure, application: measure.round.department_of(application), _other_department),
    Trait(lambda _, application: application.ways, _same_ways),
    Trait(_languages, _same_language),
    Trait(lambda _, application: application.months, _same_months),
    Trait(lambda measure, application: measure.begins.get(application.person), _same_hours),
)
