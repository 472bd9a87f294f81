"""The agenda of a first meeting: showing it, ticking, leaving out and adding steps."""

from typing import Any

from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership
from mentoring.agenda import agenda as rules
from mentoring.agenda.agenda import Agenda, AgendaStepState
from mentoring.core.errors import StaleRequest
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition
from messages import forms, ids
from messages.agenda.step_form import FORM, parse_step, step_form
from messages.agenda.view import view
from services.agenda import with_meetings
from services.drafts import draft_name
from storage import Transaction


def open_agenda(app: AppContext, request: Request) -> Response:
    """Show the agenda of the partnership of the button, in place of the list of partnerships if that is open."""
    with app.storage.read(request.workspace) as tx:
        shown = _view(tx, request, find_partnership(tx, request.value, request))
    return open_or_update(request, shown, instead_of={ids.PARTNERSHIPS_VIEW})


def tick(app: AppContext, request: Request) -> Response:
    return _mark(app, request, AgendaStepState.TICKED)


def open_again(app: AppContext, request: Request) -> Response:
    """Take the tick of a step away, or put back one that was left out."""
    return _mark(app, request, AgendaStepState.OPEN)


def leave_out(app: AppContext, request: Request) -> Response:
    return _mark(app, request, AgendaStepState.LEFT_OUT)


def open_step_form(app: AppContext, request: Request) -> Response:
    """Open the form that adds a step."""
    with app.storage.read(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request)
        check_transition(PartnershipEvent.CHANGE_AGENDA, partnership, request.person)
        draft = load_draft(tx, request, draft_name(ids.AGENDA_STEP_FORM, FORM, partnership.id))
        root = request.id_of_view(ids.AGENDA_VIEW)
        form = step_form(partnership, draft or {}, by=request.person, root=root, restored=draft is not None)
    return OpenModal(form)


def submit_step(app: AppContext, request: Request) -> Response:
    """Add a step, once for each form."""
    showing = request.view or {}
    meta = forms.meta_of(showing)
    if meta.form != FORM:
        raise forms.UnknownForm
    words = parse_step(forms.read(showing))
    with submission(app, request) as tx:
        agenda = _agenda(tx, request, find_partnership(tx, meta.about, request))
        key = tx.agendas.key_of_form(str(showing.get("id", "")))
        tx.save(rules.add_step(agenda, words, by=request.person, key=key))
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(_view(tx, request, agenda.partnership), meta.root)


def refresh(app: AppContext, request: Request) -> Response:
    """After a refusal, show the agenda as it stands, if it is what is open."""
    partnership_id = _about(request)
    with app.storage.read(request.workspace) as tx:
        return open_or_update(request, _view(tx, request, find_partnership(tx, partnership_id, request)))


def _mark(app: AppContext, request: Request, state: AgendaStepState) -> Response:
    partnership_id = _about(request)
    with app.storage.begin(request.workspace) as tx:
        partnership = find_partnership(tx, partnership_id, request)
        tx.save(rules.mark_step(_agenda(tx, request, partnership), request.value, state, by=request.person))
        return open_or_update(request, _view(tx, request, partnership))


def _about(request: Request) -> str:
    """The id of the partnership whose agenda is open. Raises StaleRequest for a button that is somewhere else."""
    showing = request.view or {}
    if showing.get("callback_id") != ids.AGENDA_VIEW:
        raise StaleRequest(typed=False)
    return forms.meta_or_empty(showing).about


def _agenda(tx: Transaction, request: Request, partnership: Partnership) -> Agenda:
    return with_meetings(tx, partnership, tx.private(request.acting).agenda(partnership))


def _view(tx: Transaction, request: Request, partnership: Partnership) -> dict[str, Any]:
    return view(
        _agenda(tx, request, partnership),
        by=request.person,
        programme=tx.programme_of(partnership.cohort_id)[0],
        people=tx.people.get_many(each for each in partnership.people if each),
    )
