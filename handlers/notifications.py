"""Resending and dismissing undelivered notifications."""

from collections.abc import Callable, Sequence

from handlers.context import AppContext, Reply, Request, Response
from mentoring.core.roles import ProgrammeRole
from mentoring.core.undelivered import UndeliveredNotification, resolve
from messages.notifications.undelivered import resolved
from messages.payloads import message
from services.programmes import programme_about
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
        failed = which(tx)
        for each in failed:
            about = programme_about(tx, each.refs) if each else None
            owners = tx.roles.owners(about[0].id) if about else tx.roles.everybody_with(ProgrammeRole.OWNER)
            tx.save(resolve(each, by=request.person, owners=owners, again=again))
    return Reply(message(resolved(len(failed), again=again), ()))
