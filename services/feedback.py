"""Loads which surveys wait for a person."""

from datetime import date

from mentoring.feedback.answers import Question
from mentoring.feedback.baseline import is_baseline_offered
from mentoring.partnerships.partnership import Partnership
from services.meetings import met_on
from storage.transaction import Transaction


def asks_baseline(tx: Transaction, partnership: Partnership, person: str, today: date) -> bool:
    """Whether the person (a Slack user id) can answer the survey before the first meeting on `today` (in their time
    zone), and has not.
    """
    has_met = bool(met_on(tx, partnership))
    if not is_baseline_offered(partnership, tx.people.get(person), today, has_met=has_met):
        return False
    return not tx.feedback.has_answered(partnership.id, person, Question.BASELINE)
