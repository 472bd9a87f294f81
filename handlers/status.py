"""Status: for applicants and partners as a reply, for owners and sponsors as a direct message."""

from collections.abc import Mapping

from handlers.context import AppContext, OpenModal, Reply, Request, Response
from handlers.owners import require_owner
from handlers.partnerships import view_of
from handlers.programme_choice import programme_of_mine
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.programmes import Programme
from mentoring.core.roles import ProgrammeRole
from messages import ids, status
from messages.in_programme import message_in
from messages.payloads import message
from messages.status.charts import FileFormat
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


def send_charts(app: AppContext, request: Request) -> Response:
    """Send an owner the charts of the round as a direct message."""
    return _send(app, request, NotificationKind.ROUND_CHARTS, {}, "The charts of the round are on their way.")


def send_workbook(app: AppContext, request: Request) -> Response:
    """Send an owner the numbers of the charts as a workbook of Excel."""
    return _send_file(app, request, FileFormat.XLSX)


def send_csv(app: AppContext, request: Request) -> Response:
    """Send an owner the numbers of the charts as a CSV file."""
    return _send_file(app, request, FileFormat.CSV)


def _send_file(app: AppContext, request: Request, form: FileFormat) -> Response:
    return _send(app, request, NotificationKind.ROUND_FIGURES, {"format": form}, "The file is on its way.")


def _send(app: AppContext, request: Request, kind: NotificationKind, refs: Mapping[str, str], words: str) -> Response:
    with app.storage.begin(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        tx.people.request_profiles([request.person], request.now)
        tx.save(_reply(request, programme, kind, refs))
    return Reply(message(words))


_READERS = frozenset({ProgrammeRole.OWNER, ProgrammeRole.SPONSOR})


def _ask_for_status(request: Request, programme: Programme) -> Outcome:
    return _reply(request, programme, NotificationKind.COHORT_STATUS, {})


def _reply(request: Request, programme: Programme, kind: NotificationKind, refs: Mapping[str, str]) -> Outcome:
    key = f"{kind}:{programme.id}:{request.person}:{request.trigger_id}"
    told = Notification(key, kind, request.person, {**refs, "programme": programme.id}, is_reply=True)
    return Outcome(notifications=(told,))
