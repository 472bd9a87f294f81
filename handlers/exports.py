"""The data of a programme as a file, for its owners."""

from handlers.context import AppContext, Reply, Request, Response
from handlers.owners import require_owner
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.exports.export import ExportNaming, record_export
from messages import forms
from messages.exports import TITLE, export_offer
from messages.in_programme import message_in
from messages.payloads import message
from messages.status.charts import FileFormat
from services.programmes import as_read


def open_export(app: AppContext, request: Request) -> Response:
    """Say what can be exported, and ask how people are to be named. Raises NotForYou."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        return Reply(message_in(export_offer(as_read(tx, programme)), programme.id), TITLE)


def send_workbook(app: AppContext, request: Request) -> Response:
    """Send an owner the data as a workbook of Excel."""
    return _send(app, request, FileFormat.XLSX)


def send_csv(app: AppContext, request: Request) -> Response:
    """Send an owner the data as CSV files in one archive."""
    return _send(app, request, FileFormat.CSV)


def _send(app: AppContext, request: Request, form: FileFormat) -> Response:
    """Record it and send it. Doing it twice is harmless."""
    kind = NotificationKind.DATA_EXPORT
    key = f"{kind}:{request.person}:{request.trigger_id}"
    naming = forms.known(ExportNaming, request.value)
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        if not tx.outbox.contains(key):
            tx.people.request_profiles([request.person], request.now)
            refs = {"programme": programme.id, "format": form, "naming": naming}
            told = Notification(key, kind, request.person, refs, is_reply=True)
            act = record_export(tx.new_id(), cohort.id, naming, by=request.person, now=request.now)
            tx.save(act + Outcome(notifications=(told,)))
    return Reply(message("The file is on its way, as a direct message from me."), TITLE)
