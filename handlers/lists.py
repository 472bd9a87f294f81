"""What the lists share that owners page through: a filter, a search, and the next page, shown in the open list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from handlers.context import AppContext, OpenModal, Request, Response, UpdateModal, open_or_update
from messages import forms
from messages.list_state import ListState
from storage import Transaction

S = TypeVar("S", bound=ListState)


@dataclass(frozen=True)
class ListHandlers(Generic[S]):
    """The handlers of one list.

    `chosen_filter` reads the value of a button or menu, `view` is the view of the list (raises NotForYou), and
    `parse_search` is what the list shows after a search, given what it showed.
    """

    state: type[S]
    chosen_filter: Callable[[str], str]
    view: Callable[[Transaction, Request, S], dict[str, Any]]
    parse_search: Callable[[forms.Values, S], S]

    def open(self, app: AppContext, request: Request) -> Response:
        """Show the first page of the filter of the button, without a search."""
        return self._show(app, request, self._filtered(self.state(), request))

    def choose_filter(self, app: AppContext, request: Request) -> Response:
        """Show the first page of the chosen filter. A search stays."""
        return self._show(app, request, self._filtered(self.state.of_view(request.view), request))

    def turn_page(self, app: AppContext, request: Request) -> Response:
        """Show the page of the button."""
        return self._show(app, request, self.state.of_view(request.view).model_copy(update={"mark": request.value}))

    def show_again(self, app: AppContext, request: Request) -> Response:
        """Show the open list as it is now."""
        return self._show(app, request, self.state.of_view(request.view))

    def search(self, app: AppContext, request: Request) -> Response:
        """Show what was searched for in the list below the form."""
        sent = request.view or {}
        root = forms.meta_of(sent).root
        state = self.parse_search(forms.read(sent), self.state.of_view(sent))
        with app.storage.read(request.workspace) as tx:
            shown = self.view(tx, request, state)
        return UpdateModal(shown, root) if root else OpenModal(shown)

    def _filtered(self, state: S, request: Request) -> S:
        return state.model_copy(update={"filter": self.chosen_filter(request.value), "mark": ""})

    def _show(self, app: AppContext, request: Request, state: S) -> Response:
        """Show the list in the open one, or open it."""
        with app.storage.read(request.workspace) as tx:
            view = self.view(tx, request, state)
        return open_or_update(request, view)
