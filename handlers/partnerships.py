"""Partnerships: showing and ending them, returning to the pool, and declining a rematch."""

from collections.abc import Callable, Container
from datetime import date
from typing import Any

from handlers import partnership_list
from handlers.context import DONE, AppContext, Reply, Request, Response, UpdateModal, open_or_update
from handlers.programme_choice import programme_of_mine
from mentoring.applications import application as application_rules
from mentoring.core.errors import NoProgramme, StaleRequest
from mentoring.core.outcome import Outcome
from mentoring.core.owners import is_owner
from mentoring.oversight.asking import act_on
from mentoring.owner_record import OwnerAction
from mentoring.partnerships import endings
from mentoring.partnerships.errors import NoSuchPartnership
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.naming import tell_if_joining
from messages import ids, partnerships
from messages.forms import meta_or_empty
from messages.oversight.form import ended_by_owner_view
from messages.partnerships.doubts import ended_view
from messages.payloads import Message
from services.own_partnerships import load_own_partnerships
from services.planned_meetings import with_meetings_called_off
from storage import Transaction


def open_mine(app: AppContext, request: Request) -> Response:
    """Show this person's partnerships with their meetings, the one of the button first."""
    with app.storage.read(request.workspace) as tx:
        view = view_of(tx, request, first=request.value)
    return open_or_update(request, view, instead_of={ids.GOALS_VIEW, ids.ITEMS_VIEW, ids.REPORT_VIEW, ids.AGENDA_VIEW})


def open_by_command(app: AppContext, request: Request) -> Response:
    """Show the list of all partnerships to an owner or a facilitator, and to everyone else their own."""
    with app.storage.read(request.workspace) as tx:
        if not tx.programmes.count():
            raise NoProgramme
        reads_all = bool(tx.roles.partnerships_read_by(request.person))
    return partnership_list.LIST.open(app, request) if reads_all else open_mine(app, request)


def view_of(tx: Transaction, request: Request, *, first: str = "") -> dict[str, Any]:
    """The view of this person's partnerships: the one with the id `first`, then the active ones."""
    mine = tx.partnerships.of(request.person)
    programmes = {each.cohort_id: tx.programme_of(each.cohort_id)[0] for each in mine}
    programme = programmes[mine[0].cohort_id] if mine else programme_of_mine(tx, request)[0]
    mine.sort(key=lambda p: (p.id != first, not p.is_active, p.introduced_at))
    today = tx.people.get(request.person).today(request.now)
    own = load_own_partnerships(tx, mine, request.person, today, request.now, acting=request.acting)
    people = tx.people.get_many({person for partnership in mine for person in partnership.people})
    return partnerships.view(
        own, by=request.person, programme=programme, today=today, people=people, programmes=programmes
    )


def names_of(tx: Transaction, mine: list[Partnership]) -> dict[str, str]:
    """Display names by Slack user id, for plain text, where mentions do not work."""
    return {person: tx.people.get(person).display_name for p in mine for person in p.people}


def end_partnership(app: AppContext, request: Request) -> Response:
    """End a partnership, as one of its people or as an owner."""
    with app.storage.begin(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request, for_owners=True)
        owners = owners_of(tx, partnership)
        ended = endings.end(partnership, by=request.person, owners=owners, now=request.now)
        tx.save(with_meetings_called_off(tx, ended, request.now))
        if request.person not in partnership.people:
            act = act_on(partnership, OwnerAction.ENDED, by=request.person, at=request.now, new_id=tx.new_id())
            tx.save(Outcome((act,)))
    return show_list(app, request)


def show_list(app: AppContext, request: Request) -> Response:
    """Update the list in which the button was; DONE for a button of a message."""
    match (request.view or {}).get("callback_id"):
        case ids.PARTNERSHIPS_VIEW:
            return open_mine(app, request)
        case ids.ALL_PARTNERSHIPS_VIEW:
            return partnership_list.LIST.show_again(app, request)
        case ids.DOUBTS_VIEW:
            return UpdateModal(ended_view(), request.id_of_view(ids.DOUBTS_VIEW))
        case ids.HAND_OVER_FORM:
            return partnership_list.shown_below(app, request, ended_by_owner_view())
        case _:
            return DONE


def list_below(request: Request, ours: Container[str]) -> str:
    """The id of the list of partnerships, which is open or below the open view, one of `ours` (callback ids); or ""."""
    showing = request.view or {}
    if showing.get("callback_id") in ours:
        return meta_or_empty(showing).root
    return request.id_of_view(ids.PARTNERSHIPS_VIEW)


def return_to_pool(app: AppContext, request: Request) -> Response:
    with app.storage.begin(request.workspace) as tx:
        _return_to_pool(tx, request)
    return DONE


def choose_another(app: AppContext, request: Request) -> Response:
    """End a partnership whose other person is on a long leave, and return to the pool."""
    with app.storage.begin(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request)
        ended = endings.end_for_another(
            partnership,
            by=request.person,
            people=tx.people.get_many([each for each in partnership.people if each]),
            owners=owners_of(tx, partnership),
            now=request.now,
        )
        tx.save(with_meetings_called_off(tx, ended, request.now))
        _return_to_pool(tx, request)
    return show_list(app, request)


def _return_to_pool(tx: Transaction, request: Request) -> None:
    partnership = find_partnership(tx, request.value, request)
    programme, cohort = tx.programme_of(partnership.cohort_id)
    is_mentee = request.person == partnership.mentee
    sent = tx.applications.get(partnership.mentee_application if is_mentee else partnership.mentor_application)
    is_there = bool(sent and sent.role in tx.applications.of(request.person, cohort.id))
    outcome = application_rules.return_to_pool(
        partnership, by=request.person, sent=sent, cohort=cohort, is_there=is_there
    )
    tx.save(outcome + tell_if_joining(programme, sent, outcome, request.now))


def decline_rematch(app: AppContext, request: Request) -> Response:
    """Decline a rematch with the same person; only the matching knows it."""
    return _rematch(app, request, endings.decline_rematch, partnerships.rather_not)


def allow_rematch(app: AppContext, request: Request) -> Response:
    """Take back a declined rematch."""
    return _rematch(app, request, endings.allow_rematch, partnerships.after_all)


def _rematch(
    app: AppContext, request: Request, rule: Callable[..., Outcome], tell: Callable[[Partnership, str], Message]
) -> Response:
    with app.storage.begin(request.workspace) as tx:
        tx.save(rule(find_partnership(tx, request.value, request), by=request.person))
        reply = tell(find_partnership(tx, request.value, request), request.person)
    return _list_or(app, request, reply)


def _list_or(app: AppContext, request: Request, reply: Message) -> Response:
    """Update the list in which the button was; for a button of a message, reply with `reply` instead."""
    shown = show_list(app, request)
    return Reply(reply) if shown == DONE else shown


def day_seen(request: Request) -> tuple[str, date]:
    """The id of the partnership in the value of a button, and the day that its reader saw. Raises StaleRequest for a
    button that names no day.
    """
    partnership_id, _, seen = request.value.partition(":")
    try:
        return partnership_id, date.fromisoformat(seen)
    except ValueError:
        raise StaleRequest(typed=False) from None


def find_partnership(
    tx: Transaction, partnership_id: str, request: Request, *, for_owners: bool = False
) -> Partnership:
    """A partnership of this person or, with `for_owners`, any partnership of a programme that they own.

    Raises NoSuchPartnership for everyone else, too.
    """
    partnership = tx.partnerships.get(partnership_id)
    if partnership is None:
        raise NoSuchPartnership
    is_for_owner = for_owners and is_owner(request.person, owners_of(tx, partnership))
    if request.person not in partnership.people and not is_for_owner:
        raise NoSuchPartnership
    return partnership


def owners_of(tx: Transaction, partnership: Partnership) -> tuple[str, ...]:
    """The owners (Slack user ids) of the partnership's programme."""
    return tx.roles.owners(tx.cohorts.programme_of(partnership.cohort_id) or "")
