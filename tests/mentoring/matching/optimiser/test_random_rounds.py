"""Small rounds at random, against every possible way of matching them. `make matching EXAMPLES=10000` tries more."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.applications.application import Application, Role
from mentoring.core.outcome import NOTHING
from mentoring.core.programmes import USUAL
from mentoring.matching.match import Match, ReasonKind
from mentoring.matching.optimiser import BEST, propose, score_pair
from mentoring.matching.optimiser.score import PairScorer
from mentoring.matching.review import replace_proposals
from mentoring.matching.round import MatchingRound
from tests.mentoring import reference_rules
from tests.mentoring.factories import OWNER, after, new_ids, weighed
from tests.mentoring.rounds import EXAMPLES, GRADED, rounds

Way = tuple[tuple[Application, Application], ...]
"""One way of matching a round: its pairs, mentee first."""


Scores = Mapping[tuple[str, str], int]
"""By the ids of the two applications."""


def scores_of(round_: MatchingRound) -> Scores:
    """Of any two whom the rules allow to be matched, and who are not below the threshold."""
    scorer = PairScorer(round_)
    scores = {
        (request.id, offer.id): scorer.score_pair(request, offer)[1]
        for request in reference_rules.pool(round_, Role.MENTEE)
        for offer in reference_rules.pool(round_, Role.MENTOR)
        if reference_rules.may_match(round_, request, offer)
    }
    return {two: score for two, score in scores.items() if score >= round_.programme.weights.at_least}


def every_way(round_: MatchingRound, scores: Scores) -> Iterator[Way]:
    """All ways to match these, the same two people being paired once at most."""
    mentors = reference_rules.pool(round_, Role.MENTOR)
    free = {offer.id: reference_rules.places(round_, offer) for offer in mentors}

    def ways(left: list[Application], so_far: Way) -> Iterator[Way]:
        if not left:
            yield so_far
            return
        request, *others = left
        yield from ways(others, so_far)
        taken = Counter(offer.id for _, offer in so_far)
        paired = {frozenset((one.person, other.person)) for one, other in so_far}
        for offer in mentors:
            is_free = taken[offer.id] < free[offer.id] and {request.person, offer.person} not in paired
            if is_free and (request.id, offer.id) in scores:
                yield from ways(others, (*so_far, (request, offer)))

    return ways(reference_rules.pool(round_, Role.MENTEE), ())


def value(round_: MatchingRound, scores: Scores, way: Way) -> tuple[int, int]:
    """How many, and how good in hundredths of a point: a miss counts by its square, the second and third partner of a
    mentor are a load, and whoever has waited for somebody counts more.
    """
    missed = sum((BEST - scores[request.id, offer.id]) ** 2 for request, offer in way)
    waited = [*(request for request, _ in way), *{offer.id: offer for _, offer in way}.values()]
    queue = sum(100 * waits(round_, one) for one in waited if not has_somebody(round_, one))
    load = 0
    for offer in {offer.id: offer for _, offer in way}.values():
        has = offer.places - reference_rules.places(round_, offer)
        gets = sum(offer.id == other.id for _, other in way)
        load += 100 * round_.programme.weights.load * sum(range(has, has + gets))
    return len(way), len(way) * BEST**2 - missed + queue - load


def waits(round_: MatchingRound, one: Application) -> int:
    """In full from six months on."""
    months = (round_.cohort.opens_on - one.sent_on).days // 30
    return max(0, round_.programme.weights.waiting * min(6, months) // 6)


def has_somebody(round_: MatchingRound, one: Application) -> bool:
    """Is being matched with somebody else, or was a partner already."""
    partners = [(p.mentee_application, p.mentor_application) for p in round_.partnerships]
    return any(one.id in both for both in partners) or one.places > reference_rules.places(round_, one)


def as_a_way(round_: MatchingRound, found: tuple[Match, ...]) -> Way:
    sent = round_.applications
    return tuple((sent[one.mentee_application], sent[one.mentor_application]) for one in found)


@settings(max_examples=EXAMPLES)
@given(rounds(most=7))
def test_no_other_way_matches_more_people_or_as_many_better(round_: MatchingRound) -> None:
    found, scores = propose(round_, new_ids()), scores_of(round_)
    best = max(value(round_, scores, way) for way in every_way(round_, scores))
    assert value(round_, scores, as_a_way(round_, found)) == best


@settings(max_examples=EXAMPLES)
@given(rounds(most=8, most_in_both=8))
def test_no_hard_rule_is_ever_broken(round_: MatchingRound) -> None:
    found = propose(round_, new_ids("new"))
    for application in round_.applications.values():
        taken = sum(application.id in (one.mentee_application, one.mentor_application) for one in found)
        assert taken <= reference_rules.places(round_, application)
    for one, (request, offer) in zip(found, as_a_way(round_, found), strict=True):
        assert (request.role, offer.role) == (Role.MENTEE, Role.MENTOR)
        assert (request.person, offer.person) == one.people
        assert reference_rules.may_match(round_, request, offer)
        assert one.score >= round_.programme.weights.at_least
        assert (one.reasons, one.score) == score_pair(round_, request, offer)
    assert len({frozenset(one.people) for one in found}) == len(found) == len({one.id for one in found})


@settings(max_examples=EXAMPLES)
@given(rounds(most=8, most_in_both=8))
def test_what_is_fixed_stays_as_it_was_when_proposals_are_put_on_the_desk(round_: MatchingRound) -> None:
    again = after(round_, replace_proposals(round_, propose(round_, new_ids("new")), by=OWNER))
    fixed = {id_: one for id_, one in round_.matches.items() if reference_rules.is_fixed(one)}
    assert {id_: again.matches[id_] for id_ in fixed} == fixed
    assert replace_proposals(again, propose(again, new_ids("again")), by=OWNER) == NOTHING


@settings(max_examples=EXAMPLES)
@given(rounds(most=8, most_in_both=8))
def test_the_rules_say_of_any_two_what_their_plainest_words_say(round_: MatchingRound) -> None:
    free = round_.without_undecided_proposals()
    for request in round_.applications.values():
        assert free.free_places(request) == reference_rules.places(round_, request)
        for offer in round_.applications.values():
            if (request.role, offer.role) == (Role.MENTEE, Role.MENTOR):
                assert (free.broken_rule(request, offer) is None) == reference_rules.may_match(round_, request, offer)


@settings(max_examples=EXAMPLES)
@given(rounds(most=8, most_in_both=8))
def test_who_is_left_over_could_not_have_been_given_a_place_that_is_free(round_: MatchingRound) -> None:
    left = round_.without_undecided_proposals()
    left = replace(left, matches={**left.matches, **{one.id: one for one in propose(round_, new_ids("new"))}})
    least = round_.programme.weights.at_least
    for request in left.pool(Role.MENTEE):
        for offer in left.pool(Role.MENTOR):
            assert left.broken_rule(request, offer) or score_pair(round_, request, offer)[1] < least


@settings(max_examples=EXAMPLES)
@given(rounds(most=8, most_in_both=8), st.randoms(use_true_random=False))
def test_the_order_in_which_people_applied_makes_no_difference(round_: MatchingRound, random: object) -> None:
    sent_on = [one.sent_on for one in round_.applications.values()]
    round_ = replace(round_, cohort=replace(round_.cohort, opens_on=min(sent_on), apply_by=max(sent_on)))
    shuffled = list(round_.applications.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    moments = sorted((one.sent_at, one.sent_on) for one in round_.applications.values())
    other = {
        id_: replace(one, sent_at=sent_at, sent_on=sent_on)
        for (id_, one), (sent_at, sent_on) in zip(shuffled, moments, strict=True)
    }
    assert propose(replace(round_, applications=other), new_ids()) == propose(round_, new_ids())


@settings(max_examples=EXAMPLES)
@given(rounds(most_in_both=6))
def test_every_reason_given_is_true(round_: MatchingRound) -> None:
    round_ = weighed(round_, USUAL)
    for one in propose(round_, new_ids()):
        request, offer = round_.applications[one.mentee_application], round_.applications[one.mentor_application]
        assert 0 < one.score <= BEST
        given_ = {reason.kind: reason.facts for reason in one.reasons}
        assert len(given_) == len(one.reasons)
        wished = {
            (round_.private_answers[request.id].wish, offer.person),
            (round_.private_answers[offer.id].wish, request.person),
        }
        grades = [round_.grade_of(each) for each in (request, offer)]
        gap = GRADED.grades.index(grades[1]) - GRADED.grades.index(grades[0]) if all(grades) else None
        is_peer = round_.programme.type == "peer"
        assert set(given_.pop(ReasonKind.SHARED_TOPICS)) == set(request.topics) & set(offer.topics) != set()
        assert (given_.pop(ReasonKind.WISHED, None) is not None) == any(wish == who for wish, who in wished)
        assert given_.pop(ReasonKind.GRADES_ABOVE, None) == ((str(gap),) if gap and gap > 0 and not is_peer else None)
        assert (ReasonKind.SAME_GRADE in given_) == (is_peer and gap == 0)
        assert (ReasonKind.CLOSE_GRADES in given_) == (is_peer and gap in (-1, 1))
        departments = {round_.department_of(request), round_.department_of(offer)}
        assert (ReasonKind.OTHER_DEPARTMENT in given_) == ("" not in departments and len(departments) == 2)
        assert (ReasonKind.SAME_MONTHS in given_) == (request.months == offer.months)
