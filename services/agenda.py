"""Loads the agenda of a first meeting, for one of the two people."""

from mentoring.agenda.agenda import Agenda, AgendaStep, agenda_of
from mentoring.partnerships.partnership import Partnership
from services.meetings import met_on
from storage import Transaction


def with_meetings(tx: Transaction, partnership: Partnership, stored: tuple[AgendaStep, ...]) -> Agenda:
    """The agenda with its `stored` steps, as it stands after the meetings that the two have logged."""
    guide = tx.programme_of(partnership.cohort_id)[0].first_guide
    return agenda_of(partnership, stored, has_met=bool(met_on(tx, partnership)), guide=guide)
