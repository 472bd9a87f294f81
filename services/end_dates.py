"""Loads what moving the agreed end of a partnership needs."""

from mentoring.partnerships.end_date import EndContext
from mentoring.partnerships.partnership import Partnership
from storage import Transaction


def load_end_context(tx: Transaction, partnership: Partnership) -> EndContext:
    """The data of `mentoring.partnerships.end_date.change_end` and of the rules that call it."""
    return EndContext(
        partnership,
        tx.programme_of(partnership.cohort_id)[0],
        tx.people.get_many(each for each in partnership.people if each),
        tx.scheduled_jobs.pending_of(partnership),
        tx.agreements.followed(partnership.id),
    )
