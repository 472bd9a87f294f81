"""Counts and averages of an evaluation in words. All plain text."""

from typing import Final

from mentoring.core.programmes import Cohort
from mentoring.evaluation.counts import ShownCount
from mentoring.evaluation.figures import Evaluation, QuestionFigures
from mentoring.feedback.answers import MOST_RATING, Question
from mentoring.feedback.figures import Average, Summary
from mentoring.status import LEAST_SHOWN
from messages.feedback.averages import average_words
from messages.programmes.cohorts import day, days, ended_on

QUESTIONS: Final = {
    Question.BASELINE: ("Before we begin", "Where do you stand?"),
    Question.CHECK_IN: ("Check-in", "How is it going?"),
    Question.SURVEY: ("Closing survey", "Was it worth your time?"),
}
"""The name of each question, and what was asked."""


def question_name(figures: QuestionFigures) -> str:
    return QUESTIONS[figures.question][0]


def count(number: ShownCount) -> str:
    """As far as it may be told."""
    if number.exact is not None:
        return f"{number.exact:,}"
    if number.most is not None:
        return f"fewer than {LEAST_SHOWN}"
    return f"{number.least:,} or more" if number.least else "not shown"


def average(summary: Summary | None) -> str:
    """The average, for a table; "not shown" while there is no group."""
    if summary is None or summary.average is None:
        return "not shown"
    return average_words(Average(summary.average, summary.precision))


def average_out_of(summary: Summary) -> str:
    """The average of a group, for a sentence."""
    return f"{average(summary)} out of {MOST_RATING}"


def dates(cohort: Cohort) -> str:
    """From the first day of its partnerships to its last day, as planned or as it was closed."""
    return days(cohort.starts_on, max(ended_on(cohort), cohort.starts_on))


def round_name(cohort: Cohort) -> str:
    """For a column or the middle of a sentence."""
    return f"round from {day(cohort.starts_on)}"


def subtitle(evaluation: Evaluation) -> str:
    state = "Evaluation at the end" if evaluation.is_final else "Review while the round runs"
    return f"{state}. Round: {dates(evaluation.round.cohort)}. Made on {day(evaluation.made_on)}."
