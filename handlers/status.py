"""Where things stand: for an applicant and for partners at once, for an owner in a DM."""

from handlers.context import AppContext, OpenModal, Reply, Request, Response, ground
from handlers.partnerships import view_of
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from messages import ids, status


def show(desk: AppContext, visit: Request) -> Response:
    """This person's partnerships, or (always from the button that says so) what they sent. An owner is also owed the
    cohort's status.
    """
    with desk.storage.begin(visit.workspace) as tx:
        programme, cohort = ground(tx)
        is_owner = visit.person in tx.owners.all()
        if is_owner:
            tx.people.ask_about([visit.person], visit.now)
            key = f"{NotificationKind.COHORT_STATUS}:{visit.person}:{visit.trigger_id}"
            tx.keep(Outcome(notices=(Notification(key, NotificationKind.COHORT_STATUS, visit.person, asked=True),)))
        partnerships = tx.partnerships.of(visit.person)
        if visit.action != ids.OPEN_STATUS and any(partnership.is_active for partnership in partnerships):
            return OpenModal(view_of(tx, visit))
        private = tx.private(visit.person)
        sent = [
            (application, private.confidence(application))
            for application in tx.applications.of(visit.person, cohort.id).values()
        ]
        matches = tx.matches.of(visit.person, cohort.id)
        today = tx.people.get(visit.person).today(visit.now)
    if is_owner and not sent:
        return Reply(status.on_its_way(programme))
    return Reply(status.mine(programme, cohort, sent, today, matches=matches, partnerships=partnerships))
