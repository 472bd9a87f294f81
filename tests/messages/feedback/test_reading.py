"""What people say: figures, bars and all comments, page by page; and what is said where nothing can be shown."""

from typing import Any

import pytest

from mentoring.applications.application import Role
from mentoring.feedback.answers import MOST_WORDS, Question
from mentoring.feedback.counted_items import RATING, CountedItem
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.groups import AnswerBar, Extreme, FeedbackGroup, GroupKind, StageFigures
from mentoring.feedback.items import FeedbackItem
from mentoring.feedback.reading import Answers, SignedAnswer
from messages.feedback.reading import MOST_SHOWN, AnswersState, answers_view
from messages.payloads import check_view
from sandbox.blocks import visible_texts
from tests.mentoring.factories import rating_group
from tests.messages.examples import ADA, COHORT, PLAIN

CHECK_IN, SURVEY, BASELINE = Question.CHECK_IN, Question.SURVEY, Question.BASELINE


def answers(*groups: FeedbackGroup, counts: tuple[AnswerCount, ...] = (), signed: Any = ()) -> Answers:
    return Answers({COHORT.id: COHORT}, counts, groups, tuple(signed))


def read(found: Answers, **state: str) -> str:
    view = answers_view(found, AnswersState(**state), PLAIN)
    check_view(view)
    return "\n".join(visible_texts(view["blocks"]))


def all_pages(found: Answers, pages: int) -> list[str]:
    return [read(found, mark=str(number)) for number in range(1, pages + 1)]


@pytest.mark.parametrize("letter", ["&", "ж", "😀"])
def test_the_longest_comments_fit_in_any_script(letter: str) -> None:
    words = tuple(letter * MOST_WORDS for _ in range(2 * MOST_SHOWN))
    all_pages(answers(rating_group("g1", CHECK_IN, 17, helps=words, hinders=words)), 6)


def test_every_comment_is_read_whole_on_one_page() -> None:
    helps = [f"Helps {number:02} {'x' * 400}" for number in range(13)]
    hinders = [f"Hinders {number:02}" for number in range(12)]
    found = answers(rating_group("g1", CHECK_IN, 17, helps=helps, hinders=hinders))
    pages = all_pages(found, 4)
    assert all(sum(text in page.splitlines() for page in pages) == 1 for text in (*helps, *hinders))
    assert read(found, mark="99") == pages[-1]
    assert read(found, mark="x") == pages[0]


def test_an_average_says_of_how_many_it_is_and_bars_say_how_often() -> None:
    stage = StageFigures(CHECK_IN, 12, 40, bars=(AnswerBar("2", 2), AnswerBar("4", 10)))
    page = read(
        answers(
            FeedbackGroup("g1", CountedItem(RATING, 1, (CHECK_IN,)), GroupKind.COMPLETE, COHORT.id, None, 11, (stage,))
        )
    )
    assert "Average: 3.3 out of 5. 12 answers of 11 people." in page
    assert page.index("10 · 4 – Well") < page.index("2 · 2 – Not so well")
    nearly = StageFigures(CHECK_IN, 12, 48, bars=(AnswerBar("4", 10, or_more=True),))
    item = CountedItem(FeedbackItem.TRUST, 1, (CHECK_IN,))
    page = read(answers(FeedbackGroup("g1", item, GroupKind.COMPLETE, COHORT.id, None, 11, (nearly,))))
    assert "10 or more · 4 – Mostly" in page
    assert "2 · the rest" in page


def test_before_stands_against_after_of_the_same_people() -> None:
    item = CountedItem(FeedbackItem.ABLE, 1, (BASELINE, SURVEY))
    stages = (StageFigures(BASELINE, 6, 14), StageFigures(SURVEY, 6, 27, Extreme.HIGH))
    page = read(answers(FeedbackGroup("g1", item, GroupKind.COMPLETE, COHORT.id, None, 6, stages)))
    assert "Before: 2.3 out of 5. After: 4.5 or more out of 5. 6 answers of 6 people, from the same people." in page


def test_training_needs_come_by_how_often_they_were_named() -> None:
    bars = (AnswerBar("c_fair", 3), AnswerBar("c_talk", 7))
    item = CountedItem(FeedbackItem.LEARN, 1, (CHECK_IN,))
    stage = StageFigures(CHECK_IN, 10, None, bars=bars)
    page = read(answers(FeedbackGroup("g1", item, GroupKind.COMPLETE, COHORT.id, None, 10, (stage,))))
    assert "Training needs" in page
    assert page.index("7 · Listen") < page.index("3 · Notice")


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (0, ("any more: at least 5 more answers are needed.", "at least 15 more")),
        (4, ("any more: at least 1 more answer is needed.", "at least 11 more")),
        (9, ("Once no one can answer any more: these answers, if they are of enough people", "at least 6 more")),
    ],
)
def test_where_nothing_can_be_shown_it_says_why_and_how_many_are_needed(
    answered: int, expected: tuple[str, str]
) -> None:
    page = read(answers(counts=(AnswerCount(CHECK_IN, COHORT.id, 20, answered),)))
    assert f"{answered} of 20 answered" in page
    assert all(words in page for words in expected)


def test_what_was_signed_has_its_name_and_what_was_not_has_none() -> None:
    signed = SignedAnswer(ADA, Role.MENTEE, COHORT.id, CHECK_IN, RATING, 5, (("helps", "Time."),))
    found = answers(rating_group("g1", CHECK_IN, 17, helps=["Walks."]), signed=[signed])
    page = read(found, mark="2")
    assert page.count(ADA) == 2
    assert "5 – Very well" in page
    assert ADA not in page[page.index("Walks.") - 40 :]
    assert "Time." not in read(found, mark="2", role="mentor")
    assert "Time." not in read(found, mark="2", stage="survey")


def test_a_group_of_both_roles_is_not_in_one_of_them() -> None:
    found = answers(rating_group("g1", CHECK_IN, 17))
    assert "Average: 3.4" in read(found)
    assert "No figures of one role alone yet." in read(found, role="mentee")


def test_before_the_first_count_it_says_when_answers_are_counted() -> None:
    page = read(answers(), stage="baseline")
    assert "nothing is counted yet. I count answers on Mondays." in page
    assert "counted on Monday." not in page


def test_a_count_of_both_roles_is_not_taken_for_that_of_one() -> None:
    found = answers(rating_group("g1", CHECK_IN, 17), counts=(AnswerCount(CHECK_IN, COHORT.id, 20, 17),))
    page = read(found, role="mentee")
    assert "17 of 20 answered in both roles, as counted on Monday." in page
    assert "Choose *Both roles*" in page
    assert "Nothing can be shown yet" not in page
    assert "17 of 20 answered, as counted on Monday." in read(found)
