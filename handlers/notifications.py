"""Resending and dismissing undelivered notifications."""

from collections.abc import Callable, Sequence

from handlers.context import AppContext, Reply, Request, Response
from mentoring.notifications.undelivered import UndeliveredNotification, resolve
from messages.notifications.undelivered import resolved
from messages.payloads import message
from storage import Transaction


def resend(app: AppContext, request: Request) -> Response:
    return _resolve(app, request, lambda tx: (tx.undelivered.get(request.value),), again=True)


def dismiss(app: AppContext, request: Request) -> Response:
    return _resolve(app, request, lambda tx: (tx.undelivered.get(request.value),), again=False)


def resend_all(app: AppContext, request: Request) -> Response:
    """Resend all unresolved notifications of a report."""
    return _resolve(app, request, lambda tx: tx.undelivered.reported_in(request.value) or (None,), again=True)


def _resolve(
    app: AppContext,
    request: Request,
    which: Callable[[Transaction], Sequence[UndeliveredNotification | None]],
    *,
    again: bool,
) -> Response:
    with app.storage.begin(request.workspace) as tx:
        tx.require_programme()
        failed, owners = which(tx), tx.owners.all()
        for each in failed:
            tx.save(resolve(each, by=request.person, owners=owners, again=again))
    return Reply(message(resolved(len(failed), again=again), ()))
