"""Action items: their list and form, and to tick, move, drop and reopen them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.context import DONE, AppContext, OpenModal, Request, Response, UpdateModal, open_or_update
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership, names_of, show_list
from mentoring.core.errors import StaleRequest
from mentoring.core.outcome import Outcome
from mentoring.core.people import Person
from mentoring.items import item as rules
from mentoring.items.errors import NoSuchItem
from mentoring.items.item import ActionItem
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition
from messages import forms, ids, items
from messages.forms import FormMetadata
from messages.items.blocks import SeenItem
from services.drafts import draft_name
from services.items import with_items_followed
from storage import Transaction


@dataclass(frozen=True)
class _ChosenItem:
    """The action item of a button, in the version that was `seen`, with all that its partnership has `stored`."""

    of: Partnership
    stored: Sequence[ActionItem]
    item: ActionItem
    seen: int


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
        check_transition(PartnershipEvent.CHANGE_ITEMS, partnership, request.person)
        draft = load_draft(tx, request, draft_name(ids.ITEM_FORM, items.ADD, request.value))
        meta = FormMetadata(
            form=items.ADD, about=request.value, root=request.id_of_view(ids.ITEMS_VIEW), below=_below(request)
        )
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
        chosen = _chosen(tx, request, request.value)
        partnership, item = chosen.of, chosen.item
        check_transition(PartnershipEvent.CHANGE_ITEMS, partnership, request.person)
        if not item.is_open:
            raise StaleRequest(typed=False)
        about = f"{partnership.id}:{item.id}"
        draft = load_draft(tx, request, draft_name(ids.ITEM_FORM, items.CHANGE, about))
        meta = FormMetadata(
            form=items.CHANGE,
            about=about,
            version=item.version,
            root=request.id_of_view(ids.ITEMS_VIEW),
            below=_below(request),
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
            chosen = _chosen(tx, request, f"{meta.about}:{meta.version}")
            partnership, stored = chosen.of, chosen.stored
            outcome = rules.change_item(
                partnership, chosen.item, form, by=by, now=request.now, seen_version=meta.version
            )
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
    return _decide(
        app, request, lambda chosen, by: rules.tick_item(chosen.of, chosen.item, by=by.id, seen_version=chosen.seen)
    )


def drop(app: AppContext, request: Request) -> Response:
    return _decide(
        app, request, lambda chosen, by: rules.drop_item(chosen.of, chosen.item, by=by.id, seen_version=chosen.seen)
    )


def move(app: AppContext, request: Request) -> Response:
    return _decide(
        app,
        request,
        lambda chosen, by: rules.move_item(chosen.of, chosen.item, by=by, now=request.now, seen_version=chosen.seen),
    )


def reopen(app: AppContext, request: Request) -> Response:
    return _decide(app, request, lambda chosen, by: rules.reopen_item(chosen.of, chosen.stored, chosen.item, by=by.id))


def _decide(app: AppContext, request: Request, rule: Callable[[_ChosenItem, Person], Outcome]) -> Response:
    """Change the action item of the button. Its messages, Home and the list in which the button was show it."""
    with app.storage.begin(request.workspace) as tx:
        chosen = _chosen(tx, request, request.value)
        outcome = rule(chosen, tx.people.get(request.person))
        tx.save(with_items_followed(tx, chosen.of, chosen.stored, outcome, request.now))
    return refresh_items(app, request)


def _chosen(tx: Transaction, request: Request, value: str) -> _ChosenItem:
    """The action item of the button. Raises NoSuchPartnership, NoSuchItem."""
    try:
        seen = SeenItem.load(value)
    except ValueError:
        raise NoSuchItem from None
    partnership = find_partnership(tx, seen.partnership_id, request)
    stored = tx.private(request.acting).items(partnership)
    item = next((each for each in stored if each.id == seen.item_id), None)
    if item is None:
        raise NoSuchItem
    return _ChosenItem(partnership, stored, item, seen.version)


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


def _other_name(tx: Transaction, partnership: Partnership, request: Request) -> str:
    """The other person's display name, for plain text, where mentions do not work."""
    return names_of(tx, [partnership]).get(partnership.other(request.person)) or "The other person"
