"""Status: for applicants and partners as a reply, for owners and sponsors as a direct message."""

from handlers.context import AppContext, OpenModal, Reply, Request, Response
from handlers.partnerships import view_of
from handlers.programme_choice import programme_of_mine
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.programmes import Programme
from mentoring.core.roles import ProgrammeRole
from messages import ids, status
from messages.in_programme import message_in
from services.programmes import as_read


def show(app: AppContext, request: Request) -> Response:
    """Show this person's active partnerships or, without any or from the status button, their applications.

    An owner also gets the cohort's status as a direct message, and a sponsor the programme's figures.
    """
    with app.storage.begin(request.workspace) as tx:
        partnerships = tx.partnerships.of(request.person)
        is_partner = any(partnership.is_active for partnership in partnerships)
        roles = tx.roles.of(request.person)
        readers = {each for each, held in roles.items() if held & _READERS}
        if is_partner and not readers and request.action != ids.OPEN_STATUS:
            return OpenModal(view_of(tx, request))
        programme, cohort = programme_of_mine(tx, request)
        as_message = programme.id in readers
        if as_message:
            tx.people.request_profiles([request.person], request.now)
            tx.save(_ask_for_status(request, programme))
            if is_partner and request.action != ids.OPEN_STATUS:
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
        theirs = [each for each in partnerships if tx.cohorts.programme_of(each.cohort_id) == programme.id]
    if as_message and not sent:
        return Reply(status.on_its_way(programme))
    mine = status.mine(programme, cohort, sent, today, matches=matches, partnerships=theirs, reader=reader)
    return Reply(message_in(mine, programme.id))


_READERS = frozenset({ProgrammeRole.OWNER, ProgrammeRole.SPONSOR})


def _ask_for_status(request: Request, programme: Programme) -> Outcome:
    key = f"{NotificationKind.COHORT_STATUS}:{programme.id}:{request.person}:{request.trigger_id}"
    refs = {"programme": programme.id}
    return Outcome(
        notifications=(Notification(key, NotificationKind.COHORT_STATUS, request.person, refs, is_reply=True),)
    )
