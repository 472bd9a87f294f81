"""Offers that are out: see how many have answered, remind, extend, take back, and ask again."""

from handlers.context import AppContext, OpenModal, Request, Response, UpdateModal
from handlers.matching.review import proposal_of, refreshed_review, review_modal_id
from handlers.owners import load_round_for_owner
from mentoring.core.outcome import Outcome
from mentoring.matching.match import Match, MatchState
from mentoring.matching.open_offers import ask_again, extend, recall, remind, reminder_key
from messages import forms, ids
from messages import matching as views
from messages.in_programme import view_in
from services.programmes import name_if_several
from storage import Transaction


def open_offers(app: AppContext, request: Request) -> Response:
    """Show the page of the button, in the open view or on top of the review."""
    return _show(app, request, int(request.value) if request.value.isdecimal() else 0)


def refresh_offers(app: AppContext, request: Request) -> Response:
    """Update the view at its current page."""
    return _show(app, request, _page(request))


def remind_offer(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        match = proposal_of(round_, request.value)
        today = request.now.date()
        reminded = any(tx.outbox.contains(reminder_key(match, person, today)) for person in match.people)
        tx.save(remind(round_, match, by=request.person, now=request.now, reminded=reminded))
    return _show(app, request, _page(request), views.reminded_text(match))


def extend_offer(app: AppContext, request: Request) -> Response:
    match_id, _, seen = request.value.partition(" ")
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        outcome = extend(round_, proposal_of(round_, match_id), seen, by=request.person, now=request.now)
        tx.save(outcome)
    return _show(app, request, _page(request), views.extended_text(_match_in(outcome)))


def recall_offer(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        match = proposal_of(round_, request.value)
        tx.save(recall(round_, match, by=request.person, now=request.now))
    return _show(app, request, _page(request), views.recalled_text(match))


def ask_offer_again(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        match = proposal_of(round_, request.value)
        outcome = ask_again(round_, match, by=request.person, now=request.now, new_id=tx.new_id())
        tx.save(outcome)
    again = _match_in(outcome)
    result = views.asked_again_text(again, sent=again.state is MatchState.OFFERED)
    return _show(app, request, _page(request), result)


def _match_in(outcome: Outcome) -> Match:
    return next(change for change in outcome.changes if isinstance(change, Match))


def _show(app: AppContext, request: Request, page: int, result: str = "") -> Response:
    with app.storage.read(request.workspace) as tx:
        return _view(tx, request, page, result)


def _view(tx: Transaction, request: Request, page: int, result: str) -> Response:
    round_, showing = load_round_for_owner(tx, request), request.view or {}
    today = tx.people.get(request.person).today(request.now)
    view = views.offers_view(round_, page, by=request.person, today=today, root=review_modal_id(request), result=result)
    view = view_in(view, round_.programme.id, name_if_several(tx, round_.programme))
    if showing.get("callback_id") != ids.OFFERS_VIEW:
        return OpenModal(view)
    return UpdateModal(view, str(showing["id"]), refreshed_review(tx, round_, request))


def _page(request: Request) -> int:
    try:
        return int(forms.meta_of(request.view or {}).about)
    except ValueError:
        return 0
