"""What falls due by itself. Each promise is owed under a unique key, so that asking twice owes nothing twice."""

from datetime import datetime

from mentoring.outcome import Outcome
from mentoring.status import applications_closed
from storage import Storage


def owe_what_is_due(storage: Storage, workspace: str, now: datetime) -> None:
    """Owe all that has fallen due by `now` (calendar, aware). What was missed during an outage is owed late, once."""
    with storage.read(workspace) as tx:
        programme = tx.programmes.current()
        cohort = tx.cohorts.current(programme.id) if programme else None
        if programme is None or cohort is None:
            return
        owners = tuple(tx.people.get(owner) for owner in tx.owners.all())
        fallen_due = applications_closed(programme, cohort, owners, now)
        notices = tuple(notice for notice in fallen_due if not tx.outbox.knows(notice.key))
    if notices:
        with storage.begin(workspace) as tx:
            tx.keep(Outcome(notices=notices))
