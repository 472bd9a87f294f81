"""Loads what the owners of a programme read of answers."""

from mentoring.core.acting import ActingPerson
from mentoring.feedback.reading import Answers
from storage import Transaction


def load_answers(tx: Transaction, programme_id: str, acting: ActingPerson) -> Answers:
    """The answers of the programme, for one of its owners. Raises NotForYou."""
    found = [cohort for id in tx.cohorts.of_programme(programme_id) if (cohort := tx.cohorts.get(id))]
    rounds = {each.id: each for each in sorted(found, key=lambda each: (each.starts_on, each.id), reverse=True)}
    current = tx.programme(programme_id)[1].id
    return Answers(
        rounds,
        tuple(each for each in tx.feedback.counts() if each.cohort_id in rounds),
        tuple(each for each in tx.feedback.groups() if (each.cohort_id or current) in rounds),
        tuple(tx.private(acting).signed_answers(programme_id)),
    )
