"""Where things stand: for an applicant at once, for an owner in a DM."""

from handlers.desk import Answer, Desk, Say, Visit, ground
from mentoring.outcome import Kind, Notice, Outcome
from messages import status


def show(desk: Desk, visit: Visit) -> Answer:
    """What this person sent. An owner is also owed the cohort's status."""
    with desk.storage.begin(visit.workspace) as tx:
        programme, cohort = ground(tx)
        today = tx.people.get(visit.person).today(visit.now)
        private = tx.private(visit.person)
        sent = [
            (application, private.confidence(application))
            for application in tx.applications.of(visit.person, cohort.id).values()
        ]
        is_owner = visit.person in tx.owners.all()
        if is_owner:
            tx.people.ask_about([visit.person], visit.now)
            key = f"{Kind.COHORT_STATUS}:{visit.person}:{tx.new_id()}"
            tx.keep(Outcome(notices=(Notice(key, Kind.COHORT_STATUS, visit.person, asked=True),)))
    return Say(status.on_its_way(programme) if is_owner and not sent else status.mine(programme, cohort, sent, today))
