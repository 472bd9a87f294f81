"""My partnerships: where they stand, ending one without blame, going back to the pool."""

from collections.abc import Callable
from typing import Any

from handlers.context import DONE, AppContext, OpenModal, Reply, Request, Response, UpdateModal, ground
from mentoring.applications.application import return_to_pool
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Outcome
from mentoring.feedback import question_open
from mentoring.partnerships.errors import NoSuchPartnership
from mentoring.partnerships.partnership import Partnership, allow_rematch, decline_rematch, end
from messages import ids, partnerships
from messages.payloads import Message
from storage import Transaction, report


def open_mine(desk: AppContext, visit: Request) -> Response:
    """All of this person's partnerships with their meetings; the one the button names comes first."""
    with desk.storage.read(visit.workspace) as tx:
        view = view_of(tx, visit, first=visit.value)
    showing = visit.view or {}
    if showing.get("callback_id") == ids.PARTNERSHIPS_VIEW:
        return UpdateModal(view, showing["id"])
    return OpenModal(view)


def view_of(tx: Transaction, visit: Request, *, first: str = "") -> dict[str, Any]:
    """What this person may see of their partnerships, the running ones first."""
    programme, _ = ground(tx)
    mine = tx.partnerships.of(visit.person)
    mine.sort(key=lambda p: (p.id != first, not p.is_active, p.introduced_at))
    private = tx.private(visit.person)
    today = tx.people.get(visit.person).today(visit.now)
    items, asked = [], {}
    for partnership in mine:
        notes = private.notes(partnership)
        items.append((partnership, [(meeting, notes.get(meeting.id)) for meeting in tx.meetings.of([partnership.id])]))
        question = question_open(partnership, today)
        if question and private.feedback(partnership.id, question) is None:
            asked[partnership.id] = question
    people = tx.people.named({person for partnership in mine for person in partnership.people})
    return partnerships.view(items, by=visit.person, programme=programme, today=today, asked=asked, people=people)


def open_all(desk: AppContext, visit: Request) -> Response:
    """All partnerships, for an owner: who meets whom and how long ago, nothing of what is said."""
    page = int(visit.value) if visit.value.isdecimal() else 0
    return _all(desk, visit, page)


def _all(desk: AppContext, visit: Request, page: int) -> Response:
    with desk.storage.read(visit.workspace) as tx:
        programme, cohort = ground(tx)
        counted = report(tx, cohort, visit.person, visit.now)
        if counted is None:
            raise NotForYou
    view = partnerships.all_view(counted, programme, page)
    showing = visit.view or {}
    if showing.get("callback_id") == ids.ALL_PARTNERSHIPS_VIEW:
        return UpdateModal(view, showing["id"])
    return OpenModal(view)


def names_of(tx: Transaction, mine: list[Partnership]) -> dict[str, str]:
    """Display names by Slack user id, for plain text, which shows no mentions."""
    return {person: tx.people.get(person).display_name for p in mine for person in p.people}


def end_partnership(desk: AppContext, visit: Request) -> Response:
    """End it, as one of the two or as an owner; both hear the same words."""
    with desk.storage.begin(visit.workspace) as tx:
        ground(tx)
        partnership = find_partnership(tx, visit.value, visit, for_owners=True)
        tx.keep(end(partnership, by=visit.person, owners=tx.owners.all(), now=visit.now))
    return show_list(desk, visit)


def show_list(desk: AppContext, visit: Request) -> Response:
    """The list in which the button was, as it is now; nothing for a button under a message."""
    match (visit.view or {}).get("callback_id"):
        case ids.PARTNERSHIPS_VIEW:
            return open_mine(desk, visit)
        case ids.ALL_PARTNERSHIPS_VIEW:
            return _all(desk, visit, 0)
        case _:
            return DONE


def back_to_the_pool(desk: AppContext, visit: Request) -> Response:
    with desk.storage.begin(visit.workspace) as tx:
        _, cohort = ground(tx)
        partnership = find_partnership(tx, visit.value, visit)
        is_mentee = visit.person == partnership.mentee
        sent = tx.applications.get(partnership.mentee_application if is_mentee else partnership.mentor_application)
        is_there = bool(sent and sent.role in tx.applications.of(visit.person, cohort.id))
        tx.keep(return_to_pool(partnership, by=visit.person, sent=sent, cohort=cohort, is_there=is_there))
    return DONE


def not_again(desk: AppContext, visit: Request) -> Response:
    """Say in confidence that one would rather not be matched with the same person again."""
    return _about_again(desk, visit, decline_rematch, partnerships.rather_not)


def take_back_not_again(desk: AppContext, visit: Request) -> Response:
    """Matched with each other again is fine after all."""
    return _about_again(desk, visit, allow_rematch, partnerships.after_all)


def _about_again(
    desk: AppContext, visit: Request, rule: Callable[..., Outcome], tell: Callable[[Partnership, str], Message]
) -> Response:
    with desk.storage.begin(visit.workspace) as tx:
        ground(tx)
        tx.keep(rule(find_partnership(tx, visit.value, visit), by=visit.person))
        said = tell(find_partnership(tx, visit.value, visit), visit.person)
    return _list_or(desk, visit, said)


def _list_or(desk: AppContext, visit: Request, said: Message) -> Response:
    """The list in which the button was, as it is now; or this, to them alone, for a button under a message."""
    shown = show_list(desk, visit)
    return Reply(said) if shown == DONE else shown


def find_partnership(tx: Transaction, partnership_id: str, visit: Request, *, for_owners: bool = False) -> Partnership:
    """One of this person's own, or (`for_owners`) any where they are an owner. Raises NoSuchPartnership: for everybody
    else, and for one who was erased, there is none.
    """
    partnership = tx.partnerships.get(partnership_id)
    is_theirs = partnership and visit.person in partnership.people
    if partnership is None or not (is_theirs or (for_owners and visit.person in tx.owners.all())):
        raise NoSuchPartnership
    return partnership
