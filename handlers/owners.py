"""Requests that only an owner of a programme may make."""

from handlers.context import Request
from handlers.programme_choice import one_of
from mentoring.core.errors import NoProgramme, NotForYou
from mentoring.core.owners import check_owner
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.matching.round import MatchingRound
from storage import Transaction


def require_owner(tx: Transaction, request: Request, programme_id: str = "") -> tuple[Programme, Cohort]:
    """The programme with its current cohort, for an owner of it.

    It is `programme_id`, or else the one that the button or form names, or else the only one that this person owns.
    Raises NoProgramme, NotForYou, and SeveralProgrammes if they own several.
    """
    owned = tx.roles.programmes_of(request.person, ProgrammeRole.OWNER)
    if wanted := programme_id or request.programme:
        check_owner(request.person, tx.roles.owners(wanted))
        return tx.programme(wanted)
    if len(owned) == 1:
        return tx.programme(owned[0])
    if owned:
        return one_of(tx, request, [each for each in tx.programmes.all() if each[0].id in owned])
    if not tx.programmes.count():
        raise NoProgramme
    raise NotForYou


def load_round_for_owner(tx: Transaction, request: Request, programme_id: str = "") -> MatchingRound:
    """The programme's current round, for an owner, who counts as present. Raises as `require_owner`."""
    return tx.rounds.get(*require_owner(tx, request, programme_id)).with_acting_owner(request.person)
