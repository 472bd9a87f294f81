"""The score of a pair with its reasons: topics, wishes, how alike their hopes are, features, and the bonus for having
waited.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import Any
from unicodedata import normalize

from mentoring.applications.application import Application, ApplicationState, MeetingMode, Role
from mentoring.core.languages import languages_in
from mentoring.core.programmes import Weights
from mentoring.matching.hours import shared, working_minutes
from mentoring.matching.match import Reason, ReasonKind
from mentoring.matching.round import MatchingRound
from mentoring.partnerships.partnership import PartnershipState

Vector = Mapping[str, int]
"""By stem, its weight in thousandths; a vector has the length 1000.

Weights are whole numbers, so that a similarity does not depend on the order of summation.
"""
ALIKE, VERY_MUCH_ALIKE = 100_000, 300_000
"""Similarities, in millionths, that give the first point and the full points."""

_UNIT = 1000
_COMMON = 5
_STEM = 5
"""Letters of a stem, for English and similar languages."""
_WORD = re.compile(r"\w{3,}")
_MARKS = re.compile("[\u0300-\u036f]")


def text_vectors(texts: Mapping[str, str]) -> dict[str, Vector]:
    """The TF-IDF vector of each text, by the same keys.

    Ignores accents and case. Leaves out words that all texts use, or that more than two texts and more than a fifth of
    them use.
    """
    counts = {key: Counter(_stems(text)) for key, text in texts.items()}
    used = Counter(stem for count in counts.values() for stem in count)
    most = min(max(2, len(texts) // _COMMON), len(texts) - 1)
    rarity = {stem: log(1 + len(texts) / by) for stem, by in used.items() if by <= most}
    return {key: _text_vector(count, rarity) for key, count in counts.items()}


def text_similarity(one: Vector, other: Vector) -> int:
    """The cosine similarity of two vectors, in millionths: 0 if they share no stem."""
    return sum(weight * other[stem] for stem, weight in one.items() if stem in other)


def similarity_steps(most: int) -> list[int]:
    """The similarities from which a pair gets one point, two, and so on to `most`."""
    return [max(ALIKE, -(-VERY_MUCH_ALIKE * points // most)) for points in range(1, most + 1)]


def _stems(text: str) -> list[str]:
    folded = text.casefold()
    if not folded.isascii():
        folded = _MARKS.sub("", normalize("NFKD", folded))
    return [word[:_STEM] for word in _WORD.findall(folded)]


def _text_vector(count: Mapping[str, int], rarity: Mapping[str, float]) -> Vector:
    weights = {stem: (1 + log(times)) * rarity[stem] for stem, times in count.items() if stem in rarity}
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {stem: round(_UNIT * weight / length) for stem, weight in weights.items()} if length else {}


Scored = tuple[int, Reason] | None
"""Points with their reason, or None."""

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
    """Compares one fact of the mentee with one of the mentor, such as grade or working hours.

    `of` extracts the fact of an application; `score` compares the mentee's fact with the mentor's.
    """

    of: Callable[[FeatureContext, Application], Hashable]
    score: Callable[[FeatureContext, Any, Any], Scored]


def _grades(context: FeatureContext, mentee: int | None, mentor: int | None) -> Scored:
    """A mentor in a higher grade or, among peers, one in the same or the next grade, above or below."""
    if mentee is None or mentor is None:
        return None
    most = context.weights.grades
    if context.round.programme.is_peer:
        return _grades_of_peers(abs(mentor - mentee), most)
    if mentor <= mentee:
        return None
    return _scored(most if mentor - mentee == _BEST_GAP else most // 2, ReasonKind.GRADES_ABOVE, str(mentor - mentee))


def _grades_of_peers(apart: int, most: int) -> Scored:
    if apart == 0:
        return _scored(most, ReasonKind.SAME_GRADE)
    return _scored(most // 2, ReasonKind.CLOSE_GRADES) if apart == 1 else None


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


def _same_length(context: FeatureContext, mentee: str, mentor: str) -> Scored:
    return _scored(context.weights.months, ReasonKind.SAME_MONTHS, mentee) if mentee == mentor else None


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
    Feature(lambda context, application: context.round.rank_of(application), _grades),
    Feature(lambda context, application: context.round.department_of(application), _other_department),
    Feature(lambda _, application: application.ways, _same_ways),
    Feature(_languages, _same_language),
    Feature(lambda _, application: application.length.code, _same_length),
    Feature(lambda context, application: context.begins.get(application.person), _same_hours),
)


BEST = 100
_ENOUGH_TOPICS = 2
_MONTH = 30
_FULL_BONUS_FROM = 6
"""Months of waiting that give the full bonus."""


def score_pair(round_: MatchingRound, mentee: Application, mentor: Application) -> tuple[tuple[Reason, ...], int]:
    """The reasons and the score (0–100) of a pair. For many pairs of a round, use one `PairScorer`."""
    return PairScorer(round_).score_pair(mentee, mentor)


def for_topics(shared: int, chosen: int, most: int) -> int:
    """Points for `shared` of the `chosen` topics of a mentee: half of `most` for each, all for their only topic."""
    return min(most, most * shared // min(_ENOUGH_TOPICS, chosen)) if chosen else 0


def months_waited(round_: MatchingRound, application: Application) -> int:
    """Whole months from the application to the opening of this round; 0 if the person has had a partner since.

    A partnership that ended early takes nothing from the time before and after it: nobody loses by ending one.
    Applications of the same round all count 0.
    """
    opens_on = round_.cohort.opens_on
    days = (opens_on - application.sent_on).days
    for partnership in round_.partnerships_from(application):
        if partnership.state is not PartnershipState.ENDED or partnership.over_at is None:
            return 0
        days -= max(0, (min(partnership.over_at.date(), opens_on) - partnership.started_on).days)
    return max(0, days // _MONTH)


def points(months: int, most: int) -> int:
    """The bonus for waiting so many months, at most `most`."""
    return most * min(months, _FULL_BONUS_FROM) // _FULL_BONUS_FROM


@dataclass(frozen=True)
class PairScorer:
    """Scores pairs of one round, and caches what all of them need."""

    round: MatchingRound

    @property
    def weights(self) -> Weights:
        return self.round.programme.weights

    def score_pair(self, mentee: Application, mentor: Application) -> tuple[tuple[Reason, ...], int]:
        """The reasons and the score (0–100) of a pair, whether or not a hard rule forbids it."""
        found = [scored for scored in self._parts(mentee, mentor) if scored]
        reasons = tuple(reason for _, reason in found)
        return reasons, min(BEST, sum(points for points, _ in found))

    def _parts(self, mentee: Application, mentor: Application) -> Iterator[Scored]:
        weights = self.weights
        shared = tuple(topic for topic in mentee.topics if topic in mentor.topics)
        if points := for_topics(len(shared), len(mentee.topics), weights.topics):
            yield points, Reason(ReasonKind.SHARED_TOPICS, shared)
        if weights.wish and (self.wish(mentee) == mentor.person or self.wish(mentor) == mentee.person):
            yield weights.wish, Reason(ReasonKind.WISHED)
        alike = text_similarity(self.vectors.get(mentee.id, {}), self.vectors.get(mentor.id, {}))
        if points := bisect_right(self.steps, alike):
            yield points, Reason(ReasonKind.HOPES)
        for feature in FEATURES:
            yield feature.score(
                self.feature_context, feature.of(self.feature_context, mentee), feature.of(self.feature_context, mentor)
            )
        if self.is_mutual(mentee, mentor):
            yield 0, Reason(ReasonKind.MUTUAL)
        if self.priority(mentee) or self.priority(mentor):
            yield 0, Reason(ReasonKind.WAITED)

    def wish(self, application: Application) -> str:
        """The Slack user id of the person whom the applicant wishes for, or ""."""
        private_answers = self.round.private_answers.get(application.id)
        return private_answers.wish if private_answers else ""

    def is_mutual(self, mentee: Application, mentor: Application) -> bool:
        """Whether both also applied in the other role and share a topic there (D0.8)."""
        asks, offers = self._mutual_topics.get(mentor.person), self._mutual_topics.get(mentee.person)
        return bool(asks and offers and asks[0] & offers[1])

    def priority(self, application: Application) -> int:
        """The bonus of an applicant who has waited since before this round."""
        return points(months_waited(self.round, application), self.weights.waiting)

    @cached_property
    def _mutual_topics(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """The topics that each person asks for and offers, of people who do both."""
        found: dict[str, dict[Role, frozenset[str]]] = {}
        for application in self.round.applications.values():
            if application.state is ApplicationState.OPEN:
                found.setdefault(application.person, {})[application.role] = frozenset(application.topics)
        return {
            person: (topics[Role.MENTEE], topics[Role.MENTOR])
            for person, topics in found.items()
            if len(topics) == len(Role)
        }

    @cached_property
    def vectors(self) -> dict[str, Vector]:
        """The text vectors of the hopes, by application id; empty if their weight is 0."""
        private_answers = self.round.private_answers if self.weights.hopes else {}
        return text_vectors({id_: answers.hopes for id_, answers in private_answers.items()})

    @cached_property
    def steps(self) -> list[int]:
        """The similarities from which the hopes give one point, two, and so on."""
        return similarity_steps(self.weights.hopes)

    @cached_property
    def feature_context(self) -> FeatureContext:
        begins = self.round.work_begins
        return FeatureContext(self.round, begins if len(set(begins.values())) > 1 else {})
