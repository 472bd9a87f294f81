"""What an owner rules about a proposal, or about two people for good."""

from collections.abc import Callable

from handlers.context import DONE, Answer, Desk, Open, Visit, ground
from handlers.drafts import draft_name, draft_of, taking
from handlers.matching.comparison import about_two
from handlers.matching.review import desk_again, owners_ground, owners_round, proposal_of, root_of, show_desk
from mentoring.core.outcome import Outcome
from mentoring.matching.decisions import allow, approve, check_decides, forbid, pin, refuse, unpin
from mentoring.matching.errors import NotOnTheDesk, OfferOver
from mentoring.matching.offers import answer
from mentoring.matching.pairing import pair, swap, two_of
from messages import forms, ids
from messages import matching as views
from messages.ids import Deed

_Rule = Callable[..., Outcome]


def approve_match(desk: Desk, visit: Visit) -> Answer:
    return _rule(desk, visit, approve, visit.value)


def refuse_match(desk: Desk, visit: Visit) -> Answer:
    return _rule(desk, visit, refuse, visit.value)


def do_more(desk: Desk, visit: Visit) -> Answer:
    """What was chosen from the menu of a proposal."""
    deed, _, match_id = visit.value.partition(":")
    match deed:
        case Deed.PIN:
            return _rule(desk, visit, pin, match_id)
        case Deed.UNPIN:
            return _rule(desk, visit, unpin, match_id)
        case Deed.SWAP:
            return open_swap_form(desk, visit, match_id)
        case Deed.FORBID:
            return _open_forbid(desk, visit, match_id)
        case _:
            with desk.storage.read(visit.workspace) as tx:
                owners_ground(tx, visit)
            raise NotOnTheDesk


def forbid_two(desk: Desk, visit: Visit) -> Answer:
    """Never match the two whom the button names."""
    return _rule_on_two(desk, visit, forbid)


def allow_two(desk: Desk, visit: Visit) -> Answer:
    """The two whom the button names may be matched again."""
    return _rule_on_two(desk, visit, allow)


def _rule(desk: Desk, visit: Visit, rule: _Rule, match_id: str) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        round_ = owners_round(tx, visit)
        tx.keep(rule(proposal_of(round_, match_id), by=visit.person, owners=round_.owners, now=visit.now))
    return show_desk(desk, visit)


def _rule_on_two(desk: Desk, visit: Visit, rule: _Rule) -> Answer:
    """Afterwards what is shown is how these two stand, and the desk below brought up to date."""
    two = views.two_from(visit.value)
    with desk.storage.begin(visit.workspace) as tx:
        tx.keep(rule(owners_round(tx, visit), *two, by=visit.person, now=visit.now))
    with desk.storage.read(visit.workspace) as tx:
        also = desk_again(tx, owners_round(tx, visit), visit)
    return about_two(desk, visit, two, root_of(visit), also=also)


def _open_forbid(desk: Desk, visit: Visit, match_id: str) -> Answer:
    with desk.storage.read(visit.workspace) as tx:
        round_ = owners_round(tx, visit)
    match = proposal_of(round_, match_id)
    check_decides(match.people, visit.person, round_.owners)
    return Open(views.forbid_view(match.people, root=root_of(visit)))


def open_pair_form(desk: Desk, visit: Visit) -> Answer:
    """Choosing two people by hand, on top of the desk; filled in with those whom the button names."""
    two = views.two_from(visit.value)
    with desk.storage.read(visit.workspace) as tx:
        round_ = owners_round(tx, visit)
        draft = None if all(two) else draft_of(tx, visit, draft_name(ids.PAIR_FORM, ids.PAIR_FORM))
        named = views.pair_values(round_, *two_of(round_, *two)) if all(two) else {}
        return Open(views.pair_form(round_, draft or named, root=root_of(visit), restored=draft is not None))


def submit_pair(desk: Desk, visit: Visit) -> Answer:
    """Put the two on the desk, within the hard rules or with a reason for the exception."""
    mentee, mentor, reason = views.parse_pair(forms.read(visit.view or {}))
    with taking(desk, visit) as tx:
        round_ = owners_round(tx, visit)
        one, other = two_of(round_, mentee, mentor)
        tx.keep(pair(round_, one.id, other.id, by=visit.person, now=visit.now, new_id=tx.new_id(), reason=reason))
    return _back_to_the_desk(desk, visit)


def open_swap_form(desk: Desk, visit: Visit, match_id: str) -> Answer:
    """Choosing the proposal with which this one is swapped, on top of the desk."""
    with desk.storage.read(visit.workspace) as tx:
        round_ = owners_round(tx, visit)
        draft = draft_of(tx, visit, draft_name(ids.SWAP_FORM, ids.SWAP_FORM, match_id))
    match = proposal_of(round_, match_id)
    restored = draft is not None
    return Open(views.swap_form(round_, match, draft or {}, by=visit.person, root=root_of(visit), restored=restored))


def submit_swap(desk: Desk, visit: Visit) -> Answer:
    """Let the two proposals exchange their mentors."""
    view = visit.view or {}
    other, reason = views.parse_swap(forms.read(view))
    one = forms.meta_of(view).about
    with taking(desk, visit) as tx:
        round_ = owners_round(tx, visit)
        tx.keep(swap(round_, one, other, by=visit.person, now=visit.now, new_id=tx.new_id, reason=reason))
    return _back_to_the_desk(desk, visit)


def _back_to_the_desk(desk: Desk, visit: Visit) -> Answer:
    with desk.storage.read(visit.workspace) as tx:
        return desk_again(tx, owners_round(tx, visit), visit) or DONE


def accept_match(desk: Desk, visit: Visit) -> Answer:
    return _answer(desk, visit, accepts=True)


def decline_match(desk: Desk, visit: Visit) -> Answer:
    return _answer(desk, visit, accepts=False)


def _answer(desk: Desk, visit: Visit, *, accepts: bool) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        programme, cohort = ground(tx)
        round_ = tx.rounds.get(programme, cohort)
        match = round_.matches.get(visit.value)
        if match is None:
            raise OfferOver
        outcome = answer(round_, match, by=visit.person, accepts=accepts, now=visit.now, new_id=tx.new_id())
        tx.keep(outcome)
    return DONE
