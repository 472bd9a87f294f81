"""Adding somebody who asked in person: an owner fills in the form, and it counts once the person has confirmed it."""

from typing import Any

from handlers.context import AppContext, OpenModal, OpenWhenReady, Request, Response
from handlers.drafts import load_draft, submission
from handlers.known_answers import known_answers
from handlers.owners import load_round_for_owner, require_owner
from handlers.people_list import application_shown_again, list_below
from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.applications.errors import CannotBeEntered, NoSuchApplication
from mentoring.applications.submission import check_open
from mentoring.core.errors import Missing, StaleRequest
from mentoring.core.fields import FieldName
from mentoring.core.people import AccountStatus
from mentoring.matching.on_behalf import OwnerRequest, check_can_be_entered, enter_on_behalf
from messages import applications, forms, ids
from messages.in_programme import view_in
from services.drafts import draft_name
from services.programmes import as_read
from storage import Transaction


def open_add_person(app: AppContext, request: Request) -> Response:
    """Choose whom to add, on top of the list. Raises CohortClosed while the round takes no applications."""
    with app.storage.read(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        check_open(cohort, tx.people.get(request.person).today(request.now))
    root, below = list_below(request)
    return OpenModal(view_in(applications.choose_person(programme, root=root, below=below), programme.id))


def enter_mentee(app: AppContext, request: Request) -> Response:
    return _start(app, request, Role.MENTEE)


def enter_mentor(app: AppContext, request: Request) -> Response:
    return _start(app, request, Role.MENTOR)


def _start(app: AppContext, request: Request, role: Role) -> Response:
    """Open the form for the chosen person, on top of the choice. If it is not known yet who they are, ask Slack first.

    Raises Missing, CannotBeEntered, AlreadyApplied and other refusals, so that the form is not filled in for nothing.
    """
    view = request.view or {}
    with app.storage.begin(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        if view.get("callback_id") != ids.ADD_PERSON_VIEW:
            raise StaleRequest(typed=False)
        person, meta = applications.chosen_person(forms.read(view)), forms.meta_of(view)
        if not person:
            raise Missing(FieldName.PERSON)
        tx.people.request_profiles([person], request.now)
        if person == request.person or tx.people.get(person).account_status is not AccountStatus.UNKNOWN:
            return OpenModal(_form(tx, request, person, role, str(view["id"]), meta.below))

    def when_known() -> Response:
        app.profiles.look_up(person)
        with app.storage.begin(request.workspace) as tx:
            return OpenModal(_form(tx, request, person, role, str(view["id"]), meta.below))

    return OpenWhenReady(view_in(applications.asking_slack(), programme.id), when_known)


def change_entered(tx: Transaction, request: Request, application: Application, root: str, below: str) -> Response:
    """Open the form for an application that its author has not confirmed, to change what was entered."""
    return OpenModal(_form(tx, request, application.person, application.role, root, below))


def _form(tx: Transaction, request: Request, person: str, role: Role, root: str, below: str) -> dict[str, Any]:
    """The form for this person, on top of the view `root`: with the owner's draft, or else what was entered before, or
    else what is known.

    Nothing that the person has told owners in confidence is filled in: a look at that is recorded elsewhere.
    """
    programme, cohort = require_owner(tx, request)
    applicant, own = tx.people.get(person), tx.applications.of(person, cohort.id)
    before, record = own.get(role), tx.staff.get(person)
    is_erased = tx.erasure.is_erased(person)
    check_can_be_entered(applicant, role, programme, by=request.person, before=before, is_erased=is_erased)
    today = applicant.today(request.now)
    check_open(cohort, today)
    draft = load_draft(tx, request, draft_name(ids.ENTRY_FORM, role, person, programme.id))
    is_entered = before is not None and before.state is ApplicationState.UNCONFIRMED
    if draft:
        values: forms.Values = draft
    elif before and is_entered:
        values = applications.values_of(before, tx.private(request.acting).private_answers(before))
    else:
        others = (each for each in own.values() if each.role is not role)
        values = known_answers(
            tx,
            role,
            programme,
            record=record,
            other=next(others, before),
            other_answers=None,
            today=today,
            now=request.now,
        )
    view = applications.entry_form(
        person,
        role,
        as_read(tx, programme),
        cohort,
        values,
        version=before.version if before else 0,
        restored=draft is not None,
        known=not is_entered and any(values.values()),
        root=root,
        below=below,
    )
    return view_in(view, programme.id)


def submit_entry(app: AppContext, request: Request) -> Response:
    """Enter the application, and ask the person to confirm it. The view below the form and the list show it."""
    view = request.view or {}
    meta = forms.meta_of(view)
    role = forms.known(Role, meta.form)
    form = applications.parse(role, forms.read(view))
    with app.storage.read(request.workspace) as tx:
        require_owner(tx, request)
        if tx.erasure.is_erased(meta.about):  # nothing that was typed about them is kept, not even as a draft
            raise CannotBeEntered(meta.about, None)
    with submission(app, request) as tx:
        round_ = load_round_for_owner(tx, request)
        if not meta.about:
            raise NoSuchApplication
        tx.people.request_profiles((meta.about, form.manager, form.wish), request.now)
        before = tx.applications.of(meta.about, round_.cohort.id).get(role)
        outcome = enter_on_behalf(
            round_,
            form,
            OwnerRequest(request.person, request.now, tx.new_id()),
            person=tx.people.get(meta.about),
            before=before,
            private_answers=tx.private(request.acting).private_answers(before) if before else None,
            named=tx.people.get_many((form.manager, form.wish)),
            record=tx.staff.get(meta.about),
            seen_version=meta.version,
            new_application_id=tx.new_id(),
            is_erased=tx.erasure.is_erased(meta.about),
        )
        tx.save(outcome)
    entered = next((each for each in outcome.changes if isinstance(each, Application)), before)
    root = str(view.get("root_view_id") or "")
    return application_shown_again(
        app, request, entered.id if entered else "", meta.root, "" if root == meta.root else root, meta.below
    )
