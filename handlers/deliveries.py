"""Messages that did not arrive: an owner sends them again, or leaves it at that."""

from collections.abc import Callable, Sequence

from handlers.desk import Answer, Desk, Say, Visit, ground
from mentoring.error import AlreadySettled, NotForYou
from mentoring.undelivered import resolve
from messages.outgoing import message
from messages.undelivered import settled
from storage import Transaction


def send_again(desk: Desk, visit: Visit) -> Answer:
    return _settle(desk, visit, lambda tx: [visit.value], again=True)


def leave_it(desk: Desk, visit: Visit) -> Answer:
    return _settle(desk, visit, lambda tx: [visit.value], again=False)


def send_all_again(desk: Desk, visit: Visit) -> Answer:
    """All that one report tells of and nobody has settled."""
    return _settle(desk, visit, lambda tx: [item.id for item in tx.undelivered.told_in(visit.value)], again=True)


def _settle(desk: Desk, visit: Visit, which: Callable[[Transaction], Sequence[str]], *, again: bool) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        ground(tx)
        owners = tx.owners.all()
        if visit.person not in owners:
            raise NotForYou
        ids = which(tx)
        if not ids:
            raise AlreadySettled
        for notice_id in ids:
            tx.keep(resolve(tx.undelivered.get(notice_id), by=visit.person, owners=owners, again=again))
    return Say(message(settled(len(ids), again=again), ()))
