"""Closing a cohort."""

from handlers.desk import DONE, Answer, Desk, Visit, ground
from mentoring.error import NotForYou
from mentoring.upkeep import close_cohort


def close(desk: Desk, visit: Visit) -> Answer:
    """No more applications and no more matching in the cohort that the button names; everybody whom it concerns is
    told.
    """
    with desk.storage.begin(visit.workspace) as tx:
        programme, cohort = ground(tx)
        if visit.person not in tx.owners.all():
            raise NotForYou
        tx.keep(close_cohort(tx.rounds.get(programme, cohort), visit.value, by=visit.person, now=visit.now))
    return DONE
