"""Telling the programme something: the form, and what its owners do with it."""

from handlers.context import DONE, AppContext, OpenModal, Request, Response, open_or_update
from handlers.drafts import load_draft, submission
from handlers.owners import require_owner
from handlers.programme_choice import one_of
from mentoring.core.programmes import Cohort, Programme
from mentoring.remarks.errors import NotTakingPart
from mentoring.remarks.remark import can_tell, is_collecting, mark_read, tell
from messages import forms, ids
from messages.forms import FormMetadata
from messages.in_programme import view_in
from messages.remarks.form import parse_remark, remark_form
from messages.remarks.view import page_from, remarks_view
from services.drafts import draft_name
from services.programmes import memberships_of, name_if_several
from services.remarks import remark_groups, takes_part
from storage import Transaction


def open_form(app: AppContext, request: Request) -> Response:
    """Open the form to tell the programme something. Raises NotTakingPart, SeveralProgrammes."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = _programme(tx, request)
        draft = load_draft(tx, request, draft_name(ids.REMARK_FORM, ids.REMARK_FORM, "", programme.id))
        view = remark_form(
            draft or {},
            collects=is_collecting(cohort, tx.people.get(request.person).today(request.now)),
            meta=FormMetadata(form=ids.REMARK_FORM, programme=programme.id),
            restored=draft is not None,
            where=name_if_several(tx, programme),
        )
    return OpenModal(view)


def _programme(tx: Transaction, request: Request) -> tuple[Programme, Cohort]:
    """The programme that the button names, or else the only one that the person can tell something."""
    if request.programme:
        programme, cohort = tx.programme(request.programme)
        if not takes_part(tx, cohort, request.person):
            raise NotTakingPart
        return programme, cohort
    found = [
        (each.programme, each.cohort)
        for each in memberships_of(tx, request.person)
        if can_tell(each.cohort, each.applications.values(), each.partnerships)
    ]
    if not found:
        raise NotTakingPart
    return one_of(tx, request, found)


def submit(app: AppContext, request: Request) -> Response:
    """Tell the programme, once for each form. If it is refused, it is saved as a draft."""
    view = request.view or {}
    form, programme_id = parse_remark(forms.read(view)), forms.meta_of(view).programme
    with submission(app, request) as tx:
        _, cohort = tx.programme(programme_id)
        remark_id = tx.remarks.id_of_form(str(view.get("id", "")))
        tx.save(
            tell(
                form,
                by=tx.people.get(request.person),
                cohort=cohort,
                owners=tx.roles.present_owners(programme_id),
                takes_part=takes_part(tx, cohort, request.person),
                remark_id=remark_id,
                is_said=tx.remarks.is_said(remark_id),
                now=request.now,
            )
        )
    return DONE


def mark_as_read(app: AppContext, request: Request) -> Response:
    """Say that an owner has read it. Raises NoSuchRemark."""
    with app.storage.begin(request.workspace) as tx:
        remark = tx.remarks.get(request.value)
        owners = tx.roles.owners(remark.programme_id) if remark else ()
        tx.save(mark_read(remark, by=request.person, owners=owners, now=request.now))
    return DONE


def open_groups(app: AppContext, request: Request) -> Response:
    """Show owners a page of what people wrote without their names. Raises NotForYou, SeveralProgrammes."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        view = remarks_view(remark_groups(tx, programme.id), page_from(request.value))
        view = view_in(view, programme.id, name_if_several(tx, programme))
    return open_or_update(request, view)
