from typing import Any

import pytest

from mentoring.core.fields import FieldName
from mentoring.feedback.answers import CheckInChoice, FeedbackForm, Question
from mentoring.feedback.items import FeedbackItem, ItemAnswer
from messages.feedback import form as feedback
from messages.forms import TICKED, FormMetadata, Values, meta_of
from messages.ids import CHECK_IN_FORM, SURVEY_FORM
from messages.payloads import check_view
from tests.golden.baseline import ANSWERS
from tests.messages.examples import ADA, BEN, NAMES, PARTNERSHIP, PLAIN
from tests.messages.pressing import inputs, options, said


def form(question: Question, by: str = ADA, **more: Any) -> dict[str, Any]:
    names = more.pop("names", NAMES)
    made = feedback.form(question, PARTNERSHIP, more.pop("values", {}), by=by, programme=PLAIN, names=names, **more)
    check_view(made)
    return made


def test_every_question_has_the_name_of_the_field_that_a_refusal_names() -> None:
    rated = {FieldName.RATING, FieldName.HELPS, FieldName.HINDERS, FieldName.SIGNED}
    two = {FieldName.TRUST, FieldName.OFTEN}
    further = two | {FieldName.LEARN, FieldName.LEARN_WORDS, FieldName.MAY_CONTACT}
    assert set(inputs(form(Question.CHECK_IN))) == rated | {FieldName.DECISION} | further
    about_it = {FieldName.TRUST, FieldName.SAME_MATCH, FieldName.PREPARED, FieldName.PRIVATE}
    for_all = rated | {FieldName.AGAIN, FieldName.BETTER, FieldName.SIGNED_WORDS}
    assert set(inputs(form(Question.SURVEY))) == for_all | about_it
    stands = {FieldName.DIRECTION, FieldName.NEXT_STEP, FieldName.ABLE, FieldName.THEN, FieldName.KNOWN_PEOPLE}
    own = {FieldName.A_HONEST, FieldName.A_SKILL}
    assert set(inputs(form(Question.SURVEY, baseline=ANSWERS))) == for_all | stands | own
    assert set(inputs(form(Question.CHECK_IN, baseline=ANSWERS))) - set(inputs(form(Question.CHECK_IN))) == {
        FieldName.A_SKILL
    }, "half-way, only what matters most"
    assert set(inputs(form(Question.SURVEY, never_met=True))) == {
        FieldName.WHY_NOT,
        FieldName.WORDS,
        FieldName.SIGNED_WORDS,
    }


def test_only_two_answers_of_the_check_in_are_needed() -> None:
    needed = {block_id for block_id, block in inputs(form(Question.CHECK_IN)).items() if not block.get("optional")}
    assert needed == {FieldName.RATING, FieldName.DECISION}


def test_what_was_left_out_is_no_answer() -> None:
    sent: dict[str, Any] = {"rating": "4", "decision": "change", "may_contact": [], "learn": []}
    assert feedback.parse(Question.CHECK_IN, sent) == FeedbackForm(4, decision=CheckInChoice.CHANGE)
    filled = {**sent, "trust": "2", "often": "too-seldom", "learn": ["c_fair", "c_talk"], "may_contact": ["yes"]}
    assert feedback.parse(Question.CHECK_IN, filled).items == (
        ItemAnswer(FeedbackItem.TRUST, score=2),
        ItemAnswer(FeedbackItem.OFTEN, chosen=("too-seldom",)),
        ItemAnswer(FeedbackItem.LEARN, chosen=("c_fair", "c_talk")),
        ItemAnswer(FeedbackItem.CONTACT, chosen=("yes",)),
    )
    in_words = feedback.parse(Question.CHECK_IN, {**sent, "learn_words": " To ask "})
    assert in_words.items == (ItemAnswer(FeedbackItem.LEARN, words="To ask"),)


def test_an_answer_is_signed_only_with_a_tick() -> None:
    sent: dict[str, Any] = {"rating": "4", "decision": "go-on", "better": "More", "words": "More"}
    for question in (Question.CHECK_IN, Question.SURVEY):
        assert not feedback.parse(question, sent).is_signed
        assert feedback.parse(question, {**sent, "signed": [TICKED]}).is_signed
    for never_met in (False, True):
        for ticked in ([], [TICKED]):
            form_ = feedback.parse(Question.SURVEY, {**sent, "signed_words": ticked}, never_met=never_met)
            assert [each.is_signed for each in form_.items] == [bool(ticked)]


@pytest.mark.parametrize("value", ["0:4", "-1:4", "99999999999:4", "4", "1:"])
def test_a_version_of_a_statement_that_no_form_can_have_sent_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="StatementSubmission"):
        feedback.parse(Question.SURVEY, {"rating": "4", FieldName.OWN_1: value})


@pytest.mark.parametrize("never_met", [False, True])
def test_nothing_is_signed_where_only_the_partner_would_read_it(never_met: bool) -> None:
    """The form says that the other person is not shown the answers."""
    shown = form(Question.SURVEY, never_met=never_met, can_sign=False)
    assert not {FieldName.SIGNED, FieldName.SIGNED_WORDS} & set(inputs(shown))
    assert "with your name" not in str(shown)


def test_why_two_people_never_met_is_read_without_a_rating() -> None:
    assert feedback.parse(Question.SURVEY, {"why_not": ["no-fit"], "words": "Ask"}, never_met=True) == FeedbackForm(
        None,
        items=(ItemAnswer(FeedbackItem.WHY_NOT, chosen=("no-fit",)), ItemAnswer(FeedbackItem.WORDS, words="Ask")),
        never_met=True,
    )


def test_the_closing_survey_is_read_with_all_its_questions_and_needs_the_first_alone() -> None:
    asked = inputs(form(Question.SURVEY, baseline=ANSWERS))
    assert {block_id for block_id, block in asked.items() if not block.get("optional")} == {FieldName.RATING}
    sent = {"rating": "4", "able": "5", "then": "2", "a_skill": "3", "again": "later", "better": " More time "}
    assert feedback.parse(Question.SURVEY, sent).items == (
        ItemAnswer(FeedbackItem.ABLE, 5),
        ItemAnswer(FeedbackItem.THEN, 2),
        ItemAnswer(FeedbackItem.A_SKILL, 3),
        ItemAnswer(FeedbackItem.AGAIN, chosen=("later",)),
        ItemAnswer(FeedbackItem.BETTER, words="More time"),
    )
    with pytest.raises(ValueError, match="score") as caught:
        feedback.parse(Question.SURVEY, {"able": "secret"})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("question", [Question.CHECK_IN, Question.SURVEY])
def test_who_sees_the_answers_is_said_at_the_top_and_where_it_differs(question: Question) -> None:
    view = form(question)
    top = view["blocks"][0]["text"]["text"]
    assert f"I don’t show them to <@{BEN}>." in top
    assert "numbers and comments of at least five people together, without names" in top
    assert "Please don’t name anyone." in top
    for block_id, block in inputs(view).items():
        hint = block.get("hint", {}).get("text", "")
        assert ("I tell the owners that you’d like to" in hint) is (block_id == FieldName.DECISION)


def test_each_decision_says_what_it_does() -> None:
    view = form(Question.CHECK_IN)
    assert [value for value, _ in options(view, FieldName.DECISION)] == list(CheckInChoice)
    assert "It doesn’t say who ended it" in inputs(view)[FieldName.DECISION]["hint"]["text"]


@pytest.mark.parametrize("question", [Question.CHECK_IN, Question.SURVEY])
def test_the_rating_is_in_words(question: Question) -> None:
    assert [value for value, _ in options(form(question), FieldName.RATING)] == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize(("by", "called"), [(ADA, "your mentor"), (BEN, "your mentee")])
def test_the_other_is_called_by_name_or_by_role(by: str, called: str) -> None:
    assert f"with {NAMES[PARTNERSHIP.other(by)]}?" in said(form(Question.CHECK_IN, by))
    assert f"with {called}?" in said(form(Question.CHECK_IN, by, names={}))


def test_the_form_remembers_what_it_is_about() -> None:
    view = form(Question.SURVEY)
    assert (view["callback_id"], meta_of(view)) == (SURVEY_FORM, FormMetadata(form="survey", about="R1"))
    rooted = form(Question.CHECK_IN, meta=FormMetadata(form="check-in", about="R1", root="V1"))
    assert (rooted["callback_id"], meta_of(rooted).root) == (CHECK_IN_FORM, "V1")


def test_an_answer_arrives_as_the_rules_take_it() -> None:
    values: Values = {"rating": "4", "helps": " Walks ", "hinders": None, "decision": "a-word"}
    assert feedback.parse(Question.CHECK_IN, values) == FeedbackForm(4, "Walks", "", CheckInChoice.A_WORD)
    assert feedback.parse(Question.SURVEY, values) == FeedbackForm(4, "Walks", "", None)
    assert feedback.parse(Question.SURVEY, {}) == FeedbackForm(None)


@pytest.mark.parametrize("values", [{"rating": "a secret"}, {"decision": "a secret"}, {"helps": ["a secret"]}])
def test_what_the_form_cannot_have_sent_is_an_error_that_does_not_repeat_it(values: Values) -> None:
    with pytest.raises(ValueError, match="validation error") as raised:
        feedback.parse(Question.CHECK_IN, values)
    assert "secret" not in str(raised.value)


def test_a_draft_says_that_it_was_kept() -> None:
    kept = form(Question.SURVEY, values={"helps": "Half"}, restored=True)
    assert "We saved what you typed" in said(kept)
    assert inputs(kept)[FieldName.HELPS]["element"]["initial_value"] == "Half"
