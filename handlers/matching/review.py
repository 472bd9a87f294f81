"""A round as an owner decides about it, and the desk on which they do."""

from functools import partial
from typing import Any

from handlers.context import DONE, Answer, Desk, Open, Show, Visit, Working, ground
from handlers.proposing import propose_what_is_asked
from mentoring.core.errors import NotForYou
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching import review as rules
from mentoring.matching.errors import NotOnTheDesk
from mentoring.matching.match import Match
from mentoring.matching.review import ask_for_proposals
from mentoring.matching.round import Round
from messages import forms, ids
from messages import matching as views
from messages.matching.review import looking
from storage import Transaction


def owners_round(tx: Transaction, visit: Visit) -> Round:
    """The round, for an owner. Raises NoProgramme, NotForYou."""
    return tx.rounds.get(*owners_ground(tx, visit))


def owners_ground(tx: Transaction, visit: Visit) -> tuple[Programme, Cohort]:
    """The programme and its cohort, for an owner, where the round is not needed. Raises NoProgramme, NotForYou."""
    found = ground(tx)
    if visit.person not in tx.owners.all():
        raise NotForYou
    return found


def proposal_of(round_: Round, match_id: str) -> Match:
    """Raises NotOnTheDesk."""
    match = round_.matches.get(match_id)
    if match is None:
        raise NotOnTheDesk
    return match


def desk_view(
    tx: Transaction, round_: Round, visit: Visit, page: int = 0, *, just_proposed: bool = False
) -> dict[str, Any]:
    """The desk with all that was decided on it, for the owner whose visit it is."""
    record = record_of(tx, round_, visit)
    return views.view(round_, page, by=visit.person, just_proposed=just_proposed, record=record)


def record_of(tx: Transaction, round_: Round, visit: Visit) -> views.Record:
    """Who decided what in this round, and why exceptions were made, for the owner whose visit it is."""
    excepted = [match.id for match in round_.on_the_desk() if match.excepted]
    exemptions = tx.private(visit.person).exemptions(excepted) if excepted else {}
    cohort = round_.cohort.id
    return views.Record(tx.decisions.of_cohort(cohort), exemptions, tx.solvings.get(cohort))


def root_of(visit: Visit) -> str:
    """The id of the open desk under which, or on which, this was pressed; "" where there is none."""
    view = visit.view or {}
    if view.get("callback_id") == ids.DESK_VIEW:
        return str(view["id"])
    try:
        return forms.meta_of(view).root
    except ValueError:
        return ""


def desk_again(tx: Transaction, round_: Round, visit: Visit) -> Show | None:
    """The open desk as it is now, if there is one below."""
    root = root_of(visit)
    return Show(desk_view(tx, round_, visit), root) if root else None


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


def propose_matches(desk: Desk, visit: Visit) -> Answer:
    """Have the desk filled anew. An open desk says meanwhile that we are at it, and then shows what was found."""
    with desk.storage.begin(visit.workspace) as tx:
        programme, cohort = ground(tx)
        solving, owners = tx.solvings.get(cohort.id), tx.owners.all()
        tx.keep(ask_for_proposals(solving, cohort, owners, by=visit.person, now=visit.now))
    showing = visit.view or {}
    if showing.get("callback_id") != ids.DESK_VIEW:
        return Working(DONE, partial(propose_what_is_asked, desk.storage, visit.workspace, desk.calendar))
    return Working(Show(looking(programme), showing["id"]), partial(_propose_and_show, desk, visit, showing["id"]))


def _propose_and_show(desk: Desk, visit: Visit, view_id: str) -> None:
    """Somebody waits in front of the desk `view_id`."""

    def seeing(round_: Round) -> None:
        desk.forms.show(view_id, looking(round_.programme, round_))

    propose_what_is_asked(desk.storage, visit.workspace, desk.calendar, seeing)
    with desk.storage.read(visit.workspace) as tx:
        round_ = tx.rounds.get(*ground(tx))
        if visit.person in round_.owners:
            desk.forms.show(view_id, desk_view(tx, round_, visit, just_proposed=True))
