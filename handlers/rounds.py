"""A round as an owner decides about it, and the desk on which they do."""

from typing import Any

from handlers.desk import Show, Visit, ground
from mentoring.core.errors import NotForYou
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.errors import NotOnTheDesk
from mentoring.matching.match import Match
from mentoring.matching.round import Round
from messages import forms, ids
from messages import matching as views
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
