"""What an owner rules about a proposal, or about two people for good."""

from collections.abc import Callable

from handlers.context import DONE, AppContext, OpenModal, Request, Response, ground
from handlers.drafts import draft_name, load_draft, submission
from handlers.matching.comparison import about_two
from handlers.matching.review import (
    load_round_for_owner,
    proposal_of,
    refresh_review,
    refreshed_review,
    require_owner,
    review_modal_id,
)
from mentoring.core.outcome import Outcome
from mentoring.matching.decisions import allow, approve, check_decides, forbid, pin, refuse, unpin
from mentoring.matching.errors import NotPending, OfferOver
from mentoring.matching.offers import answer_offer
from mentoring.matching.pairing import applications_of_pair, pair, swap
from messages import forms, ids
from messages import matching as views
from messages.ids import MenuAction

_Rule = Callable[..., Outcome]


def approve_match(desk: AppContext, visit: Request) -> Response:
    return _rule(desk, visit, approve, visit.value)


def refuse_match(desk: AppContext, visit: Request) -> Response:
    return _rule(desk, visit, refuse, visit.value)


def run_menu_action(desk: AppContext, visit: Request) -> Response:
    """What was chosen from the menu of a proposal."""
    deed, _, match_id = visit.value.partition(":")
    match deed:
        case MenuAction.PIN:
            return _rule(desk, visit, pin, match_id)
        case MenuAction.UNPIN:
            return _rule(desk, visit, unpin, match_id)
        case MenuAction.SWAP:
            return open_swap_form(desk, visit, match_id)
        case MenuAction.FORBID:
            return _open_forbid(desk, visit, match_id)
        case _:
            with desk.storage.read(visit.workspace) as tx:
                require_owner(tx, visit)
            raise NotPending


def forbid_two(desk: AppContext, visit: Request) -> Response:
    """Never match the two whom the button names."""
    return _rule_on_two(desk, visit, forbid)


def allow_two(desk: AppContext, visit: Request) -> Response:
    """The two whom the button names may be matched again."""
    return _rule_on_two(desk, visit, allow)


def _rule(desk: AppContext, visit: Request, rule: _Rule, match_id: str) -> Response:
    with desk.storage.begin(visit.workspace) as tx:
        round_ = load_round_for_owner(tx, visit)
        tx.keep(rule(proposal_of(round_, match_id), by=visit.person, owners=round_.owners, now=visit.now))
    return refresh_review(desk, visit)


def _rule_on_two(desk: AppContext, visit: Request, rule: _Rule) -> Response:
    """Afterwards what is shown is how these two stand, and the desk below brought up to date."""
    two = views.two_from(visit.value)
    with desk.storage.begin(visit.workspace) as tx:
        tx.keep(rule(load_round_for_owner(tx, visit), *two, by=visit.person, now=visit.now))
    with desk.storage.read(visit.workspace) as tx:
        also = refreshed_review(tx, load_round_for_owner(tx, visit), visit)
    return about_two(desk, visit, two, review_modal_id(visit), also=also)


def _open_forbid(desk: AppContext, visit: Request, match_id: str) -> Response:
    with desk.storage.read(visit.workspace) as tx:
        round_ = load_round_for_owner(tx, visit)
    match = proposal_of(round_, match_id)
    check_decides(match.people, visit.person, round_.owners)
    return OpenModal(views.forbid_view(match.people, root=review_modal_id(visit)))


def open_pair_form(desk: AppContext, visit: Request) -> Response:
    """Choosing two people by hand, on top of the desk; filled in with those whom the button names."""
    two = views.two_from(visit.value)
    with desk.storage.read(visit.workspace) as tx:
        round_ = load_round_for_owner(tx, visit)
        draft = None if all(two) else load_draft(tx, visit, draft_name(ids.PAIR_FORM, ids.PAIR_FORM))
        named = views.pair_values(round_, *applications_of_pair(round_, *two)) if all(two) else {}
        return OpenModal(
            views.pair_form(round_, draft or named, root=review_modal_id(visit), restored=draft is not None)
        )


def submit_pair(desk: AppContext, visit: Request) -> Response:
    """Put the two on the desk, within the hard rules or with a reason for the exception."""
    mentee, mentor, reason = views.parse_pair(forms.read(visit.view or {}))
    with submission(desk, visit) as tx:
        round_ = load_round_for_owner(tx, visit)
        one, other = applications_of_pair(round_, mentee, mentor)
        tx.keep(pair(round_, one.id, other.id, by=visit.person, now=visit.now, new_id=tx.new_id(), reason=reason))
    return _back_to_the_desk(desk, visit)


def open_swap_form(desk: AppContext, visit: Request, match_id: str) -> Response:
    """Choosing the proposal with which this one is swapped, on top of the desk."""
    with desk.storage.read(visit.workspace) as tx:
        round_ = load_round_for_owner(tx, visit)
        draft = load_draft(tx, visit, draft_name(ids.SWAP_FORM, ids.SWAP_FORM, match_id))
    match = proposal_of(round_, match_id)
    restored = draft is not None
    return OpenModal(
        views.swap_form(round_, match, draft or {}, by=visit.person, root=review_modal_id(visit), restored=restored)
    )


def submit_swap(desk: AppContext, visit: Request) -> Response:
    """Let the two proposals exchange their mentors."""
    view = visit.view or {}
    other, reason = views.parse_swap(forms.read(view))
    one = forms.meta_of(view).about
    with submission(desk, visit) as tx:
        round_ = load_round_for_owner(tx, visit)
        tx.keep(swap(round_, one, other, by=visit.person, now=visit.now, new_id=tx.new_id, reason=reason))
    return _back_to_the_desk(desk, visit)


def _back_to_the_desk(desk: AppContext, visit: Request) -> Response:
    with desk.storage.read(visit.workspace) as tx:
        return refreshed_review(tx, load_round_for_owner(tx, visit), visit) or DONE


def accept_match(desk: AppContext, visit: Request) -> Response:
    return _answer(desk, visit, accepts=True)


def decline_match(desk: AppContext, visit: Request) -> Response:
    return _answer(desk, visit, accepts=False)


def _answer(desk: AppContext, visit: Request, *, accepts: bool) -> Response:
    with desk.storage.begin(visit.workspace) as tx:
        programme, cohort = ground(tx)
        round_ = tx.rounds.get(programme, cohort)
        match = round_.matches.get(visit.value)
        if match is None:
            raise OfferOver
        outcome = answer_offer(round_, match, by=visit.person, accepts=accepts, now=visit.now, new_id=tx.new_id())
        tx.keep(outcome)
    return DONE
