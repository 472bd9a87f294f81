"""Loads the status of a programme's partnerships, as an owner may see it."""

from datetime import datetime

from mentoring.core.programmes import Cohort
from mentoring.status import PartnershipStatus, partnership_status
from storage import Transaction


def load_partnership_status(tx: Transaction, cohort: Cohort, owner: str, now: datetime) -> PartnershipStatus | None:
    """Count the programme's partnerships at `now` (calendar, aware) for the owner `owner`; None for anybody else."""
    if owner not in tx.owners.all():
        return None
    partnerships = tx.partnerships.all()
    return partnership_status(
        partnerships,
        tx.matches.of_cohort(cohort.id),
        tx.meetings.of(partnership.id for partnership in partnerships),
        tx.private(owner).all_feedback(),
        tx.people.get(owner).today(now),
        tx.people.absent(),
    )
