"""What owners do on behalf of somebody else: correct an application, or withdraw it."""

from handlers.context import DONE, AppContext, OpenModal, Request, Response
from handlers.drafts import load_draft, submission
from handlers.entering import change_entered
from handlers.owners import load_round_for_owner
from handlers.people_list import application_shown_again
from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.applications.errors import AlreadyWithdrawn, NoSuchApplication
from mentoring.matching.match import MatchState
from mentoring.matching.offers import close_overtaken_offers
from mentoring.matching.on_behalf import OwnerRequest, correct_application, withdraw_on_behalf
from mentoring.matching.round import MatchingRound
from messages import applications, forms, ids
from messages.in_programme import view_in
from services.drafts import draft_name
from services.programmes import as_read


def open_correction(app: AppContext, request: Request) -> Response:
    """Open the form to correct an application, filled with the owner's draft or the application."""
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        application = _application(round_, request.value)
        if application.state is ApplicationState.WITHDRAWN:
            raise AlreadyWithdrawn(own=False)
        root, below = str((request.view or {}).get("id", "")), forms.meta_or_empty(request.view).below
        if application.state is ApplicationState.UNCONFIRMED:
            return change_entered(tx, request, application, root, below)
        name = draft_name(ids.CORRECTION_FORM, application.role, application.person, round_.programme.id)
        draft = load_draft(tx, request, name)
        answers = tx.private(request.acting).private_answers(application)
        view = applications.correction_form(
            application,
            as_read(tx, round_.programme),
            draft or applications.values_of(application, answers),
            restored=draft is not None,
            root=root,
            below=below,
        )
    return OpenModal(view_in(view, round_.programme.id))


def submit_correction(app: AppContext, request: Request) -> Response:
    """Save the correction. The view of the application below and the list show it, if the form was opened there."""
    view = request.view or {}
    meta = forms.meta_of(view)
    role = forms.known(Role, meta.form)
    form = applications.parse(role, forms.read(view))
    with submission(app, request) as tx:
        tx.people.request_profiles((form.manager, form.wish), request.now)
        round_ = load_round_for_owner(tx, request)
        application = tx.applications.of(meta.about, round_.cohort.id).get(role)
        if application is None:
            raise NoSuchApplication
        outcome = correct_application(
            round_,
            application,
            form,
            OwnerRequest(request.person, request.now, tx.new_id()),
            private_answers=tx.private(request.acting).private_answers(application),
            named=tx.people.get_many((form.manager, form.wish)),
            record=tx.staff.get(application.person),
            seen_version=meta.version,
        )
        tx.save(outcome)
        live = tx.matches.live(application.person, round_.cohort.id)
        if outcome.changes and any(match.state is MatchState.OFFERED for match in live):
            changed = tx.rounds.get(round_.programme, round_.cohort)
            tx.save(close_overtaken_offers(changed, application.id, by_owner=True).in_working_hours_from(request.now))
    if not meta.root:
        return DONE
    root = str(view.get("root_view_id") or "")
    return application_shown_again(
        app, request, application.id, meta.root, "" if root == meta.root else root, meta.below
    )


def withdraw_for(app: AppContext, request: Request) -> Response:
    """Withdraw an application on behalf of its author."""
    with app.storage.begin(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
        application = _application(round_, request.value)
        outcome = withdraw_on_behalf(round_, application, OwnerRequest(request.person, request.now, tx.new_id()))
        tx.save(outcome.in_working_hours_from(request.now))
    meta, here = forms.meta_or_empty(request.view), request.id_of_view(ids.APPLICATION_VIEW)
    return application_shown_again(app, request, application.id, here, meta.root, meta.below)


def _application(round_: MatchingRound, id: str) -> Application:
    """The application in this round. Raises NoSuchApplication."""
    application = round_.applications.get(id)
    if application is None:
        raise NoSuchApplication
    return application
