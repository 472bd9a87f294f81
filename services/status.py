"""Loads the status of the partnerships, for owners."""

from datetime import datetime

from mentoring.core.owners import is_owner
from mentoring.core.programmes import Cohort
from mentoring.status import PartnershipStatus, partnership_status
from storage import Transaction


def load_partnership_status(tx: Transaction, cohort: Cohort, owner: str, now: datetime) -> PartnershipStatus | None:
    """The status of the partnerships at `now` (calendar, aware), as seen by `owner`; None if they are not an owner."""
    if not is_owner(owner, tx.owners.all()):
        return None
    partnerships = tx.partnerships.all()
    return partnership_status(
        partnerships,
        tx.matches.of_cohort(cohort.id),
        tx.meetings.of(partnership.id for partnership in partnerships),
        tx.feedback.counts(),
        tx.feedback.groups(),
        tx.people.get(owner).today(now),
        tx.people.absent(),
    )
