"""Leave until a day: of the person themselves, and of somebody whom an owner puts on leave."""

from datetime import date

from handlers.context import DONE, AppContext, OpenModal, Reply, Request, Response
from handlers.drafts import load_draft, submission
from handlers.owners import require_owner
from handlers.people_list import application_shown_again
from mentoring.core.errors import StaleRequest
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.pauses.pause import can_pause
from mentoring.people.absences import AbsenceContext
from mentoring.people.errors import NothingToPause
from mentoring.people.leave import LeaveRequest, end_leave, go_on_leave, parts_of
from messages import forms, ids, leave
from messages.in_programme import message_in, view_in
from services.drafts import draft_name
from services.people import load_affected
from services.programmes import as_read
from services.sessions import leave_sessions
from storage import Transaction


def show_pause(app: AppContext, request: Request) -> Response:
    """Until when the person is on leave, or how to go on leave."""
    with app.storage.read(request.workspace) as tx:
        context = load_affected(tx, tx.people.get(request.person))
        programme = _programme_for(tx, request, context)
        parts, today = parts_of(context), context.person.today(request.now)
        reply = leave.reply_about_pause(
            context.person,
            as_read(tx, programme),
            takes_part=bool(parts),
            partnerships=[one for each in parts for one in each.active if can_pause(one, context.people, today)],
        )
    return Reply(message_in(reply, programme.id))


def open_leave(app: AppContext, request: Request) -> Response:
    """Open the form, for the person of the button, or for oneself."""
    person_id, role = leave.read_leave_value(request.value)
    person_id = person_id or request.person
    with app.storage.read(request.workspace) as tx:
        context = load_affected(tx, tx.people.get(person_id))
        programme, person = _programme_for(tx, request, context), context.person
        if not any(person_id == request.person or each.id == programme.id for each in parts_of(context)):
            raise NothingToPause
        draft = load_draft(tx, request, _draft_name(request, person_id, role, programme))
        until = person.leave.until.isoformat() if person.leave else None
        view = leave.leave_form(
            person_id,
            person.leave,
            as_read(tx, programme),
            draft or {FieldName.BACK_ON: until},
            role="" if person_id == request.person else role,
            restored=draft is not None,
            root=str((request.view or {}).get("id", "")),
            below=forms.meta_or_empty(request.view).below,
        )
    return OpenModal(view_in(view, programme.id))


def submit_leave(app: AppContext, request: Request) -> Response:
    """Put the person on leave until the chosen day. The application below the form and the list show it."""
    view = request.view or {}
    meta = forms.meta_of(view)
    until = leave.parse_leave(forms.read(view))
    person_id = meta.about or request.person
    with submission(app, request) as tx:
        context = load_affected(tx, tx.people.get(person_id), request.now)
        programme = _programme_for(tx, request, context)
        seen = _day_of(meta.version)
        outcome = go_on_leave(context, until, _request(tx, request, person_id, programme), seen=seen)
        tx.save(outcome + leave_sessions(tx, person_id, request.now, until))
    return _shown_again(app, request, person_id, meta.form)


def end(app: AppContext, request: Request) -> Response:
    """End the leave of the person of the button, or one's own."""
    person_id, role = leave.read_leave_value(request.value)
    person_id = person_id or request.person
    with app.storage.begin(request.workspace) as tx:
        context = load_affected(tx, tx.people.get(person_id))
        programme = _programme_for(tx, request, context)
        was_on_leave = context.person.leave is not None
        tx.save(end_leave(context, _request(tx, request, person_id, programme)))
    if person_id == request.person and was_on_leave:
        return DONE
    if person_id != request.person and (request.view or {}).get("callback_id") == ids.APPLICATION_VIEW:
        return _shown_again(app, request, person_id, role)
    return Reply(leave.leave_ended(own=person_id == request.person), leave.TITLE)


def _request(tx: Transaction, request: Request, person_id: str, programme: Programme) -> LeaveRequest:
    programme_id = "" if person_id == request.person else programme.id
    return LeaveRequest(request.person, request.now, tx.new_id(), programme_id)


def _programme_for(tx: Transaction, request: Request, context: AbsenceContext) -> Programme:
    """The programme of the owner who acts for somebody, or one in which the person themselves takes part."""
    if context.person.id != request.person:
        return require_owner(tx, request)[0]
    programme = _own_programme(tx, context)
    if programme is None:
        raise NothingToPause
    return programme


def _own_programme(tx: Transaction, context: AbsenceContext) -> Programme | None:
    """One in which they take part, whose words they read; the first one if there is none. A leave holds in all."""
    parts = {each.id for each in parts_of(context)}
    found = [programme for programme, _ in tx.programmes.all()]
    return next((each for each in found if each.id in parts), found[0] if found else None)


def _draft_name(request: Request, person_id: str, role: str, programme: Programme) -> str:
    if person_id == request.person:
        return draft_name(ids.LEAVE_FORM, ids.LEAVE_FORM, programme_id=programme.id)
    return draft_name(ids.LEAVE_FORM, role, person_id, programme.id)


def _day_of(version: int) -> date | None:
    """The day that the form showed, or None for none. Raises StaleRequest for a version that no form has."""
    try:
        return date.fromordinal(version) if version else None
    except (ValueError, OverflowError):
        raise StaleRequest from None


def _shown_again(app: AppContext, request: Request, person_id: str, role: str) -> Response:
    """The application from which an owner came, and the list below it; nothing for the person themselves."""
    view, meta = request.view or {}, forms.meta_or_empty(request.view)
    here = meta.root if view.get("callback_id") == ids.LEAVE_FORM else str(view.get("id", ""))
    if person_id == request.person or not here:
        return DONE
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        sent = [each for each in tx.applications.newest_of([person_id], programme.id) if each.role == role]
    if not sent:
        return DONE
    root = str(view.get("root_view_id") or "")
    return application_shown_again(app, request, sent[0].id, here, "" if root == here else root, meta.below)
