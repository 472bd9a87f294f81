"""The questions that a programme adds to its surveys: on the card, and in its form."""

from collections.abc import Iterator
from typing import Final

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.feedback.added import MOST_ADDED
from mentoring.feedback.items import SHELF, SHELF_BEFORE, FeedbackItem
from mentoring.partnerships.timing import is_asked_early
from mentoring.programmes.survey_settings import SurveysForm
from messages.feedback.added import SHELF_WORDS
from messages.forms import Input, MultiSelect, Option, Submission, TextInput, Values
from messages.payloads import limits
from messages.programmes.lines import Lines
from messages.text import escape

SURVEYS_TITLE: Final = "Questions in surveys"
ABOUT: Final = (
    f"You can add up to {MOST_ADDED} questions to what we ask anyway, from the list and in your own words together. "
    "The closing survey asks them. You see averages of at least five people, as for all answers."
)
_SHOWN: Final = 80
"""Characters of a question on the card."""


def survey_fields(programme: Programme) -> Iterator[Input]:
    asks_before = any(map(is_asked_early, programme.lengths))
    before = {each: "Asked before the first meeting, too." for each in SHELF_BEFORE if asks_before}
    yield MultiSelect(
        block_id=FieldName.SURVEY_SHELF,
        label="From our list",
        options=[Option(item, SHELF_WORDS[item], before.get(item, "")) for item in SHELF],
        optional=True,
    )
    yield TextInput(
        block_id=FieldName.SURVEY_STATEMENTS,
        label="In your own words",
        hint=(
            "One statement per line, such as “I felt welcome.” People answer from “Yes, fully” to “No”. If you change "
            "its words, it is a new question, and its answers are counted apart."
        ),
        most=limits.TYPED,
        lines=True,
        optional=True,
    )


def survey_values(programme: Programme) -> Values:
    return {
        FieldName.SURVEY_SHELF: list(programme.survey_shelf),
        FieldName.SURVEY_STATEMENTS: "\n".join(programme.survey_statements) or None,
    }


def survey_words(programme: Programme) -> str:
    """The settings in short, in mrkdwn."""
    shelf = [SHELF_WORDS[FeedbackItem(each)] for each in programme.survey_shelf]
    asked = [f"• {escape(each)}" for each in (*shelf, *programme.survey_statements)]
    return "\n".join([f"*{SURVEYS_TITLE}*", *(asked or ["Only ours."])])


class SurveysSubmission(Submission):
    survey_shelf: tuple[str, ...] = ()
    survey_statements: Lines = ()


def parse_surveys(given: Values) -> SurveysForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = SurveysSubmission.model_validate(given)
    return SurveysForm(sent.survey_shelf, sent.survey_statements)
