"""Action items: their list and form, and to tick, move, drop and reopen them."""

from collections.abc import Callable, Sequence
from typing import Any

from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership, names_of, show_list
from mentoring.core.errors import StaleRequest
from mentoring.core.outcome import Outcome
from mentoring.items import item as rules
from mentoring.items.errors import NoSuchItem
from mentoring.items.item import ActionItem
from mentoring.partnerships.errors import AlreadyEnded
from mentoring.partnerships.partnership import Partnership
from messages import forms, ids, items
from messages.forms import FormMetadata
from messages.items.blocks import SeenItem
from services.drafts import draft_name
from services.items import with_items_followed
from storage import Transaction

Decide = Callable[[Partnership, Sequence[ActionItem], ActionItem, int], Outcome]


def open_items(app: AppContext, request: Request) -> Response:
    """Show the action items of the partnership of the button."""
    with app.storage.read(request.workspace) as tx:
        view = _view(tx, request, request.value)
    return open_or_update(request, view, instead_of={ids.PARTNERSHIPS_VIEW})


def refresh_items(app: AppContext, request: Request) -> Response:
    """Update the list in which the button was; DONE for a button of a message or at Home."""
    if (request.view or {}).get("callback_id") != ids.ITEMS_VIEW:
        return show_list(app, request)
    with app.storage.read(request.workspace) as tx:
        view = _view(tx, request, forms.meta_of(request.view or {}).about)
    return UpdateModal(view, str((request.view or {})["id"]))


def open_add(app: AppContext, request: Request) -> Response:
    """Open the form for one more action item."""
    with app.storage.read(request.workspace) as tx:
        partnership = find_partnership(tx, request.value.partition(":")[0], request)
        if not partnership.is_active:
            raise AlreadyEnded
        draft = load_draft(tx, request, draft_name(ids.ITEM_FORM, items.ADD, request.value))
        meta = FormMetadata(form=items.ADD, about=request.value, root=_list_below(request), below=_below(request))
        view = items.item_form(
            draft or {"action_who": request.person},
            partnership,
            by=request.person,
            name=_other_name(tx, partnership, request),
            meta=meta,
            restored=draft is not None,
        )
    return OpenModal(view)


def open_change(app: AppContext, request: Request) -> Response:
    """Open the form with an action item that is open."""
    with app.storage.read(request.workspace) as tx:
        partnership, _, item, _ = _found(tx, request, request.value)
        if not partnership.is_active:
            raise AlreadyEnded
        if not item.is_open:
            raise StaleRequest(typed=False)
        about = f"{partnership.id}:{item.id}"
        draft = load_draft(tx, request, draft_name(ids.ITEM_FORM, items.CHANGE, about))
        meta = FormMetadata(
            form=items.CHANGE, about=about, version=item.version, root=_list_below(request), below=_below(request)
        )
        view = items.item_form(
            draft or items.values_of_item(item, partnership),
            partnership,
            by=request.person,
            name=_other_name(tx, partnership, request),
            meta=meta,
            restored=draft is not None,
        )
    return OpenModal(view)


def submit(app: AppContext, request: Request) -> Response:
    """Add an action item, once for each form, or change one. If it is refused, it is saved as a draft."""
    view = request.view or {}
    meta, form = forms.meta_of(view), items.parse_item(forms.read(view))
    if meta.form not in (items.ADD, items.CHANGE):
        raise forms.UnknownForm
    partnership_id, _, about = meta.about.partition(":")
    with submission(app, request) as tx:
        by = tx.people.get(request.person)
        if meta.form == items.CHANGE:
            partnership, stored, item, _ = _found(tx, request, f"{meta.about}:{meta.version}")
            outcome = rules.change_item(partnership, item, form, by=by, now=request.now, seen_version=meta.version)
        else:
            partnership = find_partnership(tx, partnership_id, request)
            stored = tx.private(request.acting).items(partnership)
            item_id = tx.items.id_of_form(str(view.get("id", "")))
            outcome = rules.add_item(
                partnership, stored, form, by=by, now=request.now, item_id=item_id, meeting_id=about
            )
        tx.save(with_items_followed(tx, partnership, stored, outcome, request.now))
    if not meta.root:
        return DONE
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(_view(tx, request, partnership_id, below=meta.below), meta.root)


def tick(app: AppContext, request: Request) -> Response:
    def rule(partnership: Partnership, _: Sequence[ActionItem], item: ActionItem, seen: int) -> Outcome:
        return rules.tick_item(partnership, item, by=request.person, seen_version=seen)

    return _decide(app, request, lambda _tx: rule)


def drop(app: AppContext, request: Request) -> Response:
    def rule(partnership: Partnership, _: Sequence[ActionItem], item: ActionItem, seen: int) -> Outcome:
        return rules.drop_item(partnership, item, by=request.person, seen_version=seen)

    return _decide(app, request, lambda _tx: rule)


def move(app: AppContext, request: Request) -> Response:
    def of(tx: Transaction) -> Decide:
        by = tx.people.get(request.person)
        return lambda partnership, _, item, seen: rules.move_item(
            partnership, item, by=by, now=request.now, seen_version=seen
        )

    return _decide(app, request, of)


def reopen(app: AppContext, request: Request) -> Response:
    def rule(partnership: Partnership, stored: Sequence[ActionItem], item: ActionItem, _: int) -> Outcome:
        return rules.reopen_item(partnership, stored, item, by=request.person)

    return _decide(app, request, lambda _tx: rule)


def _decide(app: AppContext, request: Request, of: Callable[[Transaction], Decide]) -> Response:
    """Change the action item of the button. Its messages, Home and the list in which the button was show it."""
    with app.storage.begin(request.workspace) as tx:
        partnership, stored, item, seen = _found(tx, request, request.value)
        outcome = of(tx)(partnership, stored, item, seen)
        tx.save(with_items_followed(tx, partnership, stored, outcome, request.now))
    return refresh_items(app, request)


def _found(tx: Transaction, request: Request, value: str) -> tuple[Partnership, list[ActionItem], ActionItem, int]:
    """The partnership, its action items, the one of the button, and which version of it was seen.

    Raises NoSuchPartnership, NoSuchItem.
    """
    try:
        seen = SeenItem.load(value)
    except ValueError:
        raise NoSuchItem from None
    partnership = find_partnership(tx, seen.partnership_id, request)
    stored = tx.private(request.acting).items(partnership)
    item = next((each for each in stored if each.id == seen.item_id), None)
    if item is None:
        raise NoSuchItem
    return partnership, stored, item, seen.version


def _view(tx: Transaction, request: Request, partnership_id: str, *, below: str | None = None) -> dict[str, Any]:
    partnership = find_partnership(tx, partnership_id, request)
    return items.items_view(
        tx.private(request.acting).items(partnership),
        partnership,
        by=request.person,
        programme=tx.programme_of(partnership.cohort_id)[0],
        below=_below(request) if below is None else below,
    )


def _below(request: Request) -> str:
    """What the list stands in the place of, as its metadata and those of its form say it."""
    if (request.view or {}).get("callback_id") == ids.PARTNERSHIPS_VIEW:
        return items.in_place_of_list(request.value.partition(":")[0])
    return forms.meta_or_empty(request.view).below


def _list_below(request: Request) -> str:
    """The id of the list of action items below the form, which is updated afterwards, or ""."""
    showing = request.view or {}
    return str(showing["id"]) if showing.get("callback_id") == ids.ITEMS_VIEW else ""


def _other_name(tx: Transaction, partnership: Partnership, request: Request) -> str:
    """The other person's display name, for plain text, where mentions do not work."""
    return names_of(tx, [partnership]).get(partnership.other(request.person)) or "The other person"
