"""Messages that did not arrive: an owner sends them again, or leaves it at that."""

from collections.abc import Callable, Sequence

from handlers.context import Answer, Desk, Say, Visit, ground
from mentoring.notifications.undelivered import Undelivered, resolve
from messages.notifications.undelivered import settled
from messages.payloads import message
from storage import Transaction


def send_again(desk: Desk, visit: Visit) -> Answer:
    return _settle(desk, visit, lambda tx: (tx.undelivered.get(visit.value),), again=True)


def leave_it(desk: Desk, visit: Visit) -> Answer:
    return _settle(desk, visit, lambda tx: (tx.undelivered.get(visit.value),), again=False)


def send_all_again(desk: Desk, visit: Visit) -> Answer:
    """All that one report tells of and nobody has settled."""
    return _settle(desk, visit, lambda tx: tx.undelivered.told_in(visit.value) or (None,), again=True)


def _settle(
    desk: Desk, visit: Visit, which: Callable[[Transaction], Sequence[Undelivered | None]], *, again: bool
) -> Answer:
    with desk.storage.begin(visit.workspace) as tx:
        ground(tx)
        failed, owners = which(tx), tx.owners.all()
        for each in failed:
            tx.keep(resolve(each, by=visit.person, owners=owners, again=again))
    return Say(message(settled(len(failed), again=again), ()))
