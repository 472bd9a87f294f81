"""The start-up plan: owners tick its steps."""

from typing import Any

from handlers.context import AppContext, OpenModal, Request, Response, UpdateModal
from handlers.owners import require_owner
from mentoring.core.errors import CohortOver
from mentoring.core.programmes import Cohort, Programme
from mentoring.programmes.startup_plan import PlanStep, startup_plan, tick
from messages import forms
from messages.forms import known
from messages.in_programme import view_in
from messages.programmes.startup_plan import plan_view
from services.programmes import name_if_several
from storage import Transaction


def open_plan(app: AppContext, request: Request) -> Response:
    with app.storage.read(request.workspace) as tx:
        return OpenModal(_view(tx, *require_owner(tx, request), request))


def refresh_plan(app: AppContext, request: Request) -> Response:
    """Show the plan of the current cohort in the open view."""
    with app.storage.read(request.workspace) as tx:
        return UpdateModal(_view(tx, *require_owner(tx, request), request), str((request.view or {})["id"]))


def tick_step(app: AppContext, request: Request) -> Response:
    """Mark the step of the button as done."""
    return _tick(app, request, is_done=True)


def untick_step(app: AppContext, request: Request) -> Response:
    """Take the mark of the step of the button away."""
    return _tick(app, request, is_done=False)


def _tick(app: AppContext, request: Request, *, is_done: bool) -> Response:
    view = request.view or {}
    with app.storage.begin(request.workspace) as tx:
        programme, cohort = require_owner(tx, request)
        if not view or forms.meta_of(view).about != cohort.id:
            raise CohortOver
        plan = startup_plan(programme, cohort, tx.setup_steps.of(programme.id))
        outcome = tick(
            plan,
            known(PlanStep, request.value),
            is_done=is_done,
            by=request.person,
            owners=tx.roles.owners(programme.id),
            programme=programme,
            cohort=cohort,
            now=request.now,
        )
        tx.save(outcome)
        return UpdateModal(_view(tx, programme, cohort, request), str(view["id"]))


def _view(tx: Transaction, programme: Programme, cohort: Cohort, request: Request) -> dict[str, Any]:
    plan = startup_plan(programme, cohort, tx.setup_steps.of(programme.id))
    view = plan_view(plan, programme, cohort, tx.people.get(request.person).today(request.now))
    return view_in(view, programme.id, name_if_several(tx, programme))
