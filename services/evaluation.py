"""Loads the evaluation of a programme: its newest rounds in figures, for sponsors and owners."""

from collections.abc import Sequence
from datetime import date

from mentoring.applications.application import Application
from mentoring.core.lengths import add_months
from mentoring.core.programmes import Cohort, Programme
from mentoring.effort import first_of_month
from mentoring.evaluation.figures import (
    Evaluation,
    OwnerFigures,
    RoundFigures,
    owner_figures,
    round_figures,
)
from mentoring.partnerships.partnership import Partnership
from services.effort import effort_since
from storage import Transaction

_MOST_ROUNDS = 2


def load_evaluation(tx: Transaction, programme: Programme, today: date) -> Evaluation:
    """The evaluation of `programme` on `today`. It renders nothing: that takes no transaction."""
    rounds, begun = _rounds(tx, programme.id), tx.partnerships.rounds_begun(programme.id)
    partnerships = tx.partnerships.in_programme(programme.id)
    named = {each.cohort_id for each in partnerships if any(each.people)}
    newest, *before = [each for each in rounds if each.id in begun] or rounds[:1]
    # A round whose names are past their time cannot be compared: how many people took part is not known any more.
    shown = [newest, *(each for each in before if each.id in named)][:_MOST_ROUNDS]
    applications: list[Application] = []
    figures = []
    for number, cohort in enumerate(rounds[: rounds.index(shown[-1]) + 1]):
        applications += tx.applications.in_cohort(cohort.id)
        if cohort in shown:
            later = rounds[:number]
            until = later[-1].opens_on if later else today
            figures.append(_figures(tx, programme, cohort, applications, partnerships, later, until, today))
    return Evaluation(programme, tuple(figures), today)


def round_to_evaluate(tx: Transaction, current: Cohort) -> Cohort:
    """The round that the evaluation is about: the newest in which people were introduced, or else the `current` one."""
    begun = tx.partnerships.rounds_begun(current.programme_id)
    return next((each for each in _rounds(tx, current.programme_id) if each.id in begun), current)


def _rounds(tx: Transaction, programme_id: str) -> list[Cohort]:
    """All rounds, the newest first."""
    return tx.cohorts.in_programme(programme_id)[::-1]


def _figures(
    tx: Transaction,
    programme: Programme,
    cohort: Cohort,
    applications: Sequence[Application],
    partnerships: Sequence[Partnership],
    later: Sequence[Cohort],
    until: date,
    today: date,
) -> RoundFigures:
    own = [each for each in partnerships if each.cohort_id == cohort.id]
    return round_figures(
        programme,
        cohort,
        applications,
        own,
        tx.meetings.of(each.id for each in own),
        tx.feedback.counts(),
        tx.feedback.groups(),
        tx.people.unavailable(),
        _owners(tx, programme, cohort, until),
        today,
        later_rounds={each.id for each in later},
        next_time=said.words if (said := tx.evaluation_words.get(cohort.id)) else "",
    )


def _owners(tx: Transaction, programme: Programme, cohort: Cohort, until: date) -> OwnerFigures:
    """What the owners did from the day on which the round opened. Months are whole."""
    since, last = first_of_month(cohort.opens_on), add_months(first_of_month(until), 1)
    return owner_figures(
        effort_since(tx, programme.id, since, last),
        [each.kind for each in tx.decisions.of_cohort(cohort.id)],
        tx.owner_record.actions(cohort.id),
    )
