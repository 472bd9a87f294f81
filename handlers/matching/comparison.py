"""Comparing two people of the round: why they are not matched, and what matching them would cost."""

from functools import partial

from handlers.context import AppContext, InBackground, OpenModal, Request, Response, UpdateModal
from handlers.matching.review import load_history, review_modal_id
from handlers.owners import load_round_for_approver, require_approver
from mentoring.core.errors import MentoringError
from mentoring.core.programmes import Programme
from mentoring.matching.optimiser import compare
from mentoring.matching.pairing import applications_of_pair
from messages import errors, ids
from messages import matching as views
from messages.in_programme import view_in
from services.errors import report_error


def open_why_not(app: AppContext, request: Request) -> Response:
    """Open the modal in which the two people are chosen, on top of the review."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_approver(tx, request)
    return OpenModal(view_in(views.why_not(programme, ("", ""), root=review_modal_id(request)), programme.id))


def pick_two(app: AppContext, request: Request) -> Response:
    """A person was picked; once there are two, compare them in the same modal."""
    two, root = views.chosen(request.view or {})
    return show_comparison(app, request, two, root)


def show_comparison(
    app: AppContext, request: Request, two: views.Two, root: str, *, refresh: UpdateModal | None = None
) -> Response:
    """Show that the two people are being compared, then compare them in the background and show the result.

    `refresh` updates a second modal. Raises NotForYou, InvalidForm.
    """
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_approver(tx, request)
    programme, showing = round_.programme, request.view or {}
    chosen = view_in(views.why_not(programme, two, root=root), programme.id)
    if showing.get("callback_id") not in (ids.WHY_NOT_VIEW, ids.FORBID_VIEW):
        return OpenModal(chosen)
    view_id = str(showing["id"])
    if not all(two):
        return UpdateModal(chosen, view_id, refresh)
    applications_of_pair(round_, *two)
    soon = UpdateModal(view_in(views.why_not_soon(programme, two, root=root), programme.id), view_id, refresh)
    return InBackground(soon, partial(_compare, app, request, programme, two, root, view_id))


def _compare(app: AppContext, request: Request, programme: Programme, two: views.Two, root: str, view_id: str) -> None:
    """Compare the two and show the result. No transaction is open during the computation."""
    try:
        with app.storage.read(request.workspace) as tx:
            round_ = load_round_for_approver(tx, request, programme.id)
            history = load_history(tx, round_, request)
        found = compare(round_, *applications_of_pair(round_, *two))
        view = views.why_not_answer(round_, found, by=request.person, root=root, history=history)
    except MentoringError as refusal:
        view = views.why_not(programme, two, root=root, says=errors.sentence_for(refusal, programme))
    except Exception as error:  # the person waits for a result
        view = views.why_not(programme, two, root=root, says=errors.unknown_error(report_error(error), programme))
    app.modals.show(view_id, view_in(view, programme.id))
