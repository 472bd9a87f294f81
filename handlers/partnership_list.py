"""The list of partnerships, for owners and facilitators: its pages, filters and search."""

from typing import Any

from handlers.context import AppContext, OpenModal, Request, Response, UpdateModal
from handlers.lists import ListHandlers
from handlers.owners import require_partnership_reader
from mentoring.core.paging import Page, PageMark
from mentoring.people.listed_partnerships import ListedPartnership
from messages import forms, ids
from messages.in_programme import view_in
from messages.oversight.view import Overseen
from messages.partnerships import owners_view
from messages.partnerships.owners_view import PartnershipsState
from services.oversight import load_requests
from services.programmes import as_read, name_if_several
from storage import Transaction


def _view(tx: Transaction, request: Request, state: PartnershipsState) -> dict[str, Any]:
    """The view of the list. Raises NotForYou."""
    programme, _ = require_partnership_reader(tx, request)
    for_owner = request.person in tx.roles.owners(programme.id)
    name = name_if_several(tx, programme)
    reader = tx.people.get(request.person)
    today = reader.today(request.now)
    page = tx.partnership_list.page(programme.id, state.query, PageMark.parse(state.mark), today)
    overseen = _overseen(tx, page, programme.id, request.person) if for_owner else None
    view = owners_view.all_view(page, state, as_read(tx, programme), today, overseen=overseen, reader=reader)
    return view_in(view, programme.id, name)


LIST = ListHandlers(PartnershipsState, owners_view.chosen_filter, _view, owners_view.parse_search)


def _overseen(tx: Transaction, page: Page[ListedPartnership], programme_id: str, owner: str) -> Overseen:
    requests, answers = load_requests(tx, [each.partnership for each in page.items])
    return Overseen(owner, tx.roles.present_owners(programme_id), requests, answers)


def below(request: Request) -> str:
    """What the open list shows, for the form on top of it; "" if there is no list."""
    is_open = bool(request.id_of_view(ids.ALL_PARTNERSHIPS_VIEW))
    return PartnershipsState.of_view(request.view).model_dump_json() if is_open else ""


def view_below(tx: Transaction, request: Request, shown: str) -> dict[str, Any]:
    """The list below a form, as it is now. `shown` is what `below` returned."""
    return _view(tx, request, PartnershipsState.model_validate_json(shown))


def shown_below(app: AppContext, request: Request, view: dict[str, Any]) -> Response:
    """Show `view` in place of the form in which a button was, and the list below it as it is now."""
    meta = forms.meta_of(request.view or {})
    open_id = str((request.view or {}).get("id", ""))
    if not (meta.root and meta.below):
        return UpdateModal(view, open_id)
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(view, open_id, UpdateModal(view_below(tx, request, meta.below), meta.root))


def open_search(app: AppContext, request: Request) -> Response:
    """Open the form to search, on top of the list."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_partnership_reader(tx, request)
    root = str((request.view or {}).get("id", ""))
    form = owners_view.search_form(PartnershipsState.of_view(request.view), root=root)
    return OpenModal(view_in(form, programme.id))
