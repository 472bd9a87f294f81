"""What people say: what the owners of a programme read of check-ins and surveys."""

from handlers.context import AppContext, Request, Response, open_or_update
from handlers.owners import require_owner
from messages.feedback.reading import AnswersState, answers_view
from messages.in_programme import view_in
from services.feedback_reading import load_answers
from services.programmes import as_read, name_if_several


def open_answers(app: AppContext, request: Request) -> Response:
    """The first page of all rounds. Raises NotForYou, SeveralProgrammes."""
    return _show(app, request, AnswersState())


def turn_page(app: AppContext, request: Request) -> Response:
    return _show(app, request, AnswersState.of_view(request.view).model_copy(update={"mark": request.value}))


def choose_round(app: AppContext, request: Request) -> Response:
    return _choose(app, request, "cohort")


def choose_stage(app: AppContext, request: Request) -> Response:
    return _choose(app, request, "stage")


def choose_role(app: AppContext, request: Request) -> Response:
    return _choose(app, request, "role")


def _choose(app: AppContext, request: Request, name: str) -> Response:
    """The first page of what was chosen in a menu. The other two stay."""
    state = AnswersState.of_view(request.view)
    return _show(app, request, state.model_copy(update={name: request.value, "mark": ""}))


def _show(app: AppContext, request: Request, state: AnswersState) -> Response:
    with app.storage.read(request.workspace) as tx:
        programme, _ = require_owner(tx, request)
        view = answers_view(load_answers(tx, programme.id, request.acting), state, as_read(tx, programme))
        view = view_in(view, programme.id, name_if_several(tx, programme))
    return open_or_update(request, view)
