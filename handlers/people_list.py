"""The list of everybody in the programme, for owners and the committee: its pages, filters and search, and reading an
application.
"""

from dataclasses import replace
from typing import Any

from handlers.context import AppContext, OpenModal, Request, Response, UpdateModal
from handlers.lists import ListHandlers
from handlers.owners import require_approver
from mentoring.applications.application import Application, ApplicationState, PrivateAnswers
from mentoring.applications.errors import NoSuchApplication
from mentoring.core.outcome import Outcome
from mentoring.core.paging import PageMark
from mentoring.core.people import ineligibility
from mentoring.matching.match import MatchState
from mentoring.matching.pool import applications_of
from mentoring.owner_record import OwnerAct, OwnerAction
from messages import applications, ids, people_list
from messages.forms import FormMetadata
from messages.in_programme import view_in
from messages.people_list import PeopleState
from messages.programmes.cohorts import takes_applications
from services.people import takes_part_in
from services.programmes import as_read, name_if_several
from storage import Transaction


def _view(tx: Transaction, request: Request, state: PeopleState) -> dict[str, Any]:
    """The view of the list. Raises NotForYou."""
    programme, cohort = require_approver(tx, request)
    today = tx.people.get(request.person).today(request.now)
    page = tx.people_list.page(cohort, state.query, PageMark.parse(state.mark), today)
    for_owner = request.person in tx.roles.owners(programme.id)
    view = people_list.view(page, state, as_read(tx, programme), cohort, today, for_owner=for_owner)
    return view_in(view, programme.id, name_if_several(tx, programme))


LIST = ListHandlers(PeopleState, people_list.chosen_filter, _view, people_list.parse_search)


def refreshed_list(tx: Transaction, request: Request, root: str, state: PeopleState) -> UpdateModal | None:
    """An update of the list with the view id `root`; None if it is ""."""
    return UpdateModal(_view(tx, request, state), root) if root else None


def open_search(app: AppContext, request: Request) -> Response:
    """Open the form to search, on top of the list."""
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_approver(tx, request)
    root = str((request.view or {}).get("id", ""))
    form = people_list.search_form(PeopleState.of_view(request.view), programme, root=root)
    return OpenModal(view_in(form, programme.id))


def open_application(app: AppContext, request: Request) -> Response:
    """Show an application to an owner or a member of the committee. The look is recorded, unless it is their own."""
    with app.storage.begin(request.workspace) as tx:
        application = tx.applications.get(request.value)
        if application is None:
            require_approver(tx, request)
            raise NoSuchApplication
        require_approver(tx, request, tx.cohorts.programme_of(application.cohort_id) or "")
        private_answers = tx.private(request.acting).private_answers(application)
        if application.person != request.person:
            act = OwnerAct(tx.new_id(), application.cohort_id, OwnerAction.VIEWED, request.person, request.now)
            tx.save(Outcome((replace(act, person=application.person, role=application.role),)))
        view = application_view(tx, request, application, private_answers, *list_below(request))
    return OpenModal(view)


def list_below(request: Request) -> tuple[str, str]:
    """The id of the list of people in which the button was, and what it shows; both "" for any other button."""
    view = request.view or {}
    if view.get("callback_id") != ids.PEOPLE_VIEW:
        return "", ""
    return str(view["id"]), PeopleState.of_view(view).model_dump_json()


def application_view(
    tx: Transaction,
    request: Request,
    application: Application,
    private_answers: PrivateAnswers | None,
    root: str = "",
    below: str = "",
) -> dict[str, Any]:
    """The view of an application, with what this person can do to it."""
    programme, cohort = require_approver(tx, request, tx.cohorts.programme_of(application.cohort_id) or "")
    author = tx.people.get(application.person)
    is_open = application.state is not ApplicationState.WITHDRAWN and application.cohort_id == cohort.id
    is_owner = request.person in tx.roles.owners(programme.id)
    can_withdraw = is_owner and is_open and application.person != request.person and not cohort.closed_on
    can_correct = can_withdraw and takes_applications(cohort, author.today(request.now))
    offers = [match for match in tx.matches.live(application.person, cohort.id) if match.state is MatchState.OFFERED]
    allowed = applications.OwnerActions(
        can_correct=can_correct and not ineligibility(author, programme.admits),
        can_withdraw=can_withdraw,
        asked=sum(application.id in applications_of(match) for match in offers),
        leave=author.leave,
        can_erase=is_owner and author.is_absent and application.person != request.person,
        can_leave=is_owner and application.person != request.person and takes_part_in(tx, author.id, programme, cohort),
    )
    shown = as_read(tx, programme)
    view = applications.owner_view(application, private_answers, shown, cohort, allowed, root=root, below=below)
    return view_in(view, programme.id)


def application_shown_again(app: AppContext, request: Request, id: str, here: str, root: str, below: str) -> Response:
    """The view of the application as it is now, in the view `here` or as a new one, and in the list below it."""
    with app.storage.read(request.workspace) as tx:
        view, refresh = _application_again(tx, request, id, root, below)
    return UpdateModal(view, here, refresh) if here else OpenModal(view)


def _application_again(
    tx: Transaction, request: Request, id: str, root: str, below: str
) -> tuple[dict[str, Any], UpdateModal | None]:
    application = tx.applications.get(id)
    if application is None:
        raise NoSuchApplication
    answers = tx.private(request.acting).private_answers(application)
    state = PeopleState.of_view({"private_metadata": FormMetadata(form="", below=below).dump()})
    refresh = refreshed_list(tx, request, root if below else "", state)
    return application_view(tx, request, application, answers, root, below), refresh
