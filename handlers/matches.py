"""The owners' desk and what leaves it; and the two people's answers."""

from handlers.desk import DONE, Answer, Desk, Open, Show, Visit, ground
from handlers.rounds import desk_view, owners_round
from mentoring.matching import review as rules
from mentoring.matching.errors import OfferOver
from mentoring.matching.offers import answer
from messages import ids
from messages import matching as views


def open_desk(desk: Desk, visit: Visit) -> Answer:
    """The desk, at the page the button names."""
    return _desk(desk, visit, page=int(visit.value) if visit.value.isdecimal() else 0)


def show_desk(desk: Desk, visit: Visit) -> Answer:
    """The desk as it is now, at the page where the button was; a message with the button is brought up to date by
    itself.
    """
    if visit.view is None:
        return DONE
    return _desk(desk, visit, page=_page(visit))


def release(desk: Desk, visit: Visit) -> Answer:
    """Ask everyone whose match is approved."""
    with desk.storage.begin(visit.workspace) as tx:
        tx.keep(rules.release(owners_round(tx, visit), by=visit.person, now=visit.now, new_id=tx.new_id))
    return show_desk(desk, visit)


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


def _desk(desk: Desk, visit: Visit, page: int = 0) -> Answer:
    with desk.storage.read(visit.workspace) as tx:
        view = desk_view(tx, owners_round(tx, visit), visit, page)
    showing = visit.view or {}
    if showing.get("callback_id") == ids.DESK_VIEW:
        return Show(view, showing["id"])
    return Open(view)


def _page(visit: Visit) -> int:
    """The page of the desk on which the button was."""
    try:
        return views.page_of(visit.view or {})
    except ValueError:
        return 0
