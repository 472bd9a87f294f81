"""Messages that did not arrive: an owner sends them again, or leaves it at that."""

from collections.abc import Callable, Sequence

from handlers.context import AppContext, Reply, Request, Response, ground
from mentoring.notifications.undelivered import UndeliveredNotification, resolve
from messages.notifications.undelivered import settled
from messages.payloads import message
from storage import Transaction


def resend(desk: AppContext, visit: Request) -> Response:
    return _settle(desk, visit, lambda tx: (tx.undelivered.get(visit.value),), again=True)


def dismiss(desk: AppContext, visit: Request) -> Response:
    return _settle(desk, visit, lambda tx: (tx.undelivered.get(visit.value),), again=False)


def resend_all(desk: AppContext, visit: Request) -> Response:
    """All that one report tells of and nobody has settled."""
    return _settle(desk, visit, lambda tx: tx.undelivered.told_in(visit.value) or (None,), again=True)


def _settle(
    desk: AppContext,
    visit: Request,
    which: Callable[[Transaction], Sequence[UndeliveredNotification | None]],
    *,
    again: bool,
) -> Response:
    with desk.storage.begin(visit.workspace) as tx:
        ground(tx)
        failed, owners = which(tx), tx.owners.all()
        for each in failed:
            tx.keep(resolve(each, by=visit.person, owners=owners, again=again))
    return Reply(message(settled(len(failed), again=again), ()))
