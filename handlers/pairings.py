"""Pairing by hand: two people, or the mentors of two proposals exchanged."""

from handlers.desk import DONE, Answer, Desk, Open, Visit
from handlers.drafts import draft_name, draft_of, taking
from handlers.rounds import desk_again, owners_round, proposal_of, root_of
from mentoring.matching.pairing import pair, swap, two_of
from messages import forms, ids
from messages import matching as views


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
