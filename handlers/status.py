"""Status: for applicants and partners as a reply, for owners as a direct message."""

from handlers.context import AppContext, OpenModal, Reply, Request, Response
from handlers.partnerships import view_of
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.owners import is_owner
from messages import ids, status
from services.programmes import as_read


def show(app: AppContext, request: Request) -> Response:
    """Show this person's active partnerships or, without any or from the status button, their applications.

    An owner also gets the cohort's status as a direct message.
    """
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = tx.require_programme()
        for_owner = is_owner(request.person, tx.owners.all())
        if for_owner:
            tx.people.request_profiles([request.person], request.now)
            key = f"{NotificationKind.COHORT_STATUS}:{request.person}:{request.trigger_id}"
            tx.save(
                Outcome(
                    notifications=(Notification(key, NotificationKind.COHORT_STATUS, request.person, is_reply=True),)
                )
            )
        partnerships = tx.partnerships.of(request.person)
        if request.action != ids.OPEN_STATUS and any(partnership.is_active for partnership in partnerships):
            return OpenModal(view_of(tx, request))
        private = tx.private(request.acting)
        sent = [
            (application, private.private_answers(application))
            for application in tx.applications.of(request.person, cohort.id).values()
        ]
        matches = tx.matches.of(request.person, cohort.id)
        reader = tx.people.get(request.person)
        today = reader.today(request.now)
        programme = as_read(tx, programme)
    if for_owner and not sent:
        return Reply(status.on_its_way(programme))
    return Reply(status.mine(programme, cohort, sent, today, matches=matches, partnerships=partnerships, reader=reader))
