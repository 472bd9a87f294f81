"""Loads the status of the partnerships, for owners."""

from datetime import datetime

from mentoring.core.owners import is_owner
from mentoring.core.programmes import Cohort
from mentoring.status import PartnershipStatus, partnership_status
from storage import Transaction


def load_partnership_status(tx: Transaction, cohort: Cohort, owner: str, now: datetime) -> PartnershipStatus | None:
    """The status of the partnerships in all rounds of the cohort's programme at `now` (calendar, aware), as seen by
    `owner`; None if they are not an owner of it.
    """
    if not is_owner(owner, tx.roles.owners(cohort.programme_id)):
        return None
    partnerships = tx.partnerships.in_programme(cohort.programme_id)
    rounds = tx.cohorts.of_programme(cohort.programme_id)
    return partnership_status(
        partnerships,
        tx.matches.of_cohort(cohort.id),
        tx.meetings.of(partnership.id for partnership in partnerships),
        [count for count in tx.feedback.counts() if count.cohort_id in rounds],
        [group for group in tx.feedback.groups() if (group.cohort_id or cohort.id) in rounds],
        tx.people.get(owner).today(now),
        tx.people.absent(),
    )
