"""Requests that only an owner may make."""

from handlers.context import Request
from mentoring.core.owners import check_owner
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.round import MatchingRound
from storage import Transaction


def require_owner(tx: Transaction, request: Request) -> tuple[Programme, Cohort]:
    """The programme and its current cohort, for an owner. Raises NoProgramme, NotForYou."""
    found = tx.require_programme()
    check_owner(request.person, tx.owners.all())
    return found


def load_round_for_owner(tx: Transaction, request: Request) -> MatchingRound:
    """The current round, for an owner, who counts as present. Raises NoProgramme, NotForYou."""
    return tx.rounds.get(*require_owner(tx, request)).with_acting_owner(request.person)
