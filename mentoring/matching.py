"""Proposing matches: a round's pool in, proposals with reasons out. The one place that a better solver would replace.

Hard rules are never broken; within them as many people as possible are matched, and then as well as possible. It is
solved as a minimum cost assignment (`scipy.sparse.csgraph.min_weight_full_bipartite_matching`): each place of a
mentor is a column, a pair that a rule forbids is an edge that is not there, and every mentee has a dear column of
their own for staying unmatched.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from mentoring.application import Application, Role
from mentoring.match import Match, Reason, ReasonKind
from mentoring.programme import Programme
from mentoring.round import Round

BEST = 100
_TOPIC, _MOST_FOR_TOPICS, _FEW_TOPICS = 20, 40, 2
_WISH, _GRADES, _DEPARTMENT, _WAYS, _LANGUAGE, _MONTHS = 20, 10, 10, 8, 6, 6
_GOOD_GAP = 2
"""Grades between the two (D2.13)."""


def propose(round_: Round, new_id: Callable[[], str]) -> tuple[Match, ...]:
    """Proposals for the pool, best first; the desk's undecided ones are replaced by them.

    Who applied first makes no difference: ties follow ids, which say nothing.
    """
    round_ = round_.without_undecided()
    mentees = sorted(round_.pool(Role.MENTEE), key=lambda a: a.id)
    mentors = sorted(round_.pool(Role.MENTOR), key=lambda a: a.id)
    places = [mentor for mentor in mentors for _ in range(round_.free_places(mentor))]
    pairs = [(mentees[row], places[column]) for row, column in _assign(round_, mentees, places)]
    found = [_match(round_, mentee, mentor, new_id()) for mentee, mentor in pairs]
    return tuple(sorted(found, key=lambda match: (-match.score, match.mentee, match.mentor)))


def by_hand(round_: Round, mentee: Application, mentor: Application, *, by: str, new_id: str) -> Match:
    """The match of two whom an owner chose, asked for the hard rules before. To choose is to approve, where `by`
    may.
    """
    match = replace(_match(round_, mentee, mentor, new_id), paired_by=by)
    return replace(match, approvals=(by,)) if by in match.may_approve(round_.owners) else match


def _match(round_: Round, mentee: Application, mentor: Application, new_id: str) -> Match:
    reasons, score = weigh(round_, mentee, mentor)
    return Match(
        id=new_id,
        cohort_id=round_.cohort.id,
        mentee_application=mentee.id,
        mentor_application=mentor.id,
        mentee=mentee.person,
        mentor=mentor.person,
        score=score,
        reasons=reasons,
    )


def weigh(round_: Round, mentee: Application, mentor: Application) -> tuple[tuple[Reason, ...], int]:
    """Why these two go together, and how well: 0 to 100."""
    weighed: list[tuple[Reason, int]] = []
    shared = tuple(topic for topic in mentee.topics if topic in mentor.topics)
    if shared:
        for_topics = min(_MOST_FOR_TOPICS, _TOPIC * len(shared)) if len(mentee.topics) > 1 else _MOST_FOR_TOPICS
        weighed.append((Reason(ReasonKind.SHARED_TOPICS, shared), for_topics))
    if _wishes(round_, mentee, mentor.person) or _wishes(round_, mentor, mentee.person):
        weighed.append((Reason(ReasonKind.WISHED), _WISH))
    gap = _grades_above(round_.programme, mentee, mentor)
    if gap > 0:
        weighed.append((Reason(ReasonKind.GRADES_ABOVE, (str(gap),)), _GRADES if gap == _GOOD_GAP else _GRADES // 2))
    if mentee.department and mentor.department and mentee.department != mentor.department:
        weighed.append((Reason(ReasonKind.OTHER_DEPARTMENT), _DEPARTMENT))
    ways = tuple(str(way) for way in mentee.ways if way in mentor.ways)
    if ways:
        weighed.append((Reason(ReasonKind.SAME_WAYS, ways), _WAYS))
    if _languages(mentee) & _languages(mentor):
        weighed.append((Reason(ReasonKind.SAME_LANGUAGE), _LANGUAGE))
    if mentee.months == mentor.months:
        weighed.append((Reason(ReasonKind.SAME_MONTHS, (str(mentee.months),)), _MONTHS))
    return tuple(reason for reason, _ in weighed), min(BEST, sum(points for _, points in weighed))


_Pairs = Mapping[tuple[int, int], int]
"""By row (a mentee) and column (a place), how well the two go together; what a rule forbids is not there."""


def _assign(round_: Round, mentees: Sequence[Application], places: Sequence[Application]) -> list[tuple[int, int]]:
    """Row and column of each pair. Two who could mentor each other are paired once: the better way round stays."""
    possible: _Pairs = {
        (row, column): weigh(round_, mentee, mentor)[1]
        for row, mentee in enumerate(mentees)
        for column, mentor in enumerate(places)
        if round_.bar(mentee, mentor) is None
    }
    solved = _solve(possible, len(mentees), len(places))
    while both_ways := _both_ways(solved, mentees, places):
        tries = [_solve(_without(possible, pair, mentees, places), len(mentees), len(places)) for pair in both_ways]
        worths = [(len(found), sum(possible[pair] for pair in found)) for found in tries]
        dropped = worths.index(max(worths))
        possible = _without(possible, both_ways[dropped], mentees, places)
        solved = tries[dropped]
    return solved


def _solve(possible: _Pairs, mentees: int, places: int) -> list[tuple[int, int]]:
    """As many pairs as possible, then the best. An explicit zero would be dropped from the matrix, so every cost is at
    least one.
    """
    if not possible:
        return []
    # Half a second of imports that only matching needs.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    unmatched = (BEST + 1) * mentees + 1
    edges = {pair: BEST + 1 - score for pair, score in possible.items()}
    edges |= {(row, places + row): unmatched for row in range(mentees)}
    rows, columns = zip(*edges, strict=True)
    costs = coo_array((list(edges.values()), (rows, columns)), shape=(mentees, places + mentees))
    solved = min_weight_full_bipartite_matching(costs.tocsr())
    return [(int(row), int(column)) for row, column in zip(*solved, strict=True) if column < places]


def _both_ways(
    solved: Sequence[tuple[int, int]], mentees: Sequence[Application], places: Sequence[Application]
) -> list[tuple[int, int]]:
    """The first two pairs of the same two people, if there are any."""
    found: dict[frozenset[str], tuple[int, int]] = {}
    for row, column in solved:
        two = frozenset((mentees[row].person, places[column].person))
        if two in found:
            return [found[two], (row, column)]
        found[two] = (row, column)
    return []


def _without(
    possible: _Pairs, pair: tuple[int, int], mentees: Sequence[Application], places: Sequence[Application]
) -> _Pairs:
    """What is possible when this mentee does not go to this mentor, at whichever of their places."""
    row, column = pair
    return {
        (r, c): score for (r, c), score in possible.items() if r != row or places[c].person != places[column].person
    }


def _wishes(round_: Round, application: Application, person: str) -> bool:
    confided = round_.confided.get(application.id)
    return bool(confided and confided.wish == person)


def _grades_above(programme: Programme, mentee: Application, mentor: Application) -> int:
    """How many of the programme's grades the mentor stands above the mentee; 0 where it is not known."""
    if mentee.grade not in programme.grades or mentor.grade not in programme.grades:
        return 0
    return programme.grades.index(mentor.grade) - programme.grades.index(mentee.grade)


def _languages(application: Application) -> frozenset[str]:
    words = application.languages.casefold().replace(";", ",").split(",")
    return frozenset(word.strip() for word in words if word.strip())
