"""Messages that did not arrive: an owner sends them again, or leaves it at that."""

from collections.abc import Sequence

from handlers.desk import Answer, Desk, Say, Visit, ground
from mentoring.error import AlreadySettled, NotForYou
from mentoring.undelivered import resolve
from messages.outgoing import message
from messages.undelivered import settled


def send_again(desk: Desk, visit: Visit) -> Answer:
    return _settle(desk, visit, [visit.value], again=True)


def leave_it(desk: Desk, visit: Visit) -> Answer:
    return _settle(desk, visit, [visit.value], again=False)


def send_all_again(desk: Desk, visit: Visit) -> Answer:
    """All that one report tells of and nobody has settled."""
    with desk.storage.read(visit.workspace) as tx:
        if visit.person not in tx.owners.all():
            raise NotForYou
        ids = [item.id for item in tx.undelivered.told_in(visit.value)]
    if not ids:
        raise AlreadySettled
    return _settle(desk, visit, ids, again=True)


def _settle(desk: Desk, visit: Visit, ids: Sequence[str], *, again: bool) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        ground(tx)
        for notice_id in ids:
            tx.keep(resolve(tx.undelivered.get(notice_id), by=visit.person, owners=tx.owners.all(), again=again))
    return Say(message(settled(len(ids), again=again), ()))
