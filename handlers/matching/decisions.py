"""Decisions about two people: approve, refuse, pin, exclude, pair and swap; and their own answers to an offer."""

from collections.abc import Callable

from handlers.context import DONE, AppContext, OpenModal, Request, Response
from handlers.drafts import draft_name, load_draft, submission
from handlers.matching.comparison import about_two
from handlers.matching.review import proposal_of, refresh_review, refreshed_review, review_modal_id
from handlers.owners import load_round_for_owner, require_owner
from mentoring.core.outcome import Outcome
from mentoring.matching.decisions import allow, approve, check_decides, forbid, pin, refuse, unpin
from mentoring.matching.errors import NotPending, OfferOver
from mentoring.matching.offers import answer_offer
from mentoring.matching.pairing import applications_of_pair, pair, swap
from messages import forms, ids
from messages import matching as views
from messages.ids import MenuAction

_Rule = Callable[..., Outcome]


def approve_match(app: AppContext, request: Request) -> Response:
    return _rule(app, request, approve, request.value)


def refuse_match(app: AppContext, request: Request) -> Response:
    return _rule(app, request, refuse, request.value)


def run_menu_action(app: AppContext, request: Request) -> Response:
    """What was chosen from the menu of a proposal."""
    deed, _, match_id = request.value.partition(":")
    match deed:
        case MenuAction.PIN:
            return _rule(app, request, pin, match_id)
        case MenuAction.UNPIN:
            return _rule(app, request, unpin, match_id)
        case MenuAction.SWAP:
            return open_swap_form(app, request, match_id)
        case MenuAction.FORBID:
            return _open_forbid(app, request, match_id)
        case _:
            with app.storage.read(request.workspace) as tx:
                require_owner(tx, request)
            raise NotPending


def forbid_two(app: AppContext, request: Request) -> Response:
    """Never match the two whom the button names."""
    return _rule_on_two(app, request, forbid)


def allow_two(app: AppContext, request: Request) -> Response:
    """The two whom the button names may be matched again."""
    return _rule_on_two(app, request, allow)


def _rule(app: AppContext, request: Request, rule: _Rule, match_id: str) -> Response:
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        tx.save(rule(proposal_of(round_, match_id), by=request.person, owners=round_.owners, now=request.now))
    return refresh_review(app, request)


def _rule_on_two(app: AppContext, request: Request, rule: _Rule) -> Response:
    """Afterwards what is shown is how these two stand, and the review below brought up to date."""
    two = views.two_from(request.value)
    with app.storage.begin(request.workspace) as tx:
        tx.save(rule(load_round_for_owner(tx, request), *two, by=request.person, now=request.now))
    with app.storage.read(request.workspace) as tx:
        also = refreshed_review(tx, load_round_for_owner(tx, request), request)
    return about_two(app, request, two, review_modal_id(request), also=also)


def _open_forbid(app: AppContext, request: Request, match_id: str) -> Response:
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
    match = proposal_of(round_, match_id)
    check_decides(match.people, request.person, round_.owners)
    return OpenModal(views.forbid_view(match.people, root=review_modal_id(request)))


def open_pair_form(app: AppContext, request: Request) -> Response:
    """Choosing two people by hand, on top of the review; filled in with those whom the button names."""
    two = views.two_from(request.value)
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        draft = None if all(two) else load_draft(tx, request, draft_name(ids.PAIR_FORM, ids.PAIR_FORM))
        named = views.pair_values(round_, *applications_of_pair(round_, *two)) if all(two) else {}
        return OpenModal(
            views.pair_form(round_, draft or named, root=review_modal_id(request), restored=draft is not None)
        )


def submit_pair(app: AppContext, request: Request) -> Response:
    """Propose the two, within the hard rules or with a reason for the exception."""
    mentee, mentor, reason = views.parse_pair(forms.read(request.view or {}))
    with submission(app, request) as tx:
        round_ = load_round_for_owner(tx, request)
        one, other = applications_of_pair(round_, mentee, mentor)
        tx.save(pair(round_, one.id, other.id, by=request.person, now=request.now, new_id=tx.new_id(), reason=reason))
    return _back_to_review(app, request)


def open_swap_form(app: AppContext, request: Request, match_id: str) -> Response:
    """Choosing the proposal with which this one is swapped, on top of the review."""
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        draft = load_draft(tx, request, draft_name(ids.SWAP_FORM, ids.SWAP_FORM, match_id))
    match = proposal_of(round_, match_id)
    restored = draft is not None
    return OpenModal(
        views.swap_form(round_, match, draft or {}, by=request.person, root=review_modal_id(request), restored=restored)
    )


def submit_swap(app: AppContext, request: Request) -> Response:
    """Let the two proposals exchange their mentors."""
    view = request.view or {}
    other, reason = views.parse_swap(forms.read(view))
    one = forms.meta_of(view).about
    with submission(app, request) as tx:
        round_ = load_round_for_owner(tx, request)
        tx.save(swap(round_, one, other, by=request.person, now=request.now, new_id=tx.new_id, reason=reason))
    return _back_to_review(app, request)


def _back_to_review(app: AppContext, request: Request) -> Response:
    with app.storage.read(request.workspace) as tx:
        return refreshed_review(tx, load_round_for_owner(tx, request), request) or DONE


def accept_match(app: AppContext, request: Request) -> Response:
    return _answer(app, request, accepts=True)


def decline_match(app: AppContext, request: Request) -> Response:
    return _answer(app, request, accepts=False)


def _answer(app: AppContext, request: Request, *, accepts: bool) -> Response:
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = tx.require_programme()
        round_ = tx.rounds.get(programme, cohort)
        match = round_.matches.get(request.value)
        if match is None:
            raise OfferOver
        outcome = answer_offer(round_, match, by=request.person, accepts=accepts, now=request.now, new_id=tx.new_id())
        tx.save(outcome)
    return DONE
