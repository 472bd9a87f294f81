"""The owners' desk: proposing, approving, pairing by hand, releasing; and the two people's answers."""

from collections.abc import Callable

from handlers.desk import DONE, Answer, Desk, Open, Show, Visit, ground
from handlers.drafts import draft_name, draft_of, taking
from mentoring import desk as rules
from mentoring.error import ChangedMeanwhile, NotForYou, NotOnTheDesk, OfferOver
from mentoring.match import Match
from mentoring.matching import propose
from mentoring.offer import answer
from mentoring.outcome import Outcome
from mentoring.pairing import pair
from mentoring.round import Round
from mentoring.ruling import approve, refuse
from messages import desk as views
from messages import forms, ids
from storage import Storage, Transaction


def open_desk(desk: Desk, visit: Visit) -> Answer:
    """The desk, at the page the button names."""
    return _desk(desk, visit, page=int(visit.value) if visit.value.isdecimal() else 0)


def show_desk(desk: Desk, visit: Visit) -> Answer:
    """The desk as it is now, at the page where the button was."""
    return _desk(desk, visit, page=_page(visit))


def propose_matches(desk: Desk, visit: Visit) -> Answer:
    """Fill the desk anew."""
    propose_round(desk.storage, visit.workspace, by=visit.person)
    return _desk(desk, visit, just_proposed=True)


def propose_round(
    storage: Storage,
    workspace: str,
    *,
    by: str,
    quietly: bool = False,
    seeing: Callable[[Round], None] = lambda _: None,
    keeping: Callable[[], None] = lambda: None,
) -> None:
    """Solve on what was read, outside any transaction; keep it only if what it rests on has not changed meanwhile.

    `by` is an owner or the OPERATOR; `quietly` where nothing is left for the owners to decide; `seeing` gets the round
    that is about to be matched, and `keeping` is called once it is. Raises NotForYou, CohortOver, and ChangedMeanwhile
    where others never stop changing it.
    """
    for _ in range(_TRIES):
        with storage.read(workspace) as tx:
            seen = tx.rounds.get(*ground(tx))
        seeing(seen)
        proposed = propose(seen, tx.new_id)
        keeping()
        with storage.begin(workspace) as tx:
            current = tx.rounds.get(*ground(tx))
            if current.version == seen.version:
                outcome = rules.put_on_desk(current, proposed, by=by)
                tx.keep(Outcome(outcome.changes) if quietly else outcome)
                return
    raise ChangedMeanwhile(None)


_TRIES = 3


def approve_match(desk: Desk, visit: Visit) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        round_ = _round(tx, visit)
        tx.keep(approve(_match(round_, visit.value), by=visit.person, owners=round_.owners, now=visit.now))
    return show_desk(desk, visit)


def refuse_match(desk: Desk, visit: Visit) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        round_ = _round(tx, visit)
        tx.keep(refuse(_match(round_, visit.value), by=visit.person, owners=round_.owners, now=visit.now))
    return show_desk(desk, visit)


def release(desk: Desk, visit: Visit) -> Answer:
    """Ask everyone whose match is approved."""
    with desk.storage.begin(visit.workspace) as tx:
        tx.keep(rules.release(_round(tx, visit), by=visit.person, now=visit.now, new_id=tx.new_id))
    return _desk(desk, visit)


def open_pair_form(desk: Desk, visit: Visit) -> Answer:
    """Choosing two people by hand, on top of the desk."""
    root = (visit.view or {}).get("id", "")
    with desk.storage.read(visit.workspace) as tx:
        round_ = _round(tx, visit)
        draft = draft_of(tx, visit, draft_name(ids.PAIR_FORM, ids.PAIR_FORM))
    return Open(views.pair_form(round_, draft or {}, root=root, restored=draft is not None))


def submit_pair(desk: Desk, visit: Visit) -> Answer:
    """Put the two on the desk, within the hard rules."""
    view = visit.view or {}
    mentee_id, mentor_id = views.parse_pair(forms.read(view))
    with taking(desk, visit) as tx:
        round_ = _round(tx, visit)
        tx.keep(pair(round_, mentee_id, mentor_id, by=visit.person, now=visit.now, new_id=tx.new_id()))
    root = forms.meta_of(view).root
    if not root:
        return DONE
    with desk.storage.read(visit.workspace) as tx:
        return Show(views.view(_round(tx, visit), 0, by=visit.person), root)


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


def _desk(desk: Desk, visit: Visit, page: int = 0, *, just_proposed: bool = False) -> Answer:
    with desk.storage.read(visit.workspace) as tx:
        view = views.view(_round(tx, visit), page, by=visit.person, just_proposed=just_proposed)
    showing = visit.view or {}
    if showing.get("callback_id") == ids.DESK_VIEW:
        return Show(view, showing["id"])
    return Open(view)


def _round(tx: Transaction, visit: Visit) -> Round:
    """The round, for an owner. Raises NotForYou."""
    programme, cohort = ground(tx)
    if visit.person not in tx.owners.all():
        raise NotForYou
    return tx.rounds.get(programme, cohort)


def _match(round_: Round, match_id: str) -> Match:
    match = round_.matches.get(match_id)
    if match is None:
        raise NotOnTheDesk
    return match


def _page(visit: Visit) -> int:
    """The page of the desk on which the button was."""
    try:
        return views.page_of(visit.view or {})
    except ValueError:
        return 0
