"""The review of a round: open it and propose matches, for owners and the committee; release matches, for owners."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from handlers.context import (
    DONE,
    AppContext,
    InBackground,
    OpenModal,
    OpenWhenReady,
    Reply,
    Request,
    Response,
    UpdateModal,
    open_or_update,
)
from handlers.owners import load_round_for_approver, load_round_for_owner, require_approver
from mentoring.matching import review as rules
from mentoring.matching.errors import NotPending
from mentoring.matching.match import Match
from mentoring.matching.review import request_proposals
from mentoring.matching.round import MatchingRound, Obstacle
from mentoring.matching.waiting import tell_everybody
from messages import forms, ids
from messages import matching as views
from messages.in_programme import message_in, view_in
from messages.matching.review import opening_view, searching_view
from services.matching import run_requested_proposals, waiting_told
from services.programmes import name_if_several
from storage import Transaction

OPENED_AT_ONCE = 500
"""Applications in a round whose review is loaded before it opens."""


def proposal_of(round_: MatchingRound, match_id: str) -> Match:
    """The match with this id. Raises NotPending if there is none."""
    match = round_.matches.get(match_id)
    if match is None:
        raise NotPending
    return match


def review_modal(
    tx: Transaction,
    round_: MatchingRound,
    request: Request,
    page: int = 0,
    *,
    just_proposed: bool = False,
    not_sent: Sequence[tuple[Match, Obstacle]] = (),
    result: str = "",
) -> dict[str, Any]:
    """The view of the review for this person."""
    history = load_history(tx, round_, request)
    today = tx.people.get(request.person).today(request.now)
    view = views.view(
        round_,
        page,
        by=request.person,
        today=today,
        just_proposed=just_proposed,
        not_sent=not_sent,
        result=result,
        history=history,
    )
    return view_in(view, round_.programme.id, name_if_several(tx, round_.programme))


def load_history(tx: Transaction, round_: MatchingRound, request: Request) -> views.ReviewHistory:
    """The decisions, exemptions and last proposal run of the round, for this person."""
    exempted = [match.id for match in round_.proposals() if match.exempted]
    exemptions = tx.private(request.acting).exemptions(exempted) if exempted else {}
    cohort = round_.cohort.id
    return views.ReviewHistory(tx.decisions.of_cohort(cohort), exemptions, tx.proposal_runs.get(cohort))


def review_modal_id(request: Request) -> str:
    """The id of the review in which, or above which, the request was made; "" if there is none."""
    view = request.view or {}
    if view.get("callback_id") == ids.REVIEW_VIEW:
        return str(view["id"])
    try:
        return forms.meta_of(view).root
    except ValueError:
        return ""


def refreshed_review(
    tx: Transaction, round_: MatchingRound, request: Request, *, result: str = ""
) -> UpdateModal | None:
    """An update of the review that is open in or below the modal of the request, if there is one.

    `result` says what came of the request, in mrkdwn.
    """
    root = review_modal_id(request)
    return UpdateModal(review_modal(tx, round_, request, result=result), root) if root else None


def open_review(app: AppContext, request: Request) -> Response:
    """Show the review at the page of the button. In a large round it opens at once and is filled afterwards, since
    loading it takes longer the more people have applied.
    """
    page = int(request.value) if request.value.isdecimal() else 0
    showing = request.view or {}
    if showing.get("callback_id") != ids.REVIEW_VIEW:
        with app.storage.read(request.workspace) as tx:
            programme, cohort = require_approver(tx, request)
            if tx.applications.count(cohort.id) > OPENED_AT_ONCE:
                waiting = view_in(opening_view(programme), programme.id)
                return OpenWhenReady(waiting, partial(_load_review, app, request, page))
    return _show_review(app, request, page)


def _load_review(app: AppContext, request: Request, page: int) -> Response:
    with app.storage.read(request.workspace) as tx:
        return OpenModal(review_modal(tx, load_round_for_approver(tx, request), request, page))


def refresh_review(app: AppContext, request: Request) -> Response:
    """Update the review at its current page. DONE for a button of a message, which is a live view."""
    if request.view is None:
        return DONE
    return _show_review(app, request, page=_page(request))


def release(app: AppContext, request: Request) -> Response:
    """Release the approved matches, and say which of them break a rule by now and were not sent."""
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        not_sent = rules.blocked(round_)
        told = waiting_told(tx)
        tx.save(rules.release(round_, by=request.person, now=request.now, new_id=tx.new_id, told=told))
    if request.view is not None:
        return _show_review(app, request, page=_page(request), not_sent=not_sent)
    if not not_sent:
        return DONE
    return Reply(message_in(views.not_sent_message(round_, not_sent), round_.programme.id))


def tell_waiting(app: AppContext, request: Request) -> Response:
    """Tell everyone who waits where they stand, and the owner how many those are."""
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request, tx.cohorts.programme_of(request.value) or "")
        outcome = tell_everybody(
            round_, request.value, waiting_told(tx), by=request.person, today=request.now.date()
        ).in_working_hours_from(request.now)
        tx.save(outcome)
    people = {notification.recipient for notification in outcome.notifications}
    return Reply(views.waiting_told(len(people)), views.WAITING_TITLE)


def _show_review(
    app: AppContext, request: Request, page: int = 0, *, not_sent: Sequence[tuple[Match, Obstacle]] = ()
) -> Response:
    with app.storage.read(request.workspace) as tx:
        view = review_modal(tx, load_round_for_approver(tx, request), request, page, not_sent=not_sent)
    return open_or_update(request, view)


def _page(request: Request) -> int:
    """The page of the review in which the button was."""
    try:
        return views.page_of(request.view or {})
    except ValueError:
        return 0


def propose_matches(app: AppContext, request: Request) -> Response:
    """Request new proposals. An open review shows the progress, and then the result."""
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = require_approver(tx, request)
        run, approvers = tx.proposal_runs.get(cohort.id), tx.roles.approvers(programme.id)
        tx.save(request_proposals(run, cohort, approvers, by=request.person, now=request.now))
    showing = request.view or {}
    if showing.get("callback_id") != ids.REVIEW_VIEW:
        return InBackground(DONE, partial(run_requested_proposals, app.storage, request.workspace, app.calendar))
    return InBackground(
        UpdateModal(view_in(searching_view(programme), programme.id), showing["id"]),
        partial(_propose_and_show, app, request, programme.id, showing["id"]),
    )


def _propose_and_show(app: AppContext, request: Request, programme_id: str, view_id: str) -> None:
    """Compute the proposals and show the result in the review `view_id` of the programme."""

    def on_loaded(round_: MatchingRound) -> None:
        if round_.programme.id == programme_id:
            app.modals.show(view_id, view_in(searching_view(round_.programme, round_), programme_id))

    run_requested_proposals(app.storage, request.workspace, app.calendar, on_loaded)
    with app.storage.read(request.workspace) as tx:
        round_ = tx.rounds.get(*tx.programme(programme_id)).with_acting(request.person)
        if request.person in round_.approvers:
            app.modals.show(view_id, review_modal(tx, round_, request, just_proposed=True))
