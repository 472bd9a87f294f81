"""Requests that only some may make: owners of a programme, those who decide on its proposals or read its list of
partnerships, or administrators.
"""

from collections.abc import Sequence

from handlers.context import Request
from handlers.programme_choice import one_of
from mentoring.core.errors import NoProgramme, NotAnAdministrator, NotForYou
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.matching.round import MatchingRound
from storage import Transaction


def require_owner(tx: Transaction, request: Request, programme_id: str = "") -> tuple[Programme, Cohort]:
    """The programme with its current cohort, for an owner of it.

    It is `programme_id`, or else the one that the button or form names, or else the only one that this person owns.
    Raises NoProgramme, NotForYou, and SeveralProgrammes if they own several.
    """
    return _one_of_theirs(tx, request, tx.roles.programmes_of(request.person, ProgrammeRole.OWNER), programme_id)


def require_approver(tx: Transaction, request: Request, programme_id: str = "") -> tuple[Programme, Cohort]:
    """As `require_owner`, for an owner or a member of the committee: they read applications and decide on proposals."""
    return _one_of_theirs(tx, request, tx.roles.approved_by(request.person), programme_id)


def require_partnership_reader(tx: Transaction, request: Request) -> tuple[Programme, Cohort]:
    """As `require_owner`, for an owner or a facilitator: they read the list of partnerships."""
    return _one_of_theirs(tx, request, tx.roles.partnerships_read_by(request.person), "")


def administrators(tx: Transaction) -> list[str]:
    """The administrators (Slack user ids)."""
    return [each.person for each in tx.roles.administrators()]


def check_administrator(tx: Transaction, request: Request) -> None:
    """Raise NotAnAdministrator unless an administrator asks; NoProgramme if there is no programme yet."""
    if request.person not in administrators(tx):
        raise NotAnAdministrator if tx.programmes.count() else NoProgramme


def _one_of_theirs(
    tx: Transaction, request: Request, theirs: Sequence[str], programme_id: str
) -> tuple[Programme, Cohort]:
    """One of the programmes `theirs` (ids)."""
    if wanted := programme_id or request.programme:
        if wanted not in theirs:
            raise NotForYou
        return tx.programme(wanted)
    if len(theirs) == 1:
        return tx.programme(theirs[0])
    if theirs:
        return one_of(tx, request, [each for each in tx.programmes.all() if each[0].id in theirs])
    if not tx.programmes.count():
        raise NoProgramme
    raise NotForYou


def load_round_for_owner(tx: Transaction, request: Request, programme_id: str = "") -> MatchingRound:
    """The programme's current round, for an owner, who counts as present. Raises as `require_owner`."""
    return tx.rounds.get(*require_owner(tx, request, programme_id)).with_acting(request.person)


def load_round_for_approver(tx: Transaction, request: Request, programme_id: str = "") -> MatchingRound:
    """As `load_round_for_owner`, for an owner or a member of the committee."""
    return tx.rounds.get(*require_approver(tx, request, programme_id)).with_acting(request.person)
