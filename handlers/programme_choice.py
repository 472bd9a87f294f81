"""Which programme a participant's request is about. They are asked only if it could be several."""

from collections.abc import Sequence

from handlers.context import Request
from mentoring.applications.application import Role
from mentoring.core.errors import NoOpenProgramme, NoProgramme, SeveralProgrammes
from mentoring.core.programmes import Cohort, Programme
from mentoring.programmes.membership import Membership
from services.programmes import memberships_of
from storage import Transaction


def programme_to_apply(tx: Transaction, request: Request, role: Role) -> tuple[Programme, Cohort]:
    """The programme to apply to in this role: the one that the button or form names, or else the only one that is open
    to this person. Raises NoProgramme, NoOpenProgramme, SeveralProgrammes.
    """
    if request.programme:
        return tx.programme(request.programme)
    if only := _only_programme(tx):
        return only
    today = tx.people.get(request.person).today(request.now)
    found = [each for each in memberships_of(tx, request.person) if each.is_open_to(role, today)]
    if not found:
        raise NoOpenProgramme
    return _one_of(tx, request, found)


def programme_of_mine(tx: Transaction, request: Request) -> tuple[Programme, Cohort]:
    """The programme that the button names, or else the only one in which this person takes part, or else the only one
    that they can see. Raises NoProgramme, NoOpenProgramme, SeveralProgrammes.
    """
    if request.programme:
        return tx.programme(request.programme)
    if only := _only_programme(tx):
        return only
    memberships = memberships_of(tx, request.person)
    found = [each for each in memberships if each.takes_part] or [each for each in memberships if each.is_visible]
    if not found:
        raise NoOpenProgramme
    return _one_of(tx, request, found)


def _only_programme(tx: Transaction) -> tuple[Programme, Cohort] | None:
    """The programme of a workspace that has one; None if there are several. Raises NoProgramme."""
    if tx.programmes.count() > 1:
        return None
    found = tx.programmes.first()
    if found is None:
        raise NoProgramme
    return found


def _one_of(tx: Transaction, request: Request, found: list[Membership]) -> tuple[Programme, Cohort]:
    return one_of(tx, request, [(each.programme, each.cohort) for each in found])


def one_of(tx: Transaction, request: Request, found: Sequence[tuple[Programme, Cohort]]) -> tuple[Programme, Cohort]:
    """The only one, or the only one whose name has the words after the subcommand. Raises SeveralProgrammes."""
    words = request.text.casefold().split()[1:]
    named = [each for each in found if words and all(word in each[0].name.casefold() for word in words)]
    chosen = named or found
    if len(chosen) > 1:
        raise SeveralProgrammes(tuple(chosen), tx.people.get(request.person).today(request.now))
    return chosen[0]
