"""Approving several proposals at once."""

from handlers.context import DONE, AppContext, OpenModal, Request, Response
from handlers.drafts import load_draft, submission
from handlers.matching.review import refreshed_review, review_modal_id
from handlers.owners import load_round_for_approver
from mentoring.matching.approvals import approve_together
from messages import forms, ids
from messages import matching as views
from messages.in_programme import view_in
from services.drafts import draft_name
from services.programmes import name_if_several


def open_approvals(app: AppContext, request: Request) -> Response:
    """Open the form on top of the review."""
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_approver(tx, request)
        programme = round_.programme
        draft = load_draft(tx, request, draft_name(ids.APPROVALS_FORM, ids.APPROVALS_FORM, programme_id=programme.id))
        name = name_if_several(tx, programme)
    ticked = views.parse_approvals(draft) if draft else None
    form = views.approvals_form(round_, request.person, ticked=ticked, root=review_modal_id(request))
    return OpenModal(view_in(form, programme.id, name))


def submit_approvals(app: AppContext, request: Request) -> Response:
    """Approve the ticked proposals, and say in the review which of them were not approved and why."""
    chosen = views.parse_approvals(forms.read(request.view or {}))
    with submission(app, request) as tx:
        round_ = load_round_for_approver(tx, request)
        done = approve_together(round_, chosen, by=request.person, now=request.now)
        tx.save(done.outcome)
    with app.storage.read(request.workspace) as tx:
        round_, result = load_round_for_approver(tx, request), views.approved_text(round_, done)
        return refreshed_review(tx, round_, request, result=result) or DONE
