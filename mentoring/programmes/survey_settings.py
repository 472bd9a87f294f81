"""The part of the settings about the questions that the programme adds to its surveys."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mentoring.core.errors import MentoringError, NoLongerOffered, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.feedback.added import MOST_ADDED, with_asked
from mentoring.feedback.items import SHELF
from mentoring.programmes.aims import MOST_IN_AIM
from mentoring.programmes.errors import TooManyQuestions


@dataclass(frozen=True)
class SurveysForm:
    """Ids of questions of the shelf, and statements of the owners, a line each."""

    survey_shelf: tuple[str, ...]
    survey_statements: tuple[str, ...]


def apply_surveys(programme: Programme, form: SurveysForm) -> Programme:
    """The programme with the values of the form."""
    return with_surveys_asked(
        replace(programme, survey_shelf=form.survey_shelf, survey_statements=form.survey_statements)
    )


def with_surveys_asked(programme: Programme) -> Programme:
    """The programme, of which the statements that it asks are known as asked."""
    return replace(programme, asked_statements=with_asked(programme.asked_statements, programme.survey_statements))


def surveys_errors(form: SurveysForm) -> Iterator[MentoringError]:
    """Yield the problems of the form."""
    if not set(form.survey_shelf) <= set(map(str, SHELF)):
        yield NoLongerOffered(FieldName.SURVEY_SHELF)
    if any(len(line) > MOST_IN_AIM for line in form.survey_statements):
        yield TooLong(FieldName.SURVEY_STATEMENTS, MOST_IN_AIM)
    if (count := len(form.survey_shelf) + len(form.survey_statements)) > MOST_ADDED:
        field = FieldName.SURVEY_STATEMENTS if form.survey_statements else FieldName.SURVEY_SHELF
        yield TooManyQuestions(field, count, MOST_ADDED)
