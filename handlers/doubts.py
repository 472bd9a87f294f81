"""Whether the match is a good one, asked early on. Nothing is saved, and no one is told."""

from handlers.context import AppContext, Reply, Request, Response, open_or_update
from handlers.partnerships import find_partnership
from mentoring.partnerships.errors import AlreadyEnded
from mentoring.partnerships.partnership import Partnership, pause_of
from messages.partnerships import doubts
from storage import Transaction


def say_good_match(app: AppContext, request: Request) -> Response:
    """Raises NoSuchPartnership, AlreadyEnded."""
    with app.storage.read(request.workspace) as tx:
        _active(tx, request)
    return Reply(doubts.good_match())


def open_doubts(app: AppContext, request: Request) -> Response:
    """Show what a person can do who is not sure. Raises NoSuchPartnership, AlreadyEnded."""
    with app.storage.read(request.workspace) as tx:
        partnership = _active(tx, request)
        programme, _ = tx.programme_of(partnership.cohort_id)
        pause = pause_of(partnership, tx.people.get_many(partnership.people))
        view = doubts.doubts_view(partnership, request.person, programme, pause=pause)
    return open_or_update(request, view)


def _active(tx: Transaction, request: Request) -> Partnership:
    partnership = find_partnership(tx, request.value, request)
    if not partnership.is_active:
        raise AlreadyEnded
    return partnership
