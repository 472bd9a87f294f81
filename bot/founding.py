"""A programme at once: on the first start with owners one is founded, so that people can apply in the first minute."""

from collections.abc import Sequence
from datetime import datetime

from mentoring.outcome import Outcome
from mentoring.programme import found, welcome
from storage import Storage


def found_if_new(storage: Storage, workspace: str, owners: Sequence[str], now: datetime) -> None:
    """Let `owners` (Slack user ids) be the owners, and found their programme if there is none. `now` is the calendar's.

    Without owners named, those of before stay, so that a forgotten variable does not lock anybody out.
    """
    if not owners:
        return
    with storage.begin(workspace) as tx:
        before = tx.owners.all()
        tx.owners.name(owners)
        tx.people.ask_about(owners, now)
        programme = tx.programmes.current()
        if programme is None:
            tx.keep(found(programme_id=tx.new_id(), cohort_id=tx.new_id(), owners=owners, today=now.date()))
        else:
            joined = [owner for owner in owners if owner not in before]
            tx.keep(Outcome(notices=tuple(welcome(programme.id, owner) for owner in joined)))
