"""Starting programmes, for administrators; naming the people of a programme, for its owners and for them."""

from dataclasses import replace

from handlers.context import DONE, AppContext, OpenModal, Reply, Request, Response
from handlers.drafts import load_draft, submission
from handlers.owners import administrators, check_administrator, require_owner
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.people.committee_readers import read_by_committee
from mentoring.programmes.naming import Naming, name_people
from mentoring.programmes.roles import start_programme
from messages import forms, ids
from messages.in_programme import view_in
from messages.programmes import roles
from services.drafts import draft_name
from services.oversight import tell_of_leaving
from storage import Transaction


def open_programmes(app: AppContext, request: Request) -> Response:
    """List the programmes for an administrator."""
    with app.storage.read(request.workspace) as tx:
        check_administrator(tx, request)
        programmes = tx.programmes.all()
        owners = {programme.id: tx.roles.owners(programme.id) for programme, _ in programmes}
        today = tx.people.get(request.person).today(request.now)
    return Reply(roles.programmes_list(programmes, owners, today))


def open_start(app: AppContext, request: Request) -> Response:
    """Open the form to start a programme; the administrator is suggested as its owner."""
    with app.storage.read(request.workspace) as tx:
        check_administrator(tx, request)
        draft = load_draft(tx, request, draft_name(ids.START_FORM, ids.START_FORM))
    values = draft or {FieldName.OWNERS: [request.person]}
    return OpenModal(roles.start_form(values, restored=draft is not None))


def submit_start(app: AppContext, request: Request) -> Response:
    view = request.view or {}
    form = roles.parse_start(forms.read(view))
    with submission(app, request) as tx:
        programme_id = tx.programmes.id_of_form(str(view.get("id")))
        if tx.programmes.with_cohort(programme_id):  # Slack has sent the form twice
            return DONE
        tx.people.request_profiles(form.owners, request.now)
        outcome = start_programme(
            form,
            by=request.person,
            administrators=administrators(tx),
            programmes=[programme for programme, _ in tx.programmes.all()],
            people=tx.people.get_many(form.owners),
            programme_id=programme_id,
            cohort_id=tx.new_id(),
            now=request.now,
        )
        tx.save(outcome)
    return DONE


def open_owners(app: AppContext, request: Request) -> Response:
    """Open the form to name the people of the programme of the button: an administrator names its owners only."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = _programme(tx, request)
        draft = load_draft(tx, request, draft_name(ids.OWNERS_FORM, ids.OWNERS_FORM, programme_id=programme.id))
        holders = tx.roles.holders_in(programme.id)
    is_owner = request.person in holders.owners
    values = draft or roles.holder_values(holders)
    form = roles.owners_form(programme, values, only_owners=not is_owner, restored=draft is not None)
    return OpenModal(view_in(form, programme.id))


def submit_owners(app: AppContext, request: Request) -> Response:
    view = request.view or {}
    chosen = roles.parse_owners(forms.read(view))
    with submission(app, request) as tx:
        programme, cohort = _programme(tx, request)
        before = tx.roles.holders_in(programme.id)
        if request.person not in before.owners:
            chosen = replace(before, owners=chosen.owners)
        everybody = {person for role in ProgrammeRole for person in chosen.of(role)}
        partnerships = tx.partnerships.in_programme(programme.id)
        tx.people.request_profiles(sorted(everybody), request.now)
        naming = Naming(
            by=request.person,
            at=request.now,
            before=before,
            present_owners=tx.roles.present_owners(programme.id),
            administrators=administrators(tx),
            applicants=tuple(read_by_committee(tx.applications.in_cohort(cohort.id), partnerships)),
            people=tx.people.get_many(everybody),
            seen_version=forms.meta_of(view).version,
            partners=tuple(each for pair in partnerships if pair.is_active for each in pair.people if each),
        )
        tx.save(name_people(programme, cohort, chosen, naming))
        for owner in sorted({*before.owners} - {*chosen.owners}):
            tell_of_leaving(tx, owner, [programme.id], request.now)
    return DONE


def _programme(tx: Transaction, request: Request) -> tuple[Programme, Cohort]:
    """The programme of the button or form, for an owner of it or an administrator."""
    if request.programme and request.person in administrators(tx):
        return tx.programme(request.programme)
    return require_owner(tx, request)
