"""Small rounds at random, against every possible way of matching them."""

from dataclasses import replace
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from mentoring.application import Application, Role, State
from mentoring.match import MatchState, ReasonKind
from mentoring.matching import BEST, propose, weigh
from mentoring.round import Round
from tests.mentoring.factories import (
    CAREER,
    CULTURE,
    JOBS,
    match,
    mentee,
    mentor,
    names,
    new_ids,
    partnership,
    round_of,
)
from tests.mentoring.values import PROGRAMME

GRADED = replace(PROGRAMME, grades=("A", "B", "C", "D"), departments=("Archives", "Loans"))

TOPICS = (CAREER, JOBS, CULTURE)
SOMEBODY = st.sampled_from([f"U{number}" for number in range(9)])


@st.composite
def rounds(draw: st.DrawFn, *, both_roles: bool = False) -> Round:
    """A small round; unless `both_roles`, nobody is mentor and mentee at once."""
    people = [f"U{number}" for number in range(draw(st.integers(2, 5 if both_roles else 7)))]
    sent = []
    for user in people:
        for role in list(Role) if both_roles else [draw(st.sampled_from(Role))]:
            applies = mentee if role is Role.MENTEE else mentor
            topics = draw(st.lists(st.sampled_from(TOPICS), min_size=1, max_size=2, unique=True))
            sent.append(
                applies(
                    user,
                    *topics,
                    places=draw(st.integers(1, 2)) if role is Role.MENTOR else 1,
                    months=draw(st.sampled_from([6, 12])),
                    grade=draw(st.sampled_from(["", *GRADED.grades])),
                    department=draw(st.sampled_from(["", *GRADED.departments])),
                    state=draw(st.sampled_from([State.OPEN] * 9 + [State.WITHDRAWN])),
                )
            )
    confided = [names(one, manager=draw(SOMEBODY), wish=draw(SOMEBODY)) for one in sent]
    before = draw(st.lists(st.tuples(SOMEBODY, SOMEBODY, st.sampled_from(MatchState)), max_size=3))
    running = draw(st.lists(st.tuples(SOMEBODY, SOMEBODY), max_size=1))
    return round_of(
        *draw(st.permutations(sent)),
        confided=confided,
        matches=[match(one, other, state) for one, other, state in before if one != other],
        partnerships=[partnership(one, other) for one, other in running if one != other],
        programme=GRADED,
    )


def best_by_trying_all(round_: Round) -> tuple[int, int]:
    """How many can be matched at most, and the highest total score of so many."""
    round_ = round_.without_undecided()
    mentees, mentors = round_.pool(Role.MENTEE), round_.pool(Role.MENTOR)

    @cache
    def best(row: int, places: tuple[int, ...]) -> tuple[int, int]:
        if row == len(mentees):
            return 0, 0
        found = [best(row + 1, places)]
        for column, offer in enumerate(mentors):
            if places[column] and round_.bar(mentees[row], offer) is None:
                left = (*places[:column], places[column] - 1, *places[column + 1 :])
                many, total = best(row + 1, left)
                found.append((many + 1, total + weigh(round_, mentees[row], offer)[1]))
        return max(found)

    return best(0, tuple(round_.free_places(offer) for offer in mentors))


@given(rounds())
def test_no_other_way_matches_more_people_or_as_many_better(round_: Round) -> None:
    found = propose(round_, new_ids())
    assert (len(found), sum(one.score for one in found)) == best_by_trying_all(round_)


@given(rounds(both_roles=True))
def test_no_hard_rule_is_ever_broken(round_: Round) -> None:
    found = propose(round_, new_ids())
    free = round_.without_undecided()
    for application in round_.applications.values():
        taken = sum(application.id in (one.mentee_application, one.mentor_application) for one in found)
        assert taken <= free.free_places(application)
    for one in found:
        request, offer = round_.applications[one.mentee_application], round_.applications[one.mentor_application]
        assert (request.role, offer.role) == (Role.MENTEE, Role.MENTOR)
        assert (request.person, offer.person) == one.people
        assert free.bar(request, offer) is None
    assert len({frozenset(one.people) for one in found}) == len(found) == len({one.id for one in found})


@given(rounds(both_roles=True))
def test_who_is_left_over_could_not_have_been_given_a_place_that_is_free(round_: Round) -> None:
    left = round_.without_undecided()
    left = replace(left, matches={**left.matches, **{one.id: one for one in propose(round_, new_ids("new"))}})
    for request in left.pool(Role.MENTEE):
        assert all(left.bar(request, offer) for offer in left.pool(Role.MENTOR))


@given(rounds(both_roles=True), st.randoms(use_true_random=False))
def test_the_order_in_which_people_applied_makes_no_difference(round_: Round, random: object) -> None:
    shuffled = list(round_.applications.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    moments = sorted(one.sent_at for one in round_.applications.values())
    other = {id_: replace(one, sent_at=moment) for (id_, one), moment in zip(shuffled, moments, strict=True)}
    assert propose(replace(round_, applications=other), new_ids()) == propose(round_, new_ids())


@given(rounds(both_roles=True))
def test_every_reason_given_is_true(round_: Round) -> None:
    for one in propose(round_, new_ids()):
        request, offer = round_.applications[one.mentee_application], round_.applications[one.mentor_application]
        assert 0 < one.score <= BEST
        given_ = {reason.kind: reason.facts for reason in one.reasons}
        assert len(given_) == len(one.reasons)
        wished = {(round_.confided[request.id].wish, offer.person), (round_.confided[offer.id].wish, request.person)}
        gap = grade_of(offer) - grade_of(request) if offer.grade and request.grade else 0
        assert set(given_.pop(ReasonKind.SHARED_TOPICS)) == set(request.topics) & set(offer.topics) != set()
        assert (given_.pop(ReasonKind.WISHED, None) is not None) == any(wish == who for wish, who in wished)
        assert given_.pop(ReasonKind.GRADES_ABOVE, None) == ((str(gap),) if gap > 0 else None)
        departments = {request.department, offer.department}
        assert (ReasonKind.OTHER_DEPARTMENT in given_) == ("" not in departments and len(departments) == 2)
        assert (ReasonKind.SAME_MONTHS in given_) == (request.months == offer.months)


def grade_of(one: Application) -> int:
    return GRADED.grades.index(one.grade)
