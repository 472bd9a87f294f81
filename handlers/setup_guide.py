"""The guided set-up: one step after the other in one view, for owners."""

from contextlib import suppress
from typing import Any

from handlers.context import AppContext, OpenModal, Request, Response, UpdateModal
from handlers.drafts import draft_key, load_draft, save_draft
from handlers.owners import require_owner
from mentoring.core.programmes import Cohort, Programme
from mentoring.programmes.settings import Part, with_values
from mentoring.programmes.setup_steps import first_open, guided_parts, parts_done, place_of
from messages import forms, ids
from messages import programmes as forms_of_setup
from messages.forms import Values
from messages.in_programme import view_in
from messages.preview import preview as preview_view
from messages.preview import preview_of_invitation
from messages.programmes.guide_steps import GUIDE
from services.drafts import draft_name
from services.programmes import name_if_several
from storage import Transaction


def open_guide(app: AppContext, request: Request) -> Response:
    """Open the first step that is not done, or the overview if all are."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        done = parts_done(programme.id, tx.setup_steps.of(programme.id))
        part = first_open(guided_parts(cohort), done)
        return OpenModal(_view(tx, request, programme, cohort, part))


def go_to_step(app: AppContext, request: Request) -> Response:
    """Show the step of the button, or the overview. What was typed in the open one is kept as a draft."""
    view = request.view or {}
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        if view.get("callback_id") == ids.SETUP_FORM:
            _keep_what_is_new(tx, request, programme, cohort)
        part = Part(request.value) if request.value in set(Part) else None
        shown = _view(tx, request, programme, cohort, part)
    return UpdateModal(shown, str(view["id"])) if view else OpenModal(shown)


def preview(app: AppContext, request: Request) -> Response:
    """Show what participants read, with what is typed in the open step."""
    view = request.view or {}
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        today = tx.people.get(request.person).today(request.now)
        name = name_if_several(tx, programme)
    shown, then, part = programme, cohort, None
    if view.get("callback_id") == ids.SETUP_FORM:
        part = forms.known(Part, forms.meta_of(view).form)
        with suppress(ValueError):  # a date that was cleared: the saved values are shown
            shown, then = with_values(programme, cohort, forms_of_setup.parse(part, forms.read(view), programme))
    unsaved = (shown, then) != (programme, cohort)
    if part is Part.INVITATIONS:
        view = preview_of_invitation(shown, then, unsaved=unsaved)
    else:
        view = preview_view(shown, then, today, unsaved=unsaved)
    return OpenModal(view_in(view, programme.id, name))


def following_view(tx: Transaction, request: Request, programme_id: str, saved: Part) -> dict[str, Any]:
    """What takes the place of the step that was saved: the next one, or the overview. The request is an owner's."""
    programme, cohort = tx.programme(programme_id)
    place = place_of(saved, guided_parts(cohort))
    return _view(tx, request, programme, cohort, place.following if place else None, saved)


def _view(
    tx: Transaction,
    request: Request,
    programme: Programme,
    cohort: Cohort,
    part: Part | None,
    saved: Part | None = None,
) -> dict[str, Any]:
    """The view of a step, or the overview for None and for a part that is not in the guided set-up."""
    name = name_if_several(tx, programme)
    parts = guided_parts(cohort)
    guided = place_of(part, parts) if part else None
    if part is None or guided is None:
        done = parts_done(programme.id, tx.setup_steps.of(programme.id))
        return view_in(forms_of_setup.guide_overview(parts, done, saved), programme.id, name)
    draft = load_draft(tx, request, draft_name(ids.SETUP_FORM, part, GUIDE, programme.id))
    values = draft or _proposed(part, programme, cohort)
    suggests = draft is None and bool(forms_of_setup.suggested(part, programme))
    form = forms_of_setup.form(
        part,
        programme,
        cohort,
        values,
        restored=draft is not None,
        guided=guided,
        saved=saved,
        suggests=suggests,
    )
    return view_in(form, programme.id, name)


def _proposed(part: Part, programme: Programme, cohort: Cohort) -> Values:
    """The current values, and suggestions where there are none."""
    return {**forms_of_setup.values_of(part, programme, cohort), **forms_of_setup.suggested(part, programme)}


def _keep_what_is_new(tx: Transaction, request: Request, programme: Programme, cohort: Cohort) -> None:
    """Save a draft of the open step if something was typed that is neither saved nor suggested."""
    view = request.view or {}
    part = forms.known(Part, forms.meta_of(view).form)
    typed = {name: value for name, value in forms.read(view).items() if value}
    fields = {block.get("block_id") for block in view.get("blocks", ())}
    proposed = _proposed(part, programme, cohort)
    shown = {name: value for name, value in proposed.items() if value and name in fields}
    if typed == shown:
        tx.drafts.drop(request.person, draft_key(tx, request))
    else:
        save_draft(tx, request)
