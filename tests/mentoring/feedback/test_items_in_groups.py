"""Further questions are counted as questions of their own: scales, choices, words, and stages compared."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from mentoring.applications.application import Role
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import CountedItem
from mentoring.feedback.figures import Average, Figure, Needed, Precision, figures, needed, themes
from mentoring.feedback.groups import AnswerBar, GroupFormed, GroupKind
from mentoring.feedback.items import CONTACT_ALLOWED, FeedbackItem, ItemAnswer
from tests.mentoring.feedback.stored_answers import ENDED, Programme, pairs

CHECK_IN, SURVEY = Question.CHECK_IN, Question.SURVEY
BOTH = {"trust": (CHECK_IN, SURVEY)}


def trust(score: int, **facts: Any) -> tuple[ItemAnswer, ...]:
    return (ItemAnswer(FeedbackItem.TRUST, score=score, **facts),)


def learn(*chosen: str, words: str = "") -> tuple[ItemAnswer, ...]:
    return (ItemAnswer(FeedbackItem.LEARN, chosen=chosen, words=words),)


def of_mentees(*items: tuple[ItemAnswer, ...], **facts: Any) -> Programme:
    """Nobody can answer any more; each mentee has answered one of these."""
    programme = Programme(pairs(len(items), state=ENDED))
    for n, each in enumerate(items):
        programme.says(f"M{n}", f"s{n}", rating=n % 5 + 1, items=each, **facts)
    return programme


def shown(programme: Programme, item: str = "trust", **inside: Any) -> list[Figure]:
    return [each for each in figures(programme.groups.values(), **inside) if each.item.id == item]


def test_each_item_is_a_question_of_its_own() -> None:
    programme = of_mentees(*(trust(4) for _ in range(5)), ())
    rated, trusted = programme.counted()
    assert (rated.group.item.id, rated.group.people) == ("rating", 6)
    assert (trusted.group.item, trusted.group.people) == (CountedItem("trust", 1, (CHECK_IN,)), 5)
    (figure,) = shown(programme)
    assert [(each.answers, each.average) for each in figure.stages] == [(5, Average(4.0, Precision.EXACT))]
    assert programme.counted() == []


def test_versions_are_counted_apart() -> None:
    programme = of_mentees(*(trust(4, version=n % 2 + 1) for n in range(9)))
    assert [formed.group.item.version for formed in programme.counted() if formed.group.item.id == "trust"] == [1]


def test_who_may_be_contacted_is_in_no_group() -> None:
    contact = (ItemAnswer(FeedbackItem.CONTACT, chosen=(CONTACT_ALLOWED,)),)
    programme = of_mentees(*(contact for _ in range(10)))
    assert [formed.group.item.id for formed in programme.counted()] == ["rating"]


@pytest.mark.parametrize(
    ("scores", "expected", "rest"),
    [
        ([4] * 9, [], 0),
        ([4] * 5 + [3] * 5, [("3", 5, False), ("4", 5, False)], 0),
        ([4] * 7 + [3, 2, 1], [("1", 1, False), ("2", 1, False), ("3", 1, False), ("4", 7, False)], 0),
        ([4] * 8 + [3, 2], [("4", 8, True)], 2),
        ([4] * 9 + [3], [("4", 8, True)], 2),
        ([4] * 10, [("4", 8, True)], 2),
    ],
)
def test_bars_come_with_ten_people_and_do_not_tell_that_all_said_the_same(
    scores: list[int], expected: list[Any], rest: int
) -> None:
    programme = of_mentees(*map(trust, scores))
    programme.counted()
    (figure,) = shown(programme)
    assert [(bar.value, bar.count, bar.or_more) for bar in figure.stages[0].bars] == expected
    assert figure.stages[0].rest == rest


def test_choices_and_words_are_counted_without_an_average() -> None:
    programme = of_mentees(
        *(learn("c_talk", "c_goals") for _ in range(8)), learn("c_talk", words="To ask"), learn(words="To wait")
    )
    programme.counted()
    (figure,) = shown(programme, "learn")
    (stage,) = figure.stages
    assert stage.average is None
    assert stage.bars == (AnswerBar("c_goals", 8, or_more=True), AnswerBar("c_talk", 8, or_more=True))
    assert sorted(stage.words_of("words")) == ["To ask", "To wait"]


def test_themes_are_what_is_named_most_and_come_from_groups_of_ten() -> None:
    programme = of_mentees(*(learn("c_talk", "c_goals") if n < 4 else learn("c_goals") for n in range(9)))
    programme.counted()
    assert themes(programme.groups.values()) == ()
    programme = of_mentees(*(learn("c_talk", "c_goals") if n < 4 else learn("c_goals") for n in range(10)))
    programme.counted()
    assert themes(programme.groups.values()) == (AnswerBar("c_goals", 8, or_more=True), AnswerBar("c_talk", 4))


def compared(mentees: int, before: range, after: range) -> tuple[Programme, list[GroupFormed]]:
    programme = Programme(pairs(mentees, state=ENDED), compared=BOTH)
    for n in before:
        programme.says(f"M{n}", f"s{n}", CHECK_IN, rating=None, items=trust(2))
    for n in after:
        programme.says(f"M{n}", f"s{n}", SURVEY, rating=None, items=trust(4))
    return programme, programme.counted()


def test_before_and_after_are_of_the_same_people() -> None:
    programme, formed = compared(18, range(12), range(6, 18))
    assert Counter(each.group.kind for each in formed) == {
        GroupKind.COMPLETE: 1,
        GroupKind.ONLY_BEFORE: 1,
        GroupKind.ONLY_AFTER: 1,
    }
    complete, *_ = shown(programme)
    assert [(each.stage, each.people, each.average and each.average.value) for each in complete.stages] == [
        (CHECK_IN, 6, 2.0),
        (SURVEY, 6, 4.0),
    ]


def test_nothing_of_a_comparison_is_shown_before_its_last_stage() -> None:
    programme = Programme(pairs(20), compared=BOTH)
    for n in range(20):
        programme.says(f"M{n}", f"s{n}", rating=None, items=trust(2))
    assert programme.counted() == []
    for n in range(14):
        programme.says(f"M{n}", f"s{n}", SURVEY, rating=None, items=trust(3))
    assert programme.counted() == []
    programme.says("M14", "s14", SURVEY, rating=None, items=trust(3))
    assert [(each.group.kind, each.group.people) for each in programme.counted()] == [(GroupKind.COMPLETE, 10)]
    programme.partnerships = [replace(each, state=ENDED, over_at=programme.now) for each in programme.partnerships]
    programme.counted()
    programme.counted()
    programme.counted()
    programme.counted()
    assert Counter(each.kind for each in programme.groups.values()) == {GroupKind.COMPLETE: 2, GroupKind.ONLY_BEFORE: 1}


def test_what_is_signed_is_in_no_group() -> None:
    programme = of_mentees(*(trust(4) for _ in range(5)), is_signed=True)
    assert [formed.group.item.id for formed in programme.counted()] == ["trust"]
    programme = of_mentees(*(trust(4) for _ in range(4)), trust(4, is_signed=True))
    assert [formed.group.item.id for formed in programme.counted()] == ["rating"]


def test_figures_are_by_round_and_role_and_leave_out_groups_of_both() -> None:
    programme = of_mentees(*(trust(4) for _ in range(4)))
    programme.says("T0", "s0", items=trust(2))
    programme.counted()
    assert len(shown(programme)) == len(shown(programme, cohort_id="c1")) == 1
    assert shown(programme, role=Role.MENTEE) == shown(programme, cohort_id="c2") == []


def test_an_erasure_takes_the_words_of_each_group_that_the_person_is_in() -> None:
    programme = of_mentees(*(learn("c_talk", words=f"text {n}") for n in range(5)))
    programme.counted()
    before = shown(programme, "learn")
    programme.erased("M1")
    (after,) = shown(programme, "learn")
    assert before[0].stages[0].words
    assert after.stages[0].words == ()
    assert replace(after.stages[0], words=before[0].stages[0].words) == before[0].stages[0]


@pytest.mark.parametrize(("answered", "expected"), [(0, (5, 15)), (3, (2, 12)), (5, (0, 10)), (40, (0, 0))])
def test_how_many_more_are_needed_follows_from_the_count_alone(answered: int, expected: tuple[int, int]) -> None:
    assert needed(answered) == Needed(*expected)
