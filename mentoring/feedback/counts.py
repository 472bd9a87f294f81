"""How many answers were asked for and given: counted on Mondays, and never less than before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.core.outcome import NOTHING, Outcome
from mentoring.feedback.answers import Feedback, Question, early_survey_until
from mentoring.feedback.baseline import has_baseline
from mentoring.partnerships.partnership import Partnership

AnswerKey = tuple[str, str, Question]
"""The partnership, the person (Slack user id) and the stage of what somebody sent."""


@dataclass(frozen=True)
class AnswersCounted:
    """Answers that `AnswerCount.answered` now includes."""

    keys: tuple[AnswerKey, ...]


@dataclass(frozen=True)
class AnswerCount:
    """How many answers were `asked` for in a round, and how many came, as of the last Monday. Neither ever falls.

    After an early end the survey is optional: it counts as asked for only if it was answered. The survey before counts
    as asked for in a round once somebody has answered it.
    """

    question: Question
    cohort_id: str
    asked: int
    answered: int


def count_stage(
    question: Question,
    cohort_id: str,
    partnerships: Sequence[Partnership],
    answers: Sequence[Feedback],
    before: AnswerCount | None,
    now: datetime,
) -> Outcome:
    """Count what was sent at one stage of one round since `before`, the last count. `now` is the calendar, aware."""
    new = tuple((each.partnership_id, each.person, each.question) for each in answers if not each.is_counted)
    before = before or AnswerCount(question, cohort_id, 0, 0)
    answered = before.answered + len(new)
    if question is Question.BASELINE and not answered:
        return NOTHING  # partnerships of before the upgrade were never asked
    early = {each.id for each in partnerships if question is Question.SURVEY and early_survey_until(each)}
    asked = [each for each in partnerships if _is_asked(question, each)]
    due = {each.id for each in asked if _due(question, each) <= _last_day(each, now)}
    was_asked = 2 * len(due) + sum(answer.partnership_id in early for answer in answers)
    count = AnswerCount(question, cohort_id, max(before.asked, was_asked, answered), answered)
    if count == before:
        return NOTHING
    return Outcome((count, *([AnswersCounted(new)] if new else [])))


def _is_asked(question: Question, partnership: Partnership) -> bool:
    match question:
        case Question.BASELINE:
            return has_baseline(partnership)
        case Question.CHECK_IN:
            return partnership.has_check_in
        case Question.SURVEY:
            return True


def _due(question: Question, partnership: Partnership) -> date:
    match question:
        case Question.BASELINE:
            return partnership.started_on
        case Question.CHECK_IN:
            return partnership.check_in_on
        case Question.SURVEY:
            return partnership.survey_on


def _last_day(partnership: Partnership, now: datetime) -> date:
    """The last day on which its people could be asked."""
    return (partnership.over_at or now).date()
