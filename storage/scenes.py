"""Loading what a notice needs to be written, at the moment it is written."""

from datetime import datetime
from typing import TYPE_CHECKING

from mentoring.outcome import Kind, Notice
from mentoring.scene import Scene
from mentoring.status import cohort_status

if TYPE_CHECKING:
    from storage.transaction import Transaction

_COUNTED = frozenset({Kind.COHORT_STATUS, Kind.APPLICATIONS_CLOSED})


def load(tx: "Transaction", notice: Notice, now: datetime) -> Scene | None:
    """The scene of `notice` as it stands at `now` (calendar, aware); None where there is no programme."""
    programme = tx.programmes.current()
    cohort = tx.cohorts.current(programme.id) if programme else None
    if programme is None or cohort is None:
        return None
    counted = notice.kind in _COUNTED
    reader = tx.people.get(notice.to)
    return Scene(
        reader=reader,
        today=reader.today(now),
        programme=programme,
        cohort=cohort,
        owners=tx.owners.all(),
        applications=tx.applications.of(notice.to, cohort.id),
        application=tx.applications.get(notice.about["application"]) if "application" in notice.about else None,
        status=cohort_status(programme, cohort, tx.applications.in_cohort(cohort.id)) if counted else None,
    )
