"""The record of what owners did, for owners."""

from handlers.context import AppContext, Request, Response, open_or_update
from handlers.owners import require_owner
from mentoring.core.paging import PageMark
from messages import owner_record
from messages.in_programme import view_in
from services.programmes import as_read, name_if_several


def open_record(app: AppContext, request: Request) -> Response:
    """Show the page of the button, or the first one."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        page = tx.owner_record.page(programme.id, PageMark.parse(request.value))
        view = owner_record.view(page, as_read(tx, programme), request.person)
        view = view_in(view, programme.id, name_if_several(tx, programme))
    return open_or_update(request, view)
