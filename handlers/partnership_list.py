"""The list of partnerships, for owners and facilitators: its pages, filters and search."""

from typing import Any

from handlers.context import AppContext, OpenModal, Request, Response
from handlers.lists import ListHandlers
from handlers.owners import require_partnership_reader
from mentoring.core.paging import PageMark
from messages.in_programme import view_in
from messages.partnerships import owners_view
from messages.partnerships.owners_view import PartnershipsState
from services.programmes import as_read, name_if_several
from storage import Transaction


def _view(tx: Transaction, request: Request, state: PartnershipsState) -> dict[str, Any]:
    """The view of the list. Raises NotForYou."""
    programme, _ = require_partnership_reader(tx, request)
    for_owner = request.person in tx.roles.owners(programme.id)
    name = name_if_several(tx, programme)
    today = tx.people.get(request.person).today(request.now)
    page = tx.partnership_list.page(programme.id, state.query, PageMark.parse(state.mark), today)
    view = owners_view.all_view(page, state, as_read(tx, programme), today, for_owner=for_owner)
    return view_in(view, programme.id, name)


LIST = ListHandlers(PartnershipsState, owners_view.chosen_filter, _view, owners_view.parse_search)


def open_search(app: AppContext, request: Request) -> Response:
    """Open the form to search, on top of the list."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_partnership_reader(tx, request)
    root = str((request.view or {}).get("id", ""))
    form = owners_view.search_form(PartnershipsState.of_view(request.view), root=root)
    return OpenModal(view_in(form, programme.id))
