"""Programme settings and closing a cohort, for owners."""

from dataclasses import replace

from handlers.context import DONE, AppContext, OpenModal, ReplaceForm, Reply, Request, Response, UpdateModal
from handlers.drafts import load_draft, submission
from handlers.owners import load_round_for_owner, require_owner
from handlers.setup_guide import following_view
from mentoring.core.outcome import Outcome
from mentoring.programmes.cohorts import close_cohort
from mentoring.programmes.settings import Part, change_settings
from mentoring.programmes.setup_steps import SetupStep, guided_parts, parts_done, place_of
from messages import forms, ids
from messages import programmes as forms_of_setup
from messages.in_programme import message_in, view_in
from messages.programmes.guide_steps import GUIDE
from messages.programmes.invitation_settings import figures_words
from services.announcements import follow_new_dates
from services.drafts import draft_name
from services.matching import tell_of_new_dates
from services.programmes import name_if_several


def open_setup(app: AppContext, request: Request) -> Response:
    """Open the settings form of the button, or show the card with all of them."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        if request.value not in set(Part):
            today = tx.people.get(request.person).today(request.now)
            done = parts_done(programme.id, tx.setup_steps.of(programme.id))
            card = forms_of_setup.card(programme, cohort, tx.roles.holders_in(programme.id), today, done)
            return Reply(message_in(card, programme.id))
        part = Part(request.value)
        draft = load_draft(tx, request, draft_name(ids.SETUP_FORM, part, programme_id=programme.id))
        name = name_if_several(tx, programme)
        today = tx.people.get(request.person).today(request.now)
        figures = figures_words(tx.invitations.figures(programme.id, today)) if part is Part.INVITATIONS else ""
    values = draft or forms_of_setup.values_of(part, programme, cohort)
    form = forms_of_setup.form(part, programme, cohort, values, restored=draft is not None, figures=figures)
    return OpenModal(view_in(form, programme.id, name))


def choose_country(app: AppContext, request: Request) -> Response:
    """Ask for the region of the country that was chosen in the form of the dates. What was typed there stays."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        name = name_if_several(tx, programme)
    view = request.view or {}
    meta = forms.meta_of(view)
    shown, part = replace(programme, version=meta.version), Part(meta.form)
    guided = place_of(part, guided_parts(cohort)) if meta.about == GUIDE else None
    form = forms_of_setup.form(part, shown, cohort, forms.read(view), guided=guided)
    return UpdateModal(view_in(form, programme.id, name), view["id"])


def submit_setup(app: AppContext, request: Request) -> Response:
    """Save one part of the settings, and notify the owners of changes. If it is refused, save it as a draft.

    In the guided set-up the next step takes its place.
    """
    view = request.view or {}
    meta = forms.meta_of(view)
    part = forms.known(Part, meta.form)
    with submission(app, request) as tx:
        programme, cohort = require_owner(tx, request)
        form = forms_of_setup.parse(part, forms.read(view), programme)
        outcome = change_settings(
            programme,
            cohort,
            form,
            by=request.person,
            owners=tx.roles.owners(programme.id),
            present_owners=tx.roles.present_owners(programme.id),
            committee=tx.roles.committee(programme.id),
            seen_version=meta.version,
            today=tx.people.get(request.person).today(request.now),
            closed=tx.rounds.get(programme, cohort).with_acting(request.person) if cohort.closed_on else None,
            new_id=tx.new_id(),
            is_guided=meta.about == GUIDE,
        )
        tx.save(outcome)
        tell_of_new_dates(tx, cohort, request.now)
        follow_new_dates(tx, programme.id, request.now)
        if meta.about == GUIDE:
            tx.save(Outcome((SetupStep(programme.id, "", part, request.person, request.now),)))
            return ReplaceForm(following_view(tx, request, programme.id, part))
    return DONE


def close(app: AppContext, request: Request) -> Response:
    """Close the cohort of the button, and notify the people concerned."""
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request, tx.cohorts.programme_of(request.value) or "")
        tx.save(close_cohort(round_, request.value, by=request.person, now=request.now))
    return DONE
