"""What would help people without a match: the figures, for owners."""

from functools import partial

from handlers.context import AppContext, OpenModal, OpenWhenReady, Request, Response
from handlers.owners import load_round_for_owner
from mentoring.core.errors import CohortOver
from mentoring.matching.what_would_help import what_would_help
from messages import matching as views
from messages.in_programme import view_in


def open_what_would_help(app: AppContext, request: Request) -> Response:
    """Show that the figures are being computed, on top of the review, and then the figures."""
    with app.storage.read(request.workspace) as tx:
        if load_round_for_owner(tx, request).cohort.closed_on:
            raise CohortOver
    return OpenWhenReady(views.what_would_help_soon(), partial(_compute, app, request))


def _compute(app: AppContext, request: Request) -> Response:
    """The figures. No transaction is open while they are computed, and nothing is saved."""
    with app.storage.read(request.workspace) as tx:
        round_ = load_round_for_owner(tx, request)
    view = views.what_would_help_view(round_, what_would_help(round_))
    return OpenModal(view_in(view, round_.programme.id))
