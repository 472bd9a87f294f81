"""Features of a score: each compares one fact of the mentee with one of the mentor, such as grade or working hours."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from mentoring.applications.application import Application, MeetingMode
from mentoring.core.languages import languages_in
from mentoring.core.programmes import Weights
from mentoring.matching.hours import shared, working_minutes
from mentoring.matching.match import Reason, ReasonKind
from mentoring.matching.round import MatchingRound

Scored = tuple[int, Reason] | None

_BEST_GAP = 2
"""The difference in grades that scores best (D2.13)."""


@dataclass(frozen=True)
class FeatureContext:
    """The data of a round that features need.

    `begins` is the minute of the day (UTC) at which each person's working day begins, by Slack user id; empty if all
    begin at the same time.
    """

    round: MatchingRound
    begins: dict[str, int]

    @property
    def weights(self) -> Weights:
        return self.round.programme.weights


@dataclass(frozen=True)
class Feature:
    """`of` extracts the fact of an application; `score` compares the mentee's fact with the mentor's."""

    of: Callable[[FeatureContext, Application], Hashable]
    score: Callable[[FeatureContext, Any, Any], Scored]


def _grades_above(context: FeatureContext, mentee: int | None, mentor: int | None) -> Scored:
    if mentee is None or mentor is None or mentor <= mentee:
        return None
    most = context.weights.grades
    return _scored(most if mentor - mentee == _BEST_GAP else most // 2, ReasonKind.GRADES_ABOVE, str(mentor - mentee))


def _other_department(context: FeatureContext, mentee: str, mentor: str) -> Scored:
    differ = mentee and mentor and mentee != mentor
    return _scored(context.weights.department, ReasonKind.OTHER_DEPARTMENT) if differ else None


def _same_ways(context: FeatureContext, mentee: tuple[MeetingMode, ...], mentor: tuple[MeetingMode, ...]) -> Scored:
    ways = [str(way) for way in mentee if way in mentor]
    return _scored(context.weights.ways, ReasonKind.SAME_WAYS, *ways) if ways else None


def _languages(_: FeatureContext, application: Application) -> frozenset[str]:
    return languages_in(application.languages)


def _same_language(context: FeatureContext, mentee: frozenset[str], mentor: frozenset[str]) -> Scored:
    return _scored(context.weights.language, ReasonKind.SAME_LANGUAGE) if mentee & mentor else None


def _same_months(context: FeatureContext, mentee: int, mentor: int) -> Scored:
    return _scored(context.weights.months, ReasonKind.SAME_MONTHS, str(mentee)) if mentee == mentor else None


def _same_hours(context: FeatureContext, mentee: int | None, mentor: int | None) -> Scored:
    """Full points from half a working day in common. A warning without points if there is not one hour."""
    if mentee is None or mentor is None:
        return None
    programme = context.round.programme
    in_common = shared(mentee, mentor, programme)
    if not in_common:
        return 0, Reason(ReasonKind.NO_SHARED_HOURS)
    plenty = max(1, working_minutes(programme) // 120)
    return _scored(context.weights.hours * min(in_common, plenty) // plenty, ReasonKind.SAME_HOURS, str(in_common))


def _scored(points: int, kind: ReasonKind, *facts: str) -> Scored:
    return (points, Reason(kind, facts)) if points else None


FEATURES = (
    Feature(lambda context, application: context.round.rank_of(application), _grades_above),
    Feature(lambda context, application: context.round.department_of(application), _other_department),
    Feature(lambda _, application: application.ways, _same_ways),
    Feature(_languages, _same_language),
    Feature(lambda _, application: application.months, _same_months),
    Feature(lambda context, application: context.begins.get(application.person), _same_hours),
)
