"""What owners see of confidential answers: groups of people that never change, whatever happens afterwards."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.applications.application import Role
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import RATING, ItemKey
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.figures import Precision, Summary, summarise
from mentoring.feedback.groups import STEP, Extreme, FeedbackGroup, GroupFormed, cut_total
from mentoring.partnerships.partnership import Partnership, PartnershipState
from tests.mentoring.factories import partnership, rating_group
from tests.mentoring.feedback.stored_answers import ENDED, MONDAY, Programme, pairs, without_words
from tests.mentoring.values import at

CHECK_IN, SURVEY = Question.CHECK_IN, Question.SURVEY
CLOSED = PartnershipState.CLOSED


def test_answers_after_an_early_end_are_waited_for_and_count_as_asked_for_only_if_they_come() -> None:
    programme = Programme(pairs(6, state=ENDED, over_at=MONDAY))
    for n in range(5):
        programme.says(f"M{n}", f"s{n}", SURVEY, rating=3)
    assert programme.counted() == [], "the others can still answer"
    assert (programme.shown(SURVEY).asked, programme.shown(SURVEY).answered) == (5, 5)
    programme.now = MONDAY + timedelta(days=21)
    (formed,) = programme.counted()
    assert formed.group.people == 5


def test_what_is_said_after_an_early_end_without_a_rating_is_in_no_group() -> None:
    programme = Programme(pairs(6, state=ENDED, over_at=MONDAY))
    for n in range(6):
        programme.says(f"M{n}", f"s{n}", SURVEY, rating=3 if n < 4 else None, helps="Words.")
    programme.now = MONDAY + timedelta(days=21)
    assert programme.counted() == []


def of_all(many: int, **facts: Any) -> Programme:
    """A programme where everybody in so many partnerships has answered."""
    programme = Programme(pairs(many, **facts))
    for n in range(many):
        programme.says(f"M{n}", f"s{n}", rating=n % 5 + 1)
        programme.says(f"T{n}", f"s{n}", rating=n % 5 + 1)
    return programme


def people(formed: Sequence[GroupFormed]) -> list[tuple[Role | None, int]]:
    return [(each.group.role, len({person for _, person, *_ in each.members})) for each in formed]


# When groups are formed.


@pytest.mark.parametrize(
    ("mentees", "expected"),
    [
        (14, []),
        (15, [(Role.MENTEE, STEP)]),
        (24, [(Role.MENTEE, STEP)]),
        (25, [(Role.MENTEE, STEP), (Role.MENTEE, STEP)]),
    ],
)
def test_while_answers_are_expected_ten_are_grouped_and_five_are_left(mentees: int, expected: list[Any]) -> None:
    programme = Programme(pairs(30))
    for n in range(mentees):
        programme.says(f"M{n}", f"s{n}")
    assert people(programme.counted()) == expected
    assert programme.counted() == []


@pytest.mark.parametrize(
    ("many", "expected"),
    [
        (2, []),
        (3, [(None, 6)]),
        (4, [(None, 8)]),
        (5, [(Role.MENTEE, 5), (Role.MENTOR, 5)]),
        (15, [(Role.MENTEE, 10), (Role.MENTOR, 10), (Role.MENTEE, 5), (Role.MENTOR, 5)]),
    ],
)
def test_when_nobody_can_answer_any_more_the_rest_is_grouped_by_role_or_together(
    many: int, expected: list[Any]
) -> None:
    assert people(of_all(many).counted()) == expected


def test_somebody_who_may_still_answer_keeps_the_rest_waiting_until_their_time_is_over() -> None:
    programme = of_all(5)
    programme.partnerships += [partnership("M9", "T9", id="s9")]
    assert programme.counted() == []
    assert (programme.shown().answered, programme.shown().average) == (10, None)
    programme.now = at("2028-01-04T11:00")
    programme.partnerships[5] = replace(programme.partnerships[5], state=ENDED, over_at=programme.now)
    assert people(programme.counted()) == [(Role.MENTEE, 5), (Role.MENTOR, 5)]


def test_the_check_in_is_over_when_the_survey_takes_its_place_in_every_time_zone() -> None:
    programme = of_all(5)
    programme.partnerships += [partnership("M9", "T9", id="s9")]
    programme.now = at("2028-01-04T11:59") - timedelta(days=7)
    assert programme.counted() == []
    programme.now = at("2028-01-04T12:00") - timedelta(days=7)
    assert people(programme.counted()) == [(Role.MENTEE, 5), (Role.MENTOR, 5)]


def test_a_survey_may_be_answered_until_the_partnership_closes() -> None:
    programme = Programme(pairs(5))
    for n in range(5):
        programme.says(f"M{n}", f"s{n}", SURVEY)
    programme.now = at("2029-01-04T12:00")
    assert programme.counted() == []
    programme.partnerships = pairs(5, state=CLOSED)
    assert people(programme.counted()) == [(Role.MENTEE, 5)]


def test_a_person_with_several_partnerships_is_one_person() -> None:
    programme = Programme([partnership(f"M{n}", "T0", id=f"s{n}", state=ENDED) for n in range(4)])
    for n in range(4):
        programme.says(f"M{n}", f"s{n}")
    for n in range(4):
        programme.says("T0", f"s{n}")
    (formed,) = programme.counted()
    assert (formed.group.people, formed.group.stages[0].answers, formed.group.role) == (5, 8, None)
    few = Programme([partnership("M0", "T0", id=f"s{n}", state=ENDED) for n in range(9)])
    for n in range(9):
        few.says("M0", f"s{n}")
        few.says("T0", f"s{n}")
    assert few.counted() == []


def test_rounds_and_questions_are_grouped_apart() -> None:
    programme = Programme([replace(p, cohort_id=f"c{n % 2}", state=ENDED) for n, p in enumerate(pairs(8))])
    for n in range(8):
        programme.says(f"M{n}", f"s{n}", SURVEY if n < 4 else CHECK_IN)
        programme.says(f"T{n}", f"s{n}", SURVEY if n < 4 else CHECK_IN)
    assert programme.counted() == [], "four people each"
    assert (programme.shown().answered, programme.shown(SURVEY).answered) == (8, 8)


# What they show.


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([5, 5, 5, 5, 5], (22, Extreme.HIGH)),
        ([5, 5, 5, 5, 4], (22, Extreme.HIGH)),
        ([5, 5, 5, 5, 3], (22, Extreme.HIGH)),
        ([5, 5, 5, 5, 2], (22, Extreme.NONE)),
        ([1, 1, 1, 1, 1], (8, Extreme.LOW)),
        ([1, 1, 1, 1, 2], (8, Extreme.LOW)),
        ([1, 1, 1, 1, 3], (8, Extreme.LOW)),
        ([1, 1, 1, 1, 4], (8, Extreme.NONE)),
        ([5] * 10, (45, Extreme.HIGH)),
        ([5] * 8 + [4, 1], (45, Extreme.NONE)),
    ],
)
def test_a_sum_does_not_tell_that_all_gave_the_same(ratings: list[int], expected: tuple[int, Extreme]) -> None:
    assert cut_total(ratings) == expected


def group(id: str, total: int, extreme: Extreme = Extreme.NONE, answers: int = 5) -> FeedbackGroup:
    comments = {"helps": (f"{id} helps",), "hinders": (f"{id} hinders",)}
    return rating_group(id, CHECK_IN, total, extreme, answers=answers, **comments)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([group("g1", 17)], (3.4, Precision.EXACT)),
        ([group("g1", 17), group("g2", 40, answers=10)], (3.8, Precision.EXACT)),
        ([group("g1", 22, Extreme.HIGH)], (4.5, Precision.OR_MORE)),
        ([group("g1", 8, Extreme.LOW), group("g2", 8, Extreme.LOW)], (1.5, Precision.OR_LESS)),
        ([group("g1", 22, Extreme.HIGH), group("g2", 18)], (4.0, Precision.ABOUT)),
        ([group("g1", 22, Extreme.HIGH), group("g2", 8, Extreme.LOW)], (3.0, Precision.ABOUT)),
    ],
)
def test_owners_see_the_sum_of_the_groups(groups: list[FeedbackGroup], expected: tuple[float, Precision]) -> None:
    found = summarise(CHECK_IN, [AnswerCount(CHECK_IN, "c1", 30, 25)], groups)
    assert (found.average, found.precision) == expected
    assert found.helps == tuple(f"{each.id} helps" for each in groups)
    assert summarise(SURVEY, [AnswerCount(CHECK_IN, "c1", 30, 25)], groups) == Summary(0, 0)


@pytest.mark.parametrize(("day", "check_ins", "surveys"), [("07-03", 0, 0), ("07-04", 4, 0), ("01-04", 4, 4)])
def test_how_many_are_asked_grows_as_their_time_comes(day: str, check_ins: int, surveys: int) -> None:
    year = 2028 if day.startswith("01") else 2027
    programme = Programme(pairs(2), now=at(f"{year}-{day}T12:00") - timedelta(days=7))
    programme.counted()
    assert (programme.shown().asked, programme.shown(SURVEY).asked) == (check_ins, surveys)


@pytest.mark.parametrize(("over_on", "asked"), [("2027-07-03", 2), ("2027-07-04", 4), ("2027-12-01", 4)])
def test_who_was_in_a_partnership_that_ended_before_its_check_in_was_never_asked(over_on: str, asked: int) -> None:
    over = partnership(state=ENDED, over_at=at(f"{over_on}T10:00"))
    programme = Programme([over, partnership(id="s2")], now=at("2028-01-02T12:00") - timedelta(days=7))
    programme.counted()
    assert (programme.shown().asked, programme.shown(SURVEY).asked) == (asked, 0)


def test_nothing_is_shown_between_two_mondays() -> None:
    programme = of_all(5)
    assert programme.shown() == Summary(0, 0)
    programme.counted()
    shown = programme.shown()
    programme.partnerships.append(partnership("M9", "T9", id="s9"))
    programme.says("M9", "s9")
    assert programme.shown() == shown


def test_the_order_of_comments_is_that_of_a_secret() -> None:
    texts = ["ever", "always", "daily", "boldly", "calmly"]
    orders = set()
    for shift in range(5):
        programme = Programme(pairs(5, state=ENDED))
        for n in range(5):
            programme.says(f"M{n}", f"s{n}", helps=texts[(n + shift) % 5], hinders="")
        programme.counted()
        orders.add(programme.shown().helps)
        assert sorted(programme.shown().helps) == sorted(texts)
        assert programme.shown().hinders == ()
    assert len(orders) == 1


# What happens afterwards.


def test_erasing_one_of_fourteen_changes_no_number_and_takes_whole_groups_of_comments() -> None:
    programme = Programme(pairs(7, state=CLOSED))
    for n in range(7):
        programme.says(f"M{n}", f"s{n}", SURVEY, rating=5)
        programme.says(f"T{n}", f"s{n}", SURVEY, rating=n % 5 + 1)
    programme.counted()
    before = programme.shown(SURVEY)
    assert (before.answered, before.shown, len(before.helps)) == (14, 14, 14)
    programme.erased("T3")
    programme.counted()
    after = programme.shown(SURVEY)
    assert replace(after, helps=(), hinders=()) == replace(before, helps=(), hinders=())
    assert sorted(after.helps) == sorted(f"M{n} is helped" for n in range(7)), "the comments of all mentors are gone"


Event = Callable[[Programme], None]
WHO = [f"{side}{n}" for n in range(18) for side in "MT"]


def _pairs() -> list[Partnership]:
    """Eighteen pairs, and two partnerships more with people of theirs."""
    return [*pairs(18), partnership("M0", "T1", id="s18"), partnership("T2", "T3", id="s19")]


def _answers(choice: tuple[int, bool, Question, int]) -> Event:
    n, is_mentee, question, rating = choice

    def happens(programme: Programme) -> None:
        one = programme.partnerships[n]
        who = one.mentee if is_mentee else one.mentor
        if who:
            programme.says(who, one.id, question, rating=rating, helps=f"{who} {one.id} {question}", hinders="")

    return happens


def _corrects(choice: tuple[int, int]) -> Event:
    """An answer is another one, as if it could be corrected at any time."""
    n, rating = choice

    def happens(programme: Programme) -> None:
        if programme.answers:
            key = sorted(programme.answers)[n % len(programme.answers)]
            programme.answers[key] = replace(programme.answers[key], rating=rating, helps="something else")

    return happens


def _erases(who: str) -> Event:
    return lambda programme: programme.erased(who)


def _ends(n: int) -> Event:
    def happens(programme: Programme) -> None:
        programme.partnerships[n] = replace(programme.partnerships[n], state=ENDED, over_at=programme.now)

    return happens


def _monday(programme: Programme) -> None:
    programme.counted()


ANSWERS = st.tuples(st.integers(0, 19), st.booleans(), st.sampled_from(Question), st.integers(1, 5)).map(_answers)
LATER = st.one_of(
    ANSWERS,
    st.tuples(st.integers(0, 50), st.integers(1, 5)).map(_corrects),
    st.sampled_from(WHO).map(_erases),
    st.integers(0, 19).map(_ends),
    st.just(_monday),
)


@settings(deadline=None)
@given(st.lists(ANSWERS, min_size=30, max_size=60), st.lists(LATER, max_size=25), st.booleans())
def test_no_later_event_changes_a_number_and_comments_go_by_whole_groups(
    answers: list[Event], later: list[Event], all_over: bool
) -> None:
    programme = Programme(_pairs())
    for event in answers:
        event(programme)
    if all_over:
        programme.partnerships = [replace(p, state=ENDED, over_at=programme.now) for p in programme.partnerships]
    members: dict[str, set[ItemKey]] = {}
    members |= {each.group.id: set(each.members) for each in programme.counted()}
    for event in later:
        groups, shown = dict(programme.groups), {question: programme.shown(question) for question in Question}
        event(programme)
        for key, one in programme.answers.items():
            if one.group_id and one.group_id not in members:
                members.setdefault(f"new {one.group_id}", set()).add((*key, RATING))
        members = {id.removeprefix("new "): keys for id, keys in members.items()}
        for id, before in groups.items():
            after = programme.groups[id]
            assert without_words(after) == without_words(before)
            assert after in (before, without_words(before))
        if event is not _monday:
            for question, before_ in shown.items():
                now = programme.shown(question)
                assert replace(now, helps=(), hinders=()) == replace(before_, helps=(), hinders=())
        for question, before_ in shown.items():
            assert programme.shown(question).answered >= before_.answered
            assert programme.shown(question).asked >= before_.asked
    in_groups = Counter(key for keys in members.values() for key in keys)
    assert set(in_groups.values()) <= {1}, "each answer is in one group at most"
    for keys in members.values():
        assert len({person for _, person, *_ in keys}) >= 5
    assert members.keys() == programme.groups.keys()


@settings(deadline=None)
@given(st.lists(st.integers(1, 5), min_size=12, max_size=36), st.integers(1, 4), st.integers(0, 3))
def test_answers_dealt_again_among_the_people_of_a_group_show_the_same(ratings: list[int], shift: int, of: int) -> None:
    def year(given_: dict[str, tuple[int, str]]) -> tuple[Programme, list[GroupFormed]]:
        programme = Programme(pairs(18, state=ENDED))
        for who, (rating, text) in given_.items():
            programme.says(who, f"s{who[1:]}", rating=rating, helps=text, hinders=text[::-1])
        return programme, programme.counted()

    first = {who: (rating, f"text {n}") for n, (who, rating) in enumerate(zip(WHO, ratings, strict=False))}
    programme, formed = year(first)
    keys = formed[of % len(formed)].members
    again = dict(first)
    for n, (_, who, *_) in enumerate(keys):
        again[who] = first[keys[(n + shift) % len(keys)][1]]
    other, _ = year(again)
    assert other.shown() == programme.shown()
