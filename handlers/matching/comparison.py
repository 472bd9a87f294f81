"""Why not these two? Any two people of the round, and what is the case with them."""

from functools import partial

from handlers.context import AppContext, InBackground, OpenModal, Request, Response, UpdateModal
from handlers.matching.review import load_history, review_modal_id
from handlers.owners import load_round_for_owner, require_owner
from mentoring.core.errors import MentoringError
from mentoring.matching.optimiser import compare
from mentoring.matching.pairing import applications_of_pair
from messages import errors, ids
from messages import matching as views
from services.errors import report_error


def open_why_not(app: AppContext, request: Request) -> Response:
    """The two are chosen in a view on top of the review."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
    return OpenModal(views.why_not(programme, ("", ""), root=review_modal_id(request)))


def pick_two(app: AppContext, request: Request) -> Response:
    """Somebody was picked; once there are two, the answer is shown where they were picked."""
    two, root = views.chosen(request.view or {})
    return about_two(app, request, two, root)


def about_two(
    app: AppContext, request: Request, two: views.Two, root: str, *, also: UpdateModal | None = None
) -> Response:
    """What is the case with these two, in the view in which it was asked: at once that we look, and what we found once
    we have. `also` is another view to be brought up to date. Raises NotForYou, Refused.
    """
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
    showing = request.view or {}
    if showing.get("callback_id") not in (ids.WHY_NOT_VIEW, ids.FORBID_VIEW):
        return OpenModal(views.why_not(round_.programme, two, root=root))
    view_id = str(showing["id"])
    if not all(two):
        return UpdateModal(views.why_not(round_.programme, two, root=root), view_id, also)
    applications_of_pair(round_, *two)
    soon = UpdateModal(views.why_not_soon(round_.programme, two, root=root), view_id, also)
    return InBackground(soon, partial(_compare, app, request, two, root, view_id))


def _compare(app: AppContext, request: Request, two: views.Two, root: str, view_id: str) -> None:
    """The round is matched in thought, twice: no transaction is open meanwhile."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = tx.require_programme()
    try:
        with app.storage.read(request.workspace) as tx:
            round_ = load_round_for_owner(tx, request)
            record = load_history(tx, round_, request)
        found = compare(round_, *applications_of_pair(round_, *two))
        view = views.why_not_answer(round_, found, by=request.person, root=root, record=record)
    except MentoringError as refusal:
        view = views.why_not(programme, two, root=root, says=errors.sentence_for(refusal, programme))
    except Exception as error:  # whatever it was, somebody waits for an answer
        view = views.why_not(programme, two, root=root, says=errors.unknown_error(report_error(error), programme))
    app.modals.show(view_id, view)
