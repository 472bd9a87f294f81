"""What each is asked in confidence, and what the owners may see of the answers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.core.errors import (
    InvalidForm,
    MentoringError,
    Missing,
    NoLongerOffered,
    NotForYou,
    OutOfRange,
    TooLong,
)
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.feedback.answers import (
    MOST_WORDS,
    Audience,
    CheckInChoice,
    Feedback,
    FeedbackForm,
    Question,
    question_open,
    record_check_in,
    record_survey,
)
from mentoring.feedback.items import FeedbackItem, ItemAnswer
from mentoring.partnerships.endings import end
from mentoring.partnerships.errors import AlreadyEnded, NotAsked
from mentoring.partnerships.partnership import Partnership, PartnershipState, RequestedPause
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, SECOND, answer, changed, partnership, told
from tests.mentoring.values import at, person

HALF_WAY, AT_THE_END = at("2027-07-05T12:00"), at("2028-01-05T12:00")
CHECK_IN = FeedbackForm(4, "Good talks", "Little time", CheckInChoice.GO_ON)
SURVEY = FeedbackForm(5, "The walks", "The distance")
OWNERS = (OWNER, SECOND)


def check_in(form: FeedbackForm = CHECK_IN, by: str = ADA, **circumstances: Any) -> Outcome:
    usual: dict[str, Any] = {"owners": OWNERS, "asked": True, "before": None, "now": HALF_WAY}
    one = circumstances.pop("partnership", partnership())
    return record_check_in(one, form, by=person(by), **{**usual, **circumstances})


def survey(form: FeedbackForm = SURVEY, by: str = ADA, **circumstances: Any) -> Outcome:
    usual: dict[str, Any] = {"asked": True, "before": None, "other_answered": False, "now": AT_THE_END}
    one = circumstances.pop("partnership", partnership())
    return record_survey(one, form, by=person(by), **{**usual, **circumstances})


# Which question is open.


@pytest.mark.parametrize(
    ("day", "question"),
    [
        ("2027-01-04", None),
        ("2027-07-03", None),
        ("2027-07-04", Question.CHECK_IN),
        ("2028-01-03", Question.CHECK_IN),
        ("2028-01-04", Question.SURVEY),
        ("2028-01-24", Question.SURVEY),
    ],
)
def test_the_check_in_is_open_from_half_way_to_the_end_and_the_survey_from_then_on(
    day: str, question: Question | None
) -> None:
    today = at(f"{day}T12:00").date()
    assert question_open(partnership(), today) is question
    for state in (PartnershipState.ENDED, PartnershipState.CLOSED):
        assert question_open(partnership(state=state), today) is None


def test_the_survey_is_open_although_a_pause_beyond_the_end_has_moved_the_check_in_after_it() -> None:
    """From 4 January for a year; a pause from May to the next February moves the check-in by nine months."""
    lasted = RequestedPause(ADA, at("2027-05-03T10:00"), date(2028, 2, 7), date(2028, 2, 7))
    late = partnership(months=12, pause=lasted, paused=lasted.length)
    assert late.check_in_on > late.survey_on
    assert question_open(late, late.survey_on) is Question.SURVEY


# The check-in.


@pytest.mark.parametrize("by", [ADA, BEN])
def test_a_check_in_is_kept_with_who_may_read_it_and_the_person_is_thanked(by: str) -> None:
    outcome = check_in(by=by)
    assert outcome.changes == (
        Feedback(
            partnership_id="s1",
            person=by,
            question=Question.CHECK_IN,
            rating=4,
            helps="Good talks",
            hinders="Little time",
            decision=CheckInChoice.GO_ON,
            audience=Audience.COUNTED,
            answered_at=HALF_WAY,
        ),
    )
    assert told(outcome) == [(NotificationKind.CHECK_IN_THANKS, by)]
    assert outcome.notifications[0].is_reply


def test_who_would_like_a_word_is_named_to_the_owners_and_nothing_else_of_the_answer_is() -> None:
    outcome = check_in(replace(CHECK_IN, decision=CheckInChoice.A_WORD))
    wanted = [notice for notice in outcome.notifications if notice.kind is NotificationKind.WORD_WANTED]
    assert [notice.recipient for notice in wanted] == list(OWNERS)
    assert all(dict(notice.refs) == {"by": ADA, "cohort": "c1"} for notice in wanted)
    assert len({notice.key for notice in wanted}) == 2
    assert BEN not in {notice.recipient for notice in outcome.notifications}
    assert changed(outcome, Partnership) == []


def test_who_would_like_to_end_it_ends_it_as_anybody_does_and_without_blame() -> None:
    outcome = check_in(replace(CHECK_IN, decision=CheckInChoice.END))
    ended = end(partnership(), by=BEN, owners=OWNERS, now=HALF_WAY)
    assert changed(outcome, Partnership) == list(ended.changes)
    assert [notice for notice in outcome.notifications if notice.kind is not NotificationKind.CHECK_IN_THANKS] == list(
        ended.notifications
    )


def test_who_would_like_to_go_on_tells_nobody() -> None:
    assert {notice.recipient for notice in check_in().notifications} == {ADA}


# The survey.


@pytest.mark.parametrize(("other_answered", "closes"), [(False, False), (True, True)])
def test_a_survey_is_kept_and_the_partnership_closes_once_both_have_answered(
    other_answered: bool, closes: bool
) -> None:
    outcome = survey(other_answered=other_answered)
    (kept,) = changed(outcome, Feedback)
    assert (kept.question, kept.rating, kept.decision) == (Question.SURVEY, 5, None)
    assert [one.state for one in changed(outcome, Partnership)] == ([PartnershipState.CLOSED] if closes else [])
    closing = [(NotificationKind.PARTNERSHIP_CLOSED, ADA), (NotificationKind.PARTNERSHIP_CLOSED, BEN)]
    assert told(outcome) == (closing if closes else [(NotificationKind.SURVEY_THANKS, ADA)])


def test_a_survey_asks_for_no_decision_and_keeps_none() -> None:
    assert changed(survey(replace(SURVEY, decision=CheckInChoice.A_WORD)), Feedback)[0].decision is None
    assert told(survey(replace(SURVEY, decision=CheckInChoice.END)), NotificationKind.PARTNERSHIP_ENDED) == []


# The survey after an early end.

EARLY = partnership(state=PartnershipState.ENDED, over_at=at("2027-03-01T10:00"))


@pytest.mark.parametrize(
    ("one", "today", "question"),
    [
        (EARLY, "2027-03-01", Question.SURVEY),
        (EARLY, "2027-03-22", Question.SURVEY),
        (EARLY, "2027-03-23", None),
        (replace(EARLY, over_at=at("2028-01-05T10:00")), "2028-01-06", None),
        (replace(EARLY, state=PartnershipState.CLOSED), "2027-03-02", None),
    ],
)
def test_after_an_early_end_it_is_open_for_three_weeks(one: Partnership, today: str, question: Question | None) -> None:
    assert question_open(one, date.fromisoformat(today)) is question


def test_after_an_early_end_nothing_is_needed_and_nothing_changes_but_the_answer() -> None:
    for form in (FeedbackForm(None, helps="Walks"), FeedbackForm(None, items=(), never_met=True, helps="Walks")):
        outcome = survey(form, partnership=EARLY, other_answered=True)
        (kept,) = changed(outcome, Feedback)
        assert (kept.rating, kept.helps) == (None, "Walks")
        assert changed(outcome, Partnership) == []
        assert told(outcome) == [(NotificationKind.SURVEY_THANKS, ADA)]
        assert survey(form, partnership=EARLY, before=kept) == NOTHING
    with pytest.raises(InvalidForm):
        survey(FeedbackForm(9), partnership=EARLY)


def test_a_form_with_nothing_in_it_is_neither_saved_nor_thanked_for() -> None:
    for form in (FeedbackForm(None), FeedbackForm(None, never_met=True)):
        assert survey(form, partnership=EARLY) == NOTHING


# Both.


@pytest.mark.parametrize("record", [check_in, survey])
@pytest.mark.parametrize(
    "circumstances",
    [
        {"before": answer(ADA)},
        {"asked": False},
        {"partnership": partnership(state=PartnershipState.ENDED), "asked": False},
        {"partnership": partnership(state=PartnershipState.CLOSED)},
    ],
    ids=["answered before", "not their time", "ended", "closed"],
)
def test_nobody_answers_twice_nor_before_or_after_their_time(record: Any, circumstances: dict[str, Any]) -> None:
    with pytest.raises(AlreadyEnded if "partnership" in circumstances else NotAsked):
        record(**circumstances)


@pytest.mark.parametrize("record", [check_in, survey])
@pytest.mark.parametrize("state", PartnershipState)
def test_the_same_answer_sent_twice_is_once_whatever_came_of_it(record: Any, state: PartnershipState) -> None:
    (kept,) = changed(record(), Feedback)
    assert record(before=kept, partnership=partnership(state=state)) == NOTHING


@pytest.mark.parametrize("record", [check_in, survey])
@pytest.mark.parametrize("somebody", [CHI, OWNER, ""])
def test_nobody_answers_for_the_two(record: Any, somebody: str) -> None:
    with pytest.raises(NotForYou):
        record(by=somebody)


@pytest.mark.parametrize(
    ("form", "reasons"),
    [
        (FeedbackForm(None), (Missing(FieldName.RATING),)),
        (FeedbackForm(0), (OutOfRange(FieldName.RATING, 1, 5),)),
        (FeedbackForm(6), (OutOfRange(FieldName.RATING, 1, 5),)),
        (FeedbackForm(1, "h" * MOST_WORDS, "h" * MOST_WORDS), ()),
        (FeedbackForm(5, "h" * (MOST_WORDS + 1)), (TooLong(FieldName.HELPS, MOST_WORDS),)),
        (
            FeedbackForm(None, hinders="h" * (MOST_WORDS + 1)),
            (Missing(FieldName.RATING), TooLong(FieldName.HINDERS, MOST_WORDS)),
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(form: FeedbackForm, reasons: tuple[MentoringError, ...]) -> None:
    def refusals(record: Any, sent: FeedbackForm) -> tuple[MentoringError, ...]:
        try:
            record(sent)
        except InvalidForm as caught:
            return caught.reasons
        return ()

    assert refusals(survey, form) == reasons
    assert refusals(check_in, form) == (*reasons, Missing(FieldName.DECISION))
    assert refusals(check_in, replace(form, decision=CheckInChoice.GO_ON)) == reasons


def test_an_answer_is_kept_once_each_for_the_check_in_and_the_survey() -> None:
    half_way = changed(check_in(), Feedback)[0]
    at_the_end = changed(survey(now=HALF_WAY + timedelta(days=200)), Feedback)[0]
    assert (half_way.question, at_the_end.question) == (Question.CHECK_IN, Question.SURVEY)
    assert half_way.audience is at_the_end.audience is Audience.COUNTED


# Two people who never met, and the further questions.

WHY = ItemAnswer(FeedbackItem.WHY_NOT, chosen=("no-time",))
NEVER_MET = FeedbackForm(None, items=(WHY, ItemAnswer(FeedbackItem.WORDS, words="Ask")), never_met=True)


def test_who_never_met_rates_nothing_and_the_second_answer_closes_it() -> None:
    (kept,) = changed(survey(NEVER_MET), Feedback)
    assert (kept.question, kept.rating, kept.items) == (Question.SURVEY, None, NEVER_MET.items)
    assert survey(NEVER_MET, before=kept) == NOTHING
    with pytest.raises(NotAsked):
        survey(before=kept)
    assert [one.state for one in changed(survey(NEVER_MET, other_answered=True), Partnership)] == [
        PartnershipState.CLOSED
    ]


def test_to_change_something_is_told_to_nobody() -> None:
    assert told(check_in(replace(CHECK_IN, decision=CheckInChoice.CHANGE))) == [(NotificationKind.CHECK_IN_THANKS, ADA)]


@pytest.mark.parametrize("decision", [CheckInChoice.GO_ON, CheckInChoice.A_WORD, CheckInChoice.CHANGE])
def test_owners_hear_once_whether_they_are_asked_to_talk_or_may_contact(decision: CheckInChoice) -> None:
    may = ItemAnswer(FeedbackItem.CONTACT, chosen=("yes",))
    outcome = check_in(replace(CHECK_IN, decision=decision, items=(may,)))
    wanted = [notice for notice in outcome.notifications if notice.kind is NotificationKind.WORD_WANTED]
    assert [notice.recipient for notice in wanted] == list(OWNERS)
    assert all(("may" in notice.refs) is (decision is not CheckInChoice.A_WORD) for notice in wanted)


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ((ItemAnswer(FeedbackItem.TRUST, score=6),), OutOfRange(FieldName.TRUST, 1, 5)),
        ((ItemAnswer(FeedbackItem.OFTEN, chosen=("daily",)),), NoLongerOffered(FieldName.OFTEN)),
        ((ItemAnswer(FeedbackItem.LEARN, words="x" * 151),), TooLong(FieldName.LEARN_WORDS, 150)),
    ],
)
def test_a_further_answer_that_is_wrong_is_said_at_its_field(
    items: tuple[ItemAnswer, ...], reason: MentoringError
) -> None:
    with pytest.raises(InvalidForm) as caught:
        check_in(replace(CHECK_IN, items=items))
    assert caught.value.reasons == (reason,)


def test_who_never_met_says_why() -> None:
    with pytest.raises(InvalidForm) as caught:
        survey(FeedbackForm(None, never_met=True))
    assert caught.value.reasons == (Missing(FieldName.WHY_NOT),)
