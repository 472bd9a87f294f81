"""The survey before: who is asked, until when, what is needed, and that it can be corrected until it is counted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.core.errors import InvalidForm, MentoringError, Missing, NoLongerOffered, NotForYou, OutOfRange, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.feedback.answers import Feedback, Question
from mentoring.feedback.baseline import (
    FeedbackCorrected,
    check_baseline,
    has_baseline,
    is_baseline_offered,
    record_baseline,
)
from mentoring.feedback.errors import BaselineClosed, BaselineCounted, MostNotChosen
from mentoring.feedback.items import FeedbackItem, ItemAnswer, areas_of, given, yardstick
from mentoring.partnerships.errors import AlreadyEnded, NotAsked
from mentoring.partnerships.partnership import Partnership, PartnershipState
from tests.mentoring.factories import ADA, BEN, CHI, partnership
from tests.mentoring.values import at, person

FIRST_DAYS, LAST_DAY, TOO_LATE = at("2027-01-06T12:00"), at("2027-01-25T12:00"), at("2027-01-26T12:00")
TWO = ("a_skill", "a_honest")
SAID = given(
    (
        ItemAnswer(FeedbackItem.DIRECTION, 3),
        ItemAnswer(FeedbackItem.ABLE, 4),
        ItemAnswer(FeedbackItem.MATTERS, chosen=TWO),
        ItemAnswer(FeedbackItem.MOST, chosen=("a_honest",)),
    )
)


def says(items: tuple[ItemAnswer, ...] = SAID, by: str = ADA, **circumstances: Any) -> Outcome:
    usual: dict[str, Any] = {"before": None, "now": FIRST_DAYS}
    one = circumstances.pop("partnership", partnership())
    return record_baseline(one, items, by=person(by), **{**usual, **circumstances})


def kept(outcome: Outcome) -> Feedback:
    (change,) = outcome.changes
    assert isinstance(change, Feedback)
    assert not outcome.notifications
    return change


def with_answers(*more: ItemAnswer) -> tuple[ItemAnswer, ...]:
    theirs = {each.item for each in more}
    return given((*(each for each in SAID if each.item not in theirs), *more))


@pytest.mark.parametrize(
    ("one", "is_asked"),
    [
        (partnership(), True),
        (partnership(months=3), True),
        (partnership(months=0, weeks=12), True),
        (partnership(months=0, weeks=6), False),
        (partnership(entered_on=date(2027, 1, 4)), False),
    ],
)
def test_people_are_asked_in_new_partnerships_of_twelve_weeks_or_more(one: Partnership, is_asked: bool) -> None:
    assert has_baseline(one) is is_asked
    if not is_asked:
        with pytest.raises(NotAsked):
            says(partnership=one)


def test_it_is_offered_for_three_weeks_until_a_meeting_is_logged() -> None:
    one, ada = partnership(), person(ADA)

    def offered(now: Any, has_met: bool = False, of: Partnership = one) -> bool:
        return is_baseline_offered(of, ada, ada.today(now), has_met=has_met)

    assert offered(FIRST_DAYS)
    assert offered(LAST_DAY)
    assert not offered(TOO_LATE)
    assert not offered(FIRST_DAYS, has_met=True)
    assert not offered(FIRST_DAYS, of=partnership(state=PartnershipState.ENDED))


def test_answers_are_kept_and_nobody_is_told() -> None:
    answer = kept(says())
    assert (answer.question, answer.person, answer.rating, answer.items) == (Question.BASELINE, ADA, None, SAID)


def test_what_matters_alone_matters_most() -> None:
    alone = with_answers(ItemAnswer(FeedbackItem.MATTERS, chosen=("a_skill",)))
    (most,) = (each for each in kept(says(alone)).items if each.item is FeedbackItem.MOST)
    assert most.chosen == ("a_skill",)


@pytest.mark.parametrize(
    ("items", "reasons"),
    [
        ((), (Missing(FieldName.MATTERS),)),
        (with_answers(ItemAnswer(FeedbackItem.MOST)), (Missing(FieldName.MOST),)),
        (with_answers(ItemAnswer(FeedbackItem.MOST, chosen=("a_ropes",))), (MostNotChosen(FieldName.MOST),)),
        (
            with_answers(ItemAnswer(FeedbackItem.MATTERS, chosen=(*TWO, "a_ropes", "a_courage"))),
            (TooLong(FieldName.MATTERS, 3),),
        ),
        (
            with_answers(ItemAnswer(FeedbackItem.MATTERS, chosen=("a_honest", "a_giving"))),
            (NoLongerOffered(FieldName.MATTERS),),
        ),
        (with_answers(ItemAnswer(FeedbackItem.ABLE, 6)), (OutOfRange(FieldName.ABLE, 1, 5),)),
    ],
)
def test_what_is_wrong_is_said_at_its_field(items: tuple[ItemAnswer, ...], reasons: tuple[MentoringError, ...]) -> None:
    with pytest.raises(InvalidForm) as caught:
        says(items)
    assert caught.value.reasons == reasons


def test_it_can_be_corrected_until_it_is_counted() -> None:
    before, other = kept(says()), with_answers(ItemAnswer(FeedbackItem.ABLE, 2))
    assert says(before=before) is NOTHING
    (corrected,) = says(other, before=before).changes
    assert isinstance(corrected, FeedbackCorrected)
    assert corrected.answer.items == other
    for counted in (replace(before, is_counted=True), replace(before, group_id="g1")):
        assert says(before=counted) is NOTHING, "the same answers once more change nothing"
        with pytest.raises(BaselineCounted):
            says(other, before=counted)
        with pytest.raises(BaselineCounted):
            check_baseline(partnership(), person(ADA), before=counted, today=FIRST_DAYS.date(), has_met=False)


def test_an_answer_after_the_last_day_is_refused_and_one_after_a_meeting_is_taken() -> None:
    kept(says(now=LAST_DAY))
    with pytest.raises(BaselineClosed) as caught:
        says(now=TOO_LATE)
    assert caught.value.until == date(2027, 1, 25)
    with pytest.raises(BaselineClosed) as caught:
        check_baseline(partnership(), person(ADA), before=None, today=FIRST_DAYS.date(), has_met=True)
    assert caught.value.until is None


def test_it_is_for_the_two_while_they_are_together() -> None:
    with pytest.raises(NotForYou):
        says(by=CHI)
    with pytest.raises(AlreadyEnded):
        says(partnership=partnership(state=PartnershipState.ENDED))
    mentor = given((ItemAnswer(FeedbackItem.MATTERS, chosen=("a_giving",)),))
    assert kept(says(mentor, by=BEN)).person == BEN


def test_the_yardstick_is_each_persons_own_and_what_matters_most_counts_twice() -> None:
    assert areas_of(SAID) == (FeedbackItem.A_HONEST, FeedbackItem.A_SKILL)
    later = (ItemAnswer(FeedbackItem.A_HONEST, 5), ItemAnswer(FeedbackItem.A_SKILL, 2))
    assert yardstick(SAID, later) == pytest.approx(4.0)
    assert yardstick(SAID, later[1:]) == pytest.approx(2.0)
    assert yardstick(SAID, (ItemAnswer(FeedbackItem.A_ROPES, 5),)) is None
