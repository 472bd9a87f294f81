"""Closing a cohort."""

from handlers.desk import DONE, Answer, Desk, Visit
from handlers.rounds import owners_round
from mentoring.programmes.cohorts import close_cohort


def close(desk: Desk, visit: Visit) -> Answer:
    """No more applications and no more matching in the cohort that the button names; everybody whom it concerns is
    told.
    """
    with desk.storage.begin(visit.workspace) as tx:
        tx.keep(close_cohort(owners_round(tx, visit), visit.value, by=visit.person, now=visit.now))
    return DONE
