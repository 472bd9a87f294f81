"""Many people against many, at once: which pairs no hard rule keeps apart, and how well each goes together.

The same result as `MatchingRound.broken_rule` and `PairScorer.weigh` for each pair, in a fraction of the time. Rows are
mentees, columns mentors.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from mentoring.applications.application import Application
from mentoring.matching.optimiser import text_similarity
from mentoring.matching.optimiser.score import BEST, PairScorer, for_topics
from mentoring.matching.optimiser.traits import TRAITS, Feature
from mentoring.matching.round import MatchingRound

Counts = NDArray[np.int16]
Allowed = NDArray[np.bool_]


def allowed(
    round_: MatchingRound, mentees: Sequence[Application], mentors: Sequence[Application], shared_topics: Counts
) -> Allowed:
    """Which pairs of the pool no hard rule keeps apart."""
    found: Allowed = shared_topics > 0
    found &= _inside(round_, mentees)[:, None]
    found &= _inside(round_, mentors)
    found &= _high_enough(round_, mentees, mentors)
    columns = _by_person(mentors)
    for row, mentee in enumerate(mentees):
        for person in round_.pair_dependent(mentee.person):
            if (column := columns.get(person)) is not None:
                found[row, column] = round_.broken_rule(mentee, mentors[column]) is None
    return found


def _inside(round_: MatchingRound, applications: Sequence[Application]) -> Allowed:
    return np.array([round_.is_inside(application) for application in applications])


def _high_enough(round_: MatchingRound, mentees: Sequence[Application], mentors: Sequence[Application]) -> Allowed:
    rows, ours = _kinds(round_.rank_of(mentee) for mentee in mentees)
    columns, theirs = _kinds(round_.rank_of(mentor) for mentor in mentors)
    table = np.array([[round_.stands_high_enough(one, other) for other in theirs] for one in ours])
    return table.take(columns, axis=1).take(rows, axis=0)


def scores(
    gauge: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application], shared_topics: Counts
) -> Counts:
    """From 0 to 100."""
    total = _for_topics(gauge, mentees, shared_topics)
    for trait in TRAITS:
        _add_trait(total, trait, gauge, mentees, mentors)
    _add_hopes(total, gauge, mentees, mentors)
    _add_wishes(total, gauge, mentees, mentors)
    return np.minimum(total, BEST, out=total)


def count_shared_topics(mentees: Sequence[Application], mentors: Sequence[Application]) -> Counts:
    """How many topics they have in common; the other functions here take it, so that it is counted once."""
    topics = {
        topic: number
        for number, topic in enumerate(dict.fromkeys(topic for mentee in mentees for topic in mentee.topics))
    }

    def chosen(applications: Sequence[Application]) -> NDArray[np.float32]:
        grid = np.zeros((len(applications), len(topics)), np.float32)
        for row, application in enumerate(applications):
            grid[row, [topics[topic] for topic in application.topics if topic in topics]] = 1
        return grid

    return (chosen(mentees) @ chosen(mentors).T).astype(np.int16)


def _for_topics(gauge: PairScorer, mentees: Sequence[Application], shared_topics: Counts) -> Counts:
    chosen = [len(mentee.topics) for mentee in mentees]
    most = max(chosen)
    table = [[for_topics(shared, of, gauge.weights.topics) for shared in range(most + 1)] for of in range(most + 1)]
    points: Counts = np.array(table, np.int16)[np.array(chosen)[:, None], shared_topics]
    return points


def _add_trait(
    total: Counts, trait: Feature, gauge: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> None:
    rows, ours = _kinds(trait.of(gauge.measure, mentee) for mentee in mentees)
    columns, theirs = _kinds(trait.of(gauge.measure, mentor) for mentor in mentors)
    weighed = [[trait.weigh(gauge.measure, one, other) for other in theirs] for one in ours]
    table = np.array([[points[0] if points else 0 for points in line] for line in weighed], np.int16)
    if table.any():
        total += table.take(columns, axis=1).take(rows, axis=0)


def _add_hopes(
    total: Counts, gauge: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> None:
    ours = [gauge.vectors.get(mentee.id, {}) for mentee in mentees]
    theirs = [gauge.vectors.get(mentor.id, {}) for mentor in mentors]
    stems = {stem: number for number, stem in enumerate(dict.fromkeys(stem for vector in theirs for stem in vector))}
    if not stems:
        return
    hoped = [[(stems[stem], weight) for stem, weight in vector.items() if stem in stems] for vector in ours]
    starts = np.cumsum([0, *map(len, hoped)])
    entries = np.array([entry for row in hoped for entry in row], np.int32).reshape(-1, 2)
    offered = np.zeros((len(stems), len(mentors)), np.float32)
    for column, vector in enumerate(theirs):
        offered[[stems[stem] for stem in vector], column] = list(vector.values())
    # Whole numbers below 2^24, so that these sums are exact in whatever order.
    alike = csr_array((entries[:, 1].astype(np.float32), entries[:, 0], starts), (len(ours), len(stems))) @ offered
    close = np.nonzero(alike >= text_similarity.ALIKE)
    total[close] += np.searchsorted(gauge.steps, alike[close], side="right").astype(np.int16)


def _add_wishes(
    total: Counts, gauge: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> None:
    rows, columns = _by_person(mentees), _by_person(mentors)
    wished = {(row, columns[wish]) for row, one in enumerate(mentees) if (wish := gauge.wish(one)) in columns}
    wished |= {(rows[wish], column) for column, one in enumerate(mentors) if (wish := gauge.wish(one)) in rows}
    for pair in wished:
        total[pair] += gauge.weights.wish


def _by_person(applications: Sequence[Application]) -> dict[str, int]:
    """Where each applicant stands: nobody applies twice in a role."""
    return {application.person: number for number, application in enumerate(applications)}


_Fact = TypeVar("_Fact", bound=Hashable)


def _kinds(facts: Iterable[_Fact]) -> tuple[NDArray[np.intp], list[_Fact]]:
    """Of which kind each of them is, by number; and the kinds."""
    numbers: dict[_Fact, int] = {}
    found = np.array([numbers.setdefault(fact, len(numbers)) for fact in facts], np.intp)
    return found, list(numbers)
