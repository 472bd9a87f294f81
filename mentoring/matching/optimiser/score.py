"""The score of a pair with its reasons, and the bonus for having waited."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.programmes import Weights
from mentoring.matching.match import Reason, ReasonKind
from mentoring.matching.optimiser import text_similarity
from mentoring.matching.optimiser.features import FEATURES, FeatureContext, Scored
from mentoring.matching.round import MatchingRound

_MONTH = 30
_FULL_BONUS_FROM = 6
"""Months of waiting that give the full bonus."""


def months_waited(round_: MatchingRound, application: Application) -> int:
    """Whole months from the application to the opening of this round; 0 if the person has had a partner since.

    Applications of the same round all count 0.
    """
    if round_.has_had_partner(application):
        return 0
    return max(0, (round_.cohort.opens_on - application.sent_on).days // _MONTH)


def points(months: int, most: int) -> int:
    """The bonus for waiting so many months, at most `most`."""
    return most * min(months, _FULL_BONUS_FROM) // _FULL_BONUS_FROM


BEST = 100
_ENOUGH_TOPICS = 2


def score_pair(round_: MatchingRound, mentee: Application, mentor: Application) -> tuple[tuple[Reason, ...], int]:
    """The reasons and the score (0–100) of a pair. For many pairs of a round, use one `PairScorer`."""
    return PairScorer(round_).score_pair(mentee, mentor)


def for_topics(shared: int, chosen: int, most: int) -> int:
    """Points for `shared` of the `chosen` topics of a mentee: half of `most` for each, all for their only topic."""
    return min(most, most * shared // min(_ENOUGH_TOPICS, chosen)) if chosen else 0


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
        alike = text_similarity.similarity(self.vectors.get(mentee.id, {}), self.vectors.get(mentor.id, {}))
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
    def vectors(self) -> dict[str, text_similarity.Vector]:
        """The text vectors of the hopes, by application id; empty if their weight is 0."""
        private_answers = self.round.private_answers if self.weights.hopes else {}
        return text_similarity.vectors({id_: answers.hopes for id_, answers in private_answers.items()})

    @cached_property
    def steps(self) -> list[int]:
        """The similarities from which the hopes give one point, two, and so on."""
        return text_similarity.steps(self.weights.hopes)

    @cached_property
    def feature_context(self) -> FeatureContext:
        begins = self.round.work_begins
        return FeatureContext(self.round, begins if len(set(begins.values())) > 1 else {})
