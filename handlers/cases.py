"""Help in confidence: asking for it, and what those who were asked do with it."""

from typing import Any

from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal
from handlers.drafts import load_draft, submission
from handlers.programme_choice import programme_of_mine
from mentoring.cases.case import SENT_AT_ONCE, CaseState, check_asked, open_case, settle
from mentoring.cases.errors import NobodyToAsk
from messages import forms, ids
from messages.cases.form import case_form, parse_case
from messages.cases.referrals import referrals_view
from messages.cases.view import case_view
from messages.forms import FormMetadata
from services.cases import load_contacts
from services.drafts import draft_name
from storage import Transaction


def open_form(app: AppContext, request: Request) -> Response:
    """Open the form to ask somebody. Raises NobodyToAsk."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = programme_of_mine(tx, request)
        contacts = load_contacts(tx, programme, cohort, request.person)
        if not contacts.offered:
            raise NobodyToAsk
        draft = load_draft(tx, request, draft_name(ids.CASE_FORM, ids.CASE_FORM, "", programme.id))
        meta = FormMetadata(form=ids.CASE_FORM, programme=programme.id)
        people = tx.people.get_many(contacts.offered)
        view = case_form(draft or {}, contacts, people, meta=meta, restored=draft is not None)
    return OpenModal(view)


def open_referrals(app: AppContext, request: Request) -> Response:
    """Show the places to go with what is beyond the programme. Nothing is saved, so nobody can learn who looked."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = programme_of_mine(tx, request)
    return OpenModal(referrals_view(programme))


def submit(app: AppContext, request: Request) -> Response:
    """Ask the chosen person, once for each form, and once for two that say the same at once. If it is refused, it is
    saved as a draft.
    """
    view = request.view or {}
    form, programme_id = parse_case(forms.read(view)), forms.meta_of(view).programme
    with submission(app, request) as tx:
        programme, cohort = tx.programme(programme_id)
        case_id = tx.cases.id_of_form(str(view.get("id", "")))
        tx.save(
            open_case(
                form,
                load_contacts(tx, programme, cohort, request.person),
                by=tx.people.get(request.person),
                programme=programme,
                contact=tx.people.get(form.contact),
                case_id=case_id,
                before=tx.cases.get(case_id)
                or tx.cases.asked_already(request.person, programme.id, form, since=request.now - SENT_AT_ONCE),
                now=request.now,
            )
        )
    return DONE


def open_view(app: AppContext, request: Request) -> Response:
    """Show a case to a person who was asked. Raises NoSuchCase."""
    with app.storage.read(request.workspace) as tx:
        return OpenModal(_view(tx, request, request.value))


def refresh(app: AppContext, request: Request) -> Response:
    """Show the case again where the button was; DONE for a button of a message."""
    view_id = request.id_of_view(ids.CASE_VIEW)
    if not view_id:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(_view(tx, request, forms.meta_of(request.view or {}).about), view_id)


def say_talked(app: AppContext, request: Request) -> Response:
    return _settle(app, request, CaseState.TALKED)


def close(app: AppContext, request: Request) -> Response:
    return _settle(app, request, CaseState.CLOSED)


def _settle(app: AppContext, request: Request, state: CaseState) -> Response:
    with app.storage.begin(request.workspace) as tx:
        case = check_asked(tx.cases.get(request.value), request.person)
        tx.save(settle(case, state, by=request.person))
    return refresh(app, request)


def _view(tx: Transaction, request: Request, case_id: str) -> dict[str, Any]:
    case = check_asked(tx.cases.get(case_id), request.person)
    words = tx.private(request.acting).case_words(case)
    return case_view(case, words, by=request.person, opened_on=tx.people.get(request.person).today(case.opened_at))
