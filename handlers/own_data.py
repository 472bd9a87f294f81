"""What is kept about a person: showing it, sending it as a file, and erasing it."""

from handlers.context import AppContext, OpenModal, ReplaceForm, Reply, Request, Response
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import user_id
from mentoring.own_data.erasing import ErasureContext, check_erasure
from messages import forms
from messages.own_data.erasure import erase_again_form, erase_form, erased_view
from messages.own_data.file import OwnDataFormat
from messages.own_data.page import TITLE, page
from messages.payloads import Message, message
from services.own_data import load_erasure_context, own_data_of
from services.people import erase_person
from storage import Transaction


def show(app: AppContext, request: Request) -> Response:
    """What is kept about the person, and what they can do about it."""
    with app.storage.read(request.workspace) as tx:
        return Reply(own_page(tx, request), TITLE)


def own_page(tx: Transaction, request: Request) -> Message:
    return page(own_data_of(tx, request.person, tx.own_records.read_by(request.person)))


def send_html(app: AppContext, request: Request) -> Response:
    """Send it as a page to read."""
    return _send(app, request, OwnDataFormat.HTML)


def send_json(app: AppContext, request: Request) -> Response:
    """Send it as JSON."""
    return _send(app, request, OwnDataFormat.JSON)


def _send(app: AppContext, request: Request, form: OwnDataFormat) -> Response:
    kind = NotificationKind.OWN_DATA
    key = f"{kind}:{form}:{request.person}:{request.trigger_id}"
    with app.storage.begin(request.workspace) as tx:
        tx.people.request_profiles([request.person], request.now)
        told = Notification(key, kind, request.person, {"format": form}, is_reply=True)
        tx.save(Outcome(notifications=(told,)))
    return Reply(message("Your file is on its way, as a direct message from me."), TITLE)


def open_erasure(app: AppContext, request: Request) -> Response:
    """Ask once, with what happens. Raises as `check_erasure`."""
    context, own = _context(app, request, request.value)
    return OpenModal(erase_form(context, own=own))


def ask_again(app: AppContext, request: Request) -> Response:
    """Ask a second time, in place of the first."""
    context, own = _context(app, request, _about(request))
    return ReplaceForm(erase_again_form(context, own=own))


def erase(app: AppContext, request: Request) -> Response:
    """Erase the person. Doing it twice is harmless."""
    context, own = _context(app, request, _about(request))
    erase_person(app.storage, request.workspace, context.person.id, now=request.now, by=request.person)
    return ReplaceForm(erased_view(own=own))


def _about(request: Request) -> str:
    """Whom the form is about. Raises UnknownForm."""
    about = forms.meta_of(request.view or {}).about
    if not user_id(about):
        raise forms.UnknownForm
    return about


def _context(app: AppContext, request: Request, about: str) -> tuple[ErasureContext, bool]:
    person = user_id(about) or request.person
    with app.storage.read(request.workspace) as tx:
        context = load_erasure_context(tx, person)
    check_erasure(context, by=request.person)
    return context, person == request.person
