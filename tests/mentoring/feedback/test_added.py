"""The questions that a programme adds: other words are another question, and the same words stay the same one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.errors import MentoringError, NoLongerOffered, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.feedback.added import AddedItem, added_before, added_items, words_of
from mentoring.feedback.items import OWN, FeedbackItem
from mentoring.programmes.errors import TooManyQuestions
from mentoring.programmes.survey_settings import SurveysForm, apply_surveys, surveys_errors

PROGRAMME = Programme(id="p1", name="Library mentoring")
ONE, TWO, THREE, FOUR = "I felt welcome.", "I had time.", "I learnt a lot.", "I would say yes: again."


def asks(programme: Programme, *statements: str, shelf: tuple[str, ...] = ()) -> Programme:
    return apply_surveys(programme, SurveysForm(shelf, statements))


def statements_of(programme: Programme) -> dict[str, tuple[FeedbackItem, int]]:
    return {each.words: (each.item, each.version) for each in added_items(programme) if each.words}


def test_words_keep_their_place_and_version_and_other_words_get_a_version_of_their_own() -> None:
    first = asks(PROGRAMME, ONE, TWO)
    assert statements_of(first) == {ONE: (FeedbackItem.OWN_1, 1), TWO: (FeedbackItem.OWN_2, 2)}
    swapped = asks(first, TWO, ONE)
    assert statements_of(swapped) == statements_of(first)
    changed = asks(swapped, TWO, FOUR)
    assert statements_of(changed) == {TWO: (FeedbackItem.OWN_2, 2), FOUR: (FeedbackItem.OWN_1, 3)}
    back = asks(changed, ONE, TWO)
    assert statements_of(back) == statements_of(first)
    both = asks(changed, FOUR, ONE)
    assert statements_of(both) == {FOUR: (FeedbackItem.OWN_1, 3), ONE: (FeedbackItem.OWN_2, 4)}, "its place is taken"
    assert words_of(both.asked_statements, FeedbackItem.OWN_1, 1) == ONE
    assert words_of(both.asked_statements, FeedbackItem.OWN_1, 3) == FOUR
    assert (
        words_of(both.asked_statements, FeedbackItem.OWN_2, 3)
        == words_of(both.asked_statements, FeedbackItem.OWN_1, 0)
        == ""
    )


@given(st.lists(st.lists(st.sampled_from([ONE, TWO, THREE, FOUR, "Five."]), unique=True, max_size=3), max_size=12))
def test_no_two_statements_share_a_place_and_no_version_ever_has_other_words(changes: list[list[str]]) -> None:
    programme, known = PROGRAMME, dict[tuple[FeedbackItem, int], str]()
    for statements in changes:
        programme = asks(programme, *statements)
        found = added_items(programme)
        assert [each.words for each in found] == statements
        assert len({each.item for each in found}) == len(found)
        assert {each.item for each in found} <= {*OWN}
        for each in found:
            assert known.setdefault((each.item, each.version), each.words) == each.words


def test_two_of_the_shelf_are_asked_before_too() -> None:
    programme = replace(PROGRAMME, survey_shelf=("support", "stay"))
    assert added_items(programme) == (AddedItem(FeedbackItem.SUPPORT), AddedItem(FeedbackItem.STAY))
    assert added_before(programme) == (AddedItem(FeedbackItem.STAY),)


@pytest.mark.parametrize(
    ("form", "reasons"),
    [
        (SurveysForm(("stay",), (ONE, TWO)), []),
        (SurveysForm(("able",), ()), [NoLongerOffered(FieldName.SURVEY_SHELF)]),
        (SurveysForm((), ("x" * 151,)), [TooLong(FieldName.SURVEY_STATEMENTS, 150)]),
        (SurveysForm(("stay", "belong"), (ONE, TWO)), [TooManyQuestions(FieldName.SURVEY_STATEMENTS, 4, 3)]),
        (
            SurveysForm(("stay", "belong", "alike", "expect"), ()),
            [TooManyQuestions(FieldName.SURVEY_SHELF, 4, 3)],
        ),
    ],
)
def test_three_questions_at_most(form: SurveysForm, reasons: list[MentoringError]) -> None:
    assert list(surveys_errors(form)) == reasons
