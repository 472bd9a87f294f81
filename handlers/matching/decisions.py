"""Decisions of owners and the committee about two people, and the answers of people to an offer."""

from collections.abc import Callable

from handlers.context import DONE, AppContext, OpenModal, Request, Response
from handlers.drafts import load_draft, submission
from handlers.matching.comparison import show_comparison
from handlers.matching.review import proposal_of, refresh_review, refreshed_review, review_modal_id
from handlers.owners import load_round_for_approver, require_approver
from mentoring.applications.application import ApplicationState
from mentoring.core.outcome import Outcome
from mentoring.matching.decisions import allow, approve, check_decides, forbid, pin, refuse, undo_refusal, unpin
from mentoring.matching.errors import NotPending, OfferOver
from mentoring.matching.match import Match, check_offered
from mentoring.matching.offers import answer_offer, decline_key
from mentoring.matching.pairing import applications_of_pair, pair, swap
from mentoring.matching.round import MatchingRound
from messages import forms, ids
from messages import matching as views
from messages.ids import MenuAction
from messages.in_programme import view_in
from services.drafts import draft_name
from storage import Transaction

_Rule = Callable[..., Outcome]


def approve_match(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_approver(tx, request)
        tx.save(approve(round_, proposal_of(round_, request.value), by=request.person, now=request.now))
    return refresh_review(app, request)


def refuse_match(app: AppContext, request: Request) -> Response:
    return _decide(app, request, refuse, request.value)


def undo_refused_match(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_approver(tx, request)
        tx.save(undo_refusal(round_, proposal_of(round_, request.value), by=request.person, now=request.now))
    return refresh_review(app, request)


def run_menu_action(app: AppContext, request: Request) -> Response:
    """Run the action chosen from the menu of a proposal."""
    action, _, match_id = request.value.partition(":")
    match action:
        case MenuAction.PIN:
            return _decide(app, request, pin, match_id)
        case MenuAction.UNPIN:
            return _decide(app, request, unpin, match_id)
        case MenuAction.SWAP:
            return open_swap_form(app, request, match_id)
        case MenuAction.FORBID:
            return _open_forbid(app, request, match_id)
        case _:
            with app.storage.read(request.workspace) as tx:
                require_approver(tx, request)
            raise NotPending


def exclude(app: AppContext, request: Request) -> Response:
    """Exclude the two people of the button."""
    return _decide_pair(app, request, forbid)


def lift_exclusion(app: AppContext, request: Request) -> Response:
    """Lift the exclusion of the two people of the button."""
    return _decide_pair(app, request, allow)


def _decide(app: AppContext, request: Request, rule: _Rule, match_id: str) -> Response:
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_approver(tx, request)
        tx.save(rule(proposal_of(round_, match_id), by=request.person, approvers=round_.approvers, now=request.now))
    return refresh_review(app, request)


def _decide_pair(app: AppContext, request: Request, rule: _Rule) -> Response:
    """Apply the rule, then compare the two people again and refresh the review below."""
    two = views.two_from(request.value)
    with app.storage.begin(request.workspace) as tx:
        tx.save(rule(load_round_for_approver(tx, request), *two, by=request.person, now=request.now))
    with app.storage.read(request.workspace) as tx:
        refresh = refreshed_review(tx, load_round_for_approver(tx, request), request)
    return show_comparison(app, request, two, review_modal_id(request), refresh=refresh)


def _open_forbid(app: AppContext, request: Request, match_id: str) -> Response:
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_approver(tx, request)
    match = proposal_of(round_, match_id)
    check_decides(match.people, request.person, round_.approvers)
    return OpenModal(view_in(views.forbid_view(match.people, root=review_modal_id(request)), round_.programme.id))


def open_pair_form(app: AppContext, request: Request) -> Response:
    """Open the form to pair two people, on top of the review, filled with the two people of the button or a draft."""
    two = views.two_from(request.value)
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_approver(tx, request)
        draft = None if all(two) else load_draft(tx, request, _pair_draft(round_))
        named = views.pair_values(round_, *applications_of_pair(round_, *two)) if all(two) else {}
        root, restored = review_modal_id(request), draft is not None
        form = views.pair_form(round_, draft or named, by=request.person, root=root, restored=restored)
        return OpenModal(view_in(form, round_.programme.id))


def _pair_draft(round_: MatchingRound) -> str:
    return draft_name(ids.PAIR_FORM, ids.PAIR_FORM, programme_id=round_.programme.id)


def submit_pair(app: AppContext, request: Request) -> Response:
    """Pair two people; a reason is needed if a hard rule is set aside."""
    mentee, mentor, reason = views.parse_pair(forms.read(request.view or {}))
    with submission(app, request) as tx:
        round_ = load_round_for_approver(tx, request)
        one, other = applications_of_pair(round_, mentee, mentor)
        tx.save(pair(round_, one.id, other.id, by=request.person, now=request.now, new_id=tx.new_id(), reason=reason))
    return _back_to_review(app, request)


def open_swap_form(app: AppContext, request: Request, match_id: str) -> Response:
    """Open the form to choose the proposal with which this one is swapped, on top of the review."""
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_approver(tx, request)
        draft = load_draft(tx, request, draft_name(ids.SWAP_FORM, ids.SWAP_FORM, match_id, round_.programme.id))
    match = proposal_of(round_, match_id)
    restored = draft is not None
    root = review_modal_id(request)
    form = views.swap_form(round_, match, draft or {}, by=request.person, root=root, restored=restored)
    return OpenModal(view_in(form, round_.programme.id))


def submit_swap(app: AppContext, request: Request) -> Response:
    """Swap the mentors of two proposals."""
    view = request.view or {}
    other, reason = views.parse_swap(forms.read(view))
    one = forms.meta_of(view).about
    with submission(app, request) as tx:
        round_ = load_round_for_approver(tx, request)
        tx.save(swap(round_, one, other, by=request.person, now=request.now, new_id=tx.new_id, reason=reason))
    return _back_to_review(app, request)


def _back_to_review(app: AppContext, request: Request) -> Response:
    with app.storage.read(request.workspace) as tx:
        return refreshed_review(tx, load_round_for_approver(tx, request), request) or DONE


def accept_match(app: AppContext, request: Request) -> Response:
    return _answer(app, request, accepts=True)


def decline_match(app: AppContext, request: Request) -> Response:
    return _answer(app, request, accepts=False)


def _open_offer(tx: Transaction, request: Request) -> Match:
    """The offer of the button. Raises NotYourOffer, AlreadyAccepted, and OfferOver with the reason for this person."""
    match = tx.matches.get(request.value)
    if match is None:
        raise OfferOver
    sent = tx.applications.get(match.application_of(request.person))
    check_offered(
        match,
        request.person,
        declined=tx.outbox.contains(decline_key(match, request.person)),
        withdrawn=sent is not None and sent.state is ApplicationState.WITHDRAWN,
    )
    return match


def _answer(app: AppContext, request: Request, *, accepts: bool) -> Response:
    with app.storage.begin(request.workspace) as tx:
        match = _open_offer(tx, request)
        round_ = tx.rounds.get(*tx.programme_of(match.cohort_id))
        if match.id not in round_.matches:
            raise OfferOver
        outcome = answer_offer(round_, match, by=request.person, accepts=accepts, now=request.now, new_id=tx.new_id())
        tx.save(outcome)
    return DONE
