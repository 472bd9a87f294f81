"""Programme settings and closing a cohort, for owners."""

from dataclasses import replace

from handlers.context import DONE, AppContext, OpenModal, Reply, Request, Response, UpdateModal
from handlers.drafts import draft_name, load_draft, submission
from handlers.owners import load_round_for_owner, require_owner
from mentoring.programmes.cohorts import close_cohort
from mentoring.programmes.settings import Part, change_settings
from messages import forms, ids
from messages import programmes as forms_of_setup


def open_setup(app: AppContext, request: Request) -> Response:
    """Open the settings form of the button, or show the card with all of them."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        if request.value not in set(Part):
            today = tx.people.get(request.person).today(request.now)
            return Reply(forms_of_setup.card(programme, cohort, tx.owners.all(), today))
        part = Part(request.value)
        draft = load_draft(tx, request, draft_name(ids.SETUP_FORM, part))
    values = draft or forms_of_setup.values_of(part, programme, cohort)
    return OpenModal(forms_of_setup.form(part, programme, cohort, values, restored=draft is not None))


def choose_country(app: AppContext, request: Request) -> Response:
    """Ask for the region of the country that was chosen in the form of the dates. What was typed there stays."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
    view = request.view or {}
    meta = forms.meta_of(view)
    shown = replace(programme, version=meta.version)
    form = forms_of_setup.form(Part(meta.form), shown, cohort, forms.read(view))
    return UpdateModal(form, view["id"])


def submit_setup(app: AppContext, request: Request) -> Response:
    """Save one part of the settings, and notify the owners of changes. If it is refused, save it as a draft."""
    view = request.view or {}
    meta = forms.meta_of(view)
    part = forms.known(Part, meta.form)
    with submission(app, request) as tx:
        programme, cohort = tx.require_programme()
        form = forms_of_setup.parse(part, forms.read(view), programme)
        outcome = change_settings(
            programme,
            cohort,
            form,
            by=request.person,
            owners=tx.owners.all(),
            present_owners=tx.owners.present(),
            seen_version=meta.version,
            today=tx.people.get(request.person).today(request.now),
            closed=tx.rounds.get(programme, cohort).with_acting_owner(request.person) if cohort.closed_on else None,
            new_id=tx.new_id(),
        )
        tx.save(outcome)
    return DONE


def close(app: AppContext, request: Request) -> Response:
    """Close the cohort of the button, and notify the people concerned."""
    with app.storage.begin(request.workspace) as tx:
        tx.save(close_cohort(load_round_for_owner(tx, request), request.value, by=request.person, now=request.now))
    return DONE
