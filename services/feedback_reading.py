"""Loads what the owners of a programme read of answers, and what its mentors do."""

from mentoring.core.acting import ActingPerson
from mentoring.feedback.figures import themes
from mentoring.feedback.groups import AnswerBar, FeedbackGroup
from mentoring.feedback.reading import Answers
from storage import Transaction


def load_answers(tx: Transaction, programme_id: str, acting: ActingPerson) -> Answers:
    """The answers of the programme, for one of its owners. Raises NotForYou."""
    found = tx.cohorts.in_programme(programme_id)
    rounds = {each.id: each for each in sorted(found, key=lambda each: (each.starts_on, each.id), reverse=True)}
    return Answers(
        rounds,
        tuple(each for each in tx.feedback.counts() if each.cohort_id in rounds),
        tuple(groups_of_programme(tx, programme_id)),
        tuple(tx.private(acting).signed_answers(programme_id)),
    )


def load_themes(tx: Transaction, programme_id: str) -> tuple[AnswerBar, ...]:
    """What people of the programme would like to learn, the most frequent first, for its mentors."""
    return themes(groups_of_programme(tx, programme_id, with_words=False))


def groups_of_programme(tx: Transaction, programme_id: str, *, with_words: bool = True) -> list[FeedbackGroup]:
    """All groups of answers of the programme, `with_words` or without the comments.

    Groups from before groups had rounds are those of the programme that was there then.
    """
    rounds = tx.cohorts.of_programme(programme_id)
    current = tx.programme(programme_id)[1].id
    return [each for each in tx.feedback.groups(with_words=with_words) if (each.cohort_id or current) in rounds]
