"""The allowed pairs and the scores of all mentees (rows) and mentors (columns), computed with numpy.

Gives the same results as `MatchingRound.broken_rule` and `PairScorer.score_pair` for each pair, in a fraction of the
time.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from mentoring.applications.application import Application
from mentoring.matching.optimiser.score import ALIKE, BEST, FEATURES, Feature, PairScorer, for_topics
from mentoring.matching.round import MatchingRound

Counts = NDArray[np.int16]
Allowed = NDArray[np.bool_]


def allowed(
    round_: MatchingRound, mentees: Sequence[Application], mentors: Sequence[Application], shared_topics: Counts
) -> Allowed:
    """The pairs of the pool that break no hard rule, as a boolean matrix."""
    found: Allowed = shared_topics > 0
    found &= _inside(round_, mentees)[:, None]
    found &= _inside(round_, mentors)
    found &= _grade_gap_met(round_, mentees, mentors)
    if round_.programme.shared_hours:
        found &= _hours_met(round_, mentees, mentors)
    columns = _by_person(mentors)
    for row, mentee in enumerate(mentees):
        for person in round_.pair_dependent(mentee.person):
            if (column := columns.get(person)) is not None:
                found[row, column] = round_.broken_rule(mentee, mentors[column]) is None
    return found


def _inside(round_: MatchingRound, applications: Sequence[Application]) -> Allowed:
    return np.array([round_.is_inside(application) for application in applications])


def _grade_gap_met(round_: MatchingRound, mentees: Sequence[Application], mentors: Sequence[Application]) -> Allowed:
    rows, ours = _distinct(round_.rank_of(mentee) for mentee in mentees)
    columns, theirs = _distinct(round_.rank_of(mentor) for mentor in mentors)
    table = np.array([[round_.meets_grade_gap(one, other) for other in theirs] for one in ours])
    return table.take(columns, axis=1).take(rows, axis=0)


def _hours_met(round_: MatchingRound, mentees: Sequence[Application], mentors: Sequence[Application]) -> Allowed:
    rows, ours = _distinct(round_.work_begins.get(mentee.person) for mentee in mentees)
    columns, theirs = _distinct(round_.work_begins.get(mentor.person) for mentor in mentors)
    table = np.array([[round_.meets_hours(one, other) for other in theirs] for one in ours])
    return table.take(columns, axis=1).take(rows, axis=0)


def scores(
    scorer: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application], shared_topics: Counts
) -> Counts:
    """The scores (0–100) of all pairs."""
    total = _for_topics(scorer, mentees, shared_topics)
    for feature in FEATURES:
        _add_feature(total, feature, scorer, mentees, mentors)
    _add_hopes(total, scorer, mentees, mentors)
    _add_wishes(total, scorer, mentees, mentors)
    return np.minimum(total, BEST, out=total)


def count_shared_topics(mentees: Sequence[Application], mentors: Sequence[Application]) -> Counts:
    """The number of shared topics of each pair, which the other functions here take as an argument."""
    topics = {
        topic: number
        for number, topic in enumerate(dict.fromkeys(topic for mentee in mentees for topic in mentee.topics))
    }

    def chosen(applications: Sequence[Application]) -> NDArray[np.float32]:
        matrix = np.zeros((len(applications), len(topics)), np.float32)
        for row, application in enumerate(applications):
            matrix[row, [topics[topic] for topic in application.topics if topic in topics]] = 1
        return matrix

    return (chosen(mentees) @ chosen(mentors).T).astype(np.int16)


def _for_topics(scorer: PairScorer, mentees: Sequence[Application], shared_topics: Counts) -> Counts:
    chosen = [len(mentee.topics) for mentee in mentees]
    most = max(chosen)
    table = [[for_topics(shared, of, scorer.weights.topics) for shared in range(most + 1)] for of in range(most + 1)]
    points: Counts = np.array(table, np.int16)[np.array(chosen)[:, None], shared_topics]
    return points


def _add_feature(
    total: Counts, feature: Feature, scorer: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> None:
    rows, ours = _distinct(feature.of(scorer.feature_context, mentee) for mentee in mentees)
    columns, theirs = _distinct(feature.of(scorer.feature_context, mentor) for mentor in mentors)
    scored = [[feature.score(scorer.feature_context, one, other) for other in theirs] for one in ours]
    table = np.array([[points[0] if points else 0 for points in line] for line in scored], np.int16)
    if table.any():
        total += table.take(columns, axis=1).take(rows, axis=0)


def _add_hopes(
    total: Counts, scorer: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> None:
    ours = [scorer.vectors.get(mentee.id, {}) for mentee in mentees]
    theirs = [scorer.vectors.get(mentor.id, {}) for mentor in mentors]
    stems = {stem: number for number, stem in enumerate(dict.fromkeys(stem for vector in theirs for stem in vector))}
    if not stems:
        return
    hoped = [[(stems[stem], weight) for stem, weight in vector.items() if stem in stems] for vector in ours]
    starts = np.cumsum([0, *map(len, hoped)])
    entries = np.array([entry for row in hoped for entry in row], np.int32).reshape(-1, 2)
    offered = np.zeros((len(stems), len(mentors)), np.float32)
    for column, vector in enumerate(theirs):
        offered[[stems[stem] for stem in vector], column] = list(vector.values())
    # Whole numbers below 2^24: the sums are exact in any order.
    alike = csr_array((entries[:, 1].astype(np.float32), entries[:, 0], starts), (len(ours), len(stems))) @ offered
    close = np.nonzero(alike >= ALIKE)
    total[close] += np.searchsorted(scorer.steps, alike[close], side="right").astype(np.int16)


def _add_wishes(
    total: Counts, scorer: PairScorer, mentees: Sequence[Application], mentors: Sequence[Application]
) -> None:
    rows, columns = _by_person(mentees), _by_person(mentors)
    wished = {(row, columns[wish]) for row, one in enumerate(mentees) if (wish := scorer.wish(one)) in columns}
    wished |= {(rows[wish], column) for column, one in enumerate(mentors) if (wish := scorer.wish(one)) in rows}
    for pair in wished:
        total[pair] += scorer.weights.wish


def _by_person(applications: Sequence[Application]) -> dict[str, int]:
    """The index of each applicant, by Slack user id. A person applies once for each role."""
    return {application.person: number for number, application in enumerate(applications)}


_Fact = TypeVar("_Fact", bound=Hashable)


def _distinct(facts: Iterable[_Fact]) -> tuple[NDArray[np.intp], list[_Fact]]:
    """The distinct facts, and for each fact the index of its distinct value."""
    numbers: dict[_Fact, int] = {}
    found = np.array([numbers.setdefault(fact, len(numbers)) for fact in facts], np.intp)
    return found, list(numbers)
