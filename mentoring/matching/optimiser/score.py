"""The score of two people with its reasons, and how long they have waited."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Weights
from mentoring.matching.match import Reason, ReasonKind
from mentoring.matching.optimiser import text_similarity, traits
from mentoring.matching.optimiser.traits import TRAITS, FeatureContext, Weighed
from mentoring.matching.round import MatchingRound

_MONTH = 30
_LONG = 6
"""Months from which waiting counts in full."""


def months_waited(round_: MatchingRound, application: Application) -> int:
    """Whole months between their application and the opening of this round; 0 for whoever has had somebody since.

    Within a round it makes no difference who applied first.
    """
    if round_.has_had_somebody(application):
        return 0
    return max(0, (round_.cohort.opens_on - application.sent_on).days // _MONTH)


def points(months: int, most: int) -> int:
    """What waiting so long counts, of `most`."""
    return most * min(months, _LONG) // _LONG


BEST = 100
_ENOUGH_TOPICS = 2


def score_pair(round_: MatchingRound, mentee: Application, mentor: Application) -> tuple[tuple[Reason, ...], int]:
    """Why these two go together, and how well. For many pairs of a round make one `PairScorer`."""
    return PairScorer(round_).weigh(mentee, mentor)


def for_topics(shared: int, chosen: int, most: int) -> int:
    """Half of `most` for each topic of the mentee's, or all of it for the only one that they chose."""
    return min(most, most * shared // min(_ENOUGH_TOPICS, chosen)) if chosen else 0


@dataclass(frozen=True)
class PairScorer:
    """Weighs the pairs of one round, and remembers what all of them are weighed by."""

    round: MatchingRound

    @property
    def weights(self) -> Weights:
        return self.round.programme.weights

    def weigh(self, mentee: Application, mentor: Application) -> tuple[tuple[Reason, ...], int]:
        """Why these two go together, and how well."""
        found = [weighed for weighed in self._parts(mentee, mentor) if weighed]
        reasons = tuple(reason for _, reason in found)
        return reasons, min(BEST, sum(points for points, _ in found))

    def _parts(self, mentee: Application, mentor: Application) -> Iterator[Weighed]:
        weights = self.weights
        shared = tuple(topic for topic in mentee.topics if topic in mentor.topics)
        if points := for_topics(len(shared), len(mentee.topics), weights.topics):
            yield points, Reason(ReasonKind.SHARED_TOPICS, shared)
        if weights.wish and (self.wish(mentee) == mentor.person or self.wish(mentor) == mentee.person):
            yield weights.wish, Reason(ReasonKind.WISHED)
        alike = text_similarity.similarity(self.vectors.get(mentee.id, {}), self.vectors.get(mentor.id, {}))
        if points := bisect_right(self.steps, alike):
            yield points, Reason(ReasonKind.HOPES)
        for trait in TRAITS:
            yield trait.weigh(self.measure, trait.of(self.measure, mentee), trait.of(self.measure, mentor))
        if self.is_mutual(mentee, mentor):
            yield 0, Reason(ReasonKind.MUTUAL)
        if self.priority(mentee) or self.priority(mentor):
            yield 0, Reason(ReasonKind.WAITED)

    def wish(self, application: Application) -> str:
        """Whom its author would like to be matched with, or ""."""
        confided = self.round.confided.get(application.id)
        return confided.wish if confided else ""

    def is_mutual(self, mentee: Application, mentor: Application) -> bool:
        """Whether each could help the other: both also applied the other way round, and share a topic there (D0.8)."""
        asks, offers = self._other_ways.get(mentor.person), self._other_ways.get(mentee.person)
        return bool(asks and offers and asks[0] & offers[1])

    def priority(self, application: Application) -> int:
        """What it counts that its author has waited since before this round."""
        return points(months_waited(self.round, application), self.weights.waiting)

    @cached_property
    def _other_ways(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """The topics that somebody asks for and offers, of each who does both."""
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
        """What people wrote, by application id; none where it does not count."""
        confided = self.round.confided if self.weights.hopes else {}
        return text_similarity.vectors({id_: confidence.hopes for id_, confidence in confided.items()})

    @cached_property
    def steps(self) -> list[int]:
        """How alike what they wrote must be for each point."""
        return text_similarity.steps(self.weights.hopes)

    @cached_property
    def measure(self) -> FeatureContext:
        round_ = self.round
        zones: dict[str, int] = {}
        begins = {}
        for application in round_.applications.values():
            person = round_.people.get(application.person)
            if person is None or person.account_status is AccountStatus.UNKNOWN:
                continue
            if person.time_zone not in zones:
                zones[person.time_zone] = traits.begins(person, round_.programme, round_.cohort)
            begins[person.id] = zones[person.time_zone]
        return FeatureContext(round_, begins if len(set(begins.values())) > 1 else {})
