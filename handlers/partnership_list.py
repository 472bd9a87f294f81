"""The list of partnerships, for owners: its pages, filters and search."""

from typing import Any

from handlers.context import AppContext, OpenModal, Request, Response, UpdateModal, open_or_update
from handlers.owners import require_owner
from mentoring.core.paging import PageMark
from messages import forms
from messages.in_programme import view_in
from messages.partnerships import owners_view
from messages.partnerships.owners_view import PartnershipsState
from services.programmes import as_read, name_if_several
from storage import Transaction


def open_all(app: AppContext, request: Request) -> Response:
    """Show the first page of the filter of the button, without a search."""
    return _show(app, request, PartnershipsState(filter=owners_view.chosen_filter(request.value)))


def choose_filter(app: AppContext, request: Request) -> Response:
    """Show the first page of the chosen filter. A search stays."""
    chosen = {"filter": owners_view.chosen_filter(request.value), "mark": ""}
    return _show(app, request, PartnershipsState.of_view(request.view).model_copy(update=chosen))


def turn_page(app: AppContext, request: Request) -> Response:
    """Show the page of the button."""
    return _show(app, request, PartnershipsState.of_view(request.view).model_copy(update={"mark": request.value}))


def show_again(app: AppContext, request: Request) -> Response:
    """Show the open list as it is now."""
    return _show(app, request, PartnershipsState.of_view(request.view))


def _show(app: AppContext, request: Request, state: PartnershipsState) -> Response:
    """Show the list in the open one, or open it."""
    with app.storage.read(request.workspace) as tx:
        view = _view(tx, request, state)
    return open_or_update(request, view)


def _view(tx: Transaction, request: Request, state: PartnershipsState) -> dict[str, Any]:
    """The view of the list. Raises NotForYou."""
    programme, _ = require_owner(tx, request)
    name = name_if_several(tx, programme)
    today = tx.people.get(request.person).today(request.now)
    page = tx.partnership_list.page(programme.id, state.query, PageMark.parse(state.mark), today)
    return view_in(owners_view.all_view(page, state, as_read(tx, programme), today), programme.id, name)


def open_search(app: AppContext, request: Request) -> Response:
    """Open the form to search, on top of the list."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
    root = str((request.view or {}).get("id", ""))
    form = owners_view.search_form(PartnershipsState.of_view(request.view), root=root)
    return OpenModal(view_in(form, programme.id))


def search(app: AppContext, request: Request) -> Response:
    """Show what was searched for in the list below the form."""
    view = request.view or {}
    root = forms.meta_of(view).root
    state = owners_view.parse_search(forms.read(view), PartnershipsState.of_view(view))
    with app.storage.read(request.workspace) as tx:
        shown = _view(tx, request, state)
    return UpdateModal(shown, root) if root else OpenModal(shown)
