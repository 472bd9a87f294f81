"""What the people of the demo do at their own clients, once there is something to do for them."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from bot.house import House
from bot.says import CHECK_IN, CHECK_INS, SURVEY, SURVEYS, Says
from mentoring.feedback import Question, question_open
from mentoring.match import MatchState
from messages import ids
from sandbox import NotThereError, Person, Sandbox
from sandbox.blocks import slots

PATIENCE = 20.0
"""Seconds in which a form has changed; proposals take some on a slow machine, the first time."""
_ANSWERS = {
    Question.CHECK_IN: (ids.OPEN_CHECK_IN, ids.CHECK_IN_FORM, CHECK_IN, CHECK_INS),
    Question.SURVEY: (ids.OPEN_SURVEY, ids.SURVEY_FORM, SURVEY, SURVEYS),
}


def at_hand(sandbox: Sandbox, user: str) -> Person:
    """Somebody with no form open."""
    person = sandbox.person(user)
    if person.view:
        person.close(everything=True)
    return person


def propose(sandbox: Sandbox, house: House, owner: str) -> None:
    """Ask for proposals, and wait until they have been looked for."""
    desk = _at_the_desk(sandbox, owner)
    if next(_values(desk.view, ids.PROPOSE), None) is not None:
        desk.click(ids.PROPOSE)
        _until(sandbox, lambda: not _is_looking(house))
    desk.close(everything=True)


def approve_all(sandbox: Sandbox, house: House, owner: str, *, release: bool = False) -> None:
    """Approve all that waits for this owner; then, if they shall, release what is approved."""
    desk = _at_the_desk(sandbox, owner)
    for match in list(_values(desk.view, ids.APPROVE)):
        press(desk, ids.APPROVE, match)
        _until(sandbox, partial(_is_decided, desk, match))
    if release and next(_values(desk.view, ids.RELEASE), None) is not None:
        desk.click(ids.RELEASE)
    desk.close(everything=True)
    house.settle()


def everybody_accepts(sandbox: Sandbox, house: House) -> None:
    """All who are asked about a match say yes, and are introduced."""
    house.settle()
    for user, match in asked(house):
        if not sandbox.workspace.members[user].deactivated:
            press(at_hand(sandbox, user), ids.ACCEPT_MATCH, match)
            house.settle()


def asked(house: House) -> list[tuple[str, str]]:
    """Who has been asked about which match (its id), and has not answered."""
    with house.storage.read(house.identity.workspace) as tx:
        ground = tx.ground()
        matches = tx.matches.of_cohort(ground[1].id) if ground else []
    return [
        (user, match.id)
        for match in matches
        if match.state is MatchState.OFFERED
        for user in match.people
        if user not in match.accepted_by
    ]


def log_meeting(sandbox: Sandbox, house: House, user: str, says: Says) -> None:
    """Log a meeting of today, where there is one partnership that it can be about."""
    with house.storage.read(house.identity.workspace) as tx:
        running = [partnership for partnership in tx.partnerships.of(user) if partnership.is_active]
    if len(running) == 1:
        person = at_hand(sandbox, user)
        person.command("/mentor log")
        _send(person, ids.MEETING_FORM, says)


def answer_what_is_asked(sandbox: Sandbox, house: House) -> None:
    """Everybody who has been asked how it goes, or how it was, answers."""
    with house.storage.read(house.identity.workspace) as tx:
        now = sandbox.calendar.now()
        open_ = [
            (user, partnership.id, question)
            for partnership in tx.partnerships.all()
            for user in partnership.people
            if (question := question_open(partnership, tx.people.get(user).today(now)))
            if tx.private(user).feedback(partnership.id, question) is None
        ]
    for user, partnership_id, question in open_:
        if sandbox.workspace.members[user].deactivated:
            continue
        button, form, usual, own = _ANSWERS[question]
        person = at_hand(sandbox, user)
        try:
            press(person, button, partnership_id)
        except NotThereError:  # the message comes on the next working day
            continue
        _send(person, form, own.get(user, usual))


def press(person: Person, action_id: str, value: str) -> None:
    """Press the button with this value, in the form on top if there is one, else in the newest message that has it.

    Raises NotThereError.
    """
    places = [person.view] if person.view else _newest_first(person)
    for place in places:
        for slot in slots(place["blocks"]):
            if slot.action_id == action_id and slot.element.get("value", "") == value:
                person.click(f"{slot.block_id}/{action_id}", message=None if person.view else place)
                return
    raise NotThereError(f"{person.id} sees no {action_id} of {value}.")


def _at_the_desk(sandbox: Sandbox, owner: str) -> Person:
    person = at_hand(sandbox, owner)
    person.command("/mentor match")
    person.await_view(ids.DESK_VIEW)
    return person


def _send(person: Person, form: str, says: Says) -> None:
    person.await_view(form)
    person.fill(says)
    sent = person.submit()
    if not sent.closed:
        raise RuntimeError(f"{person.id} could not send {form}: {sent.errors or sent.error}")


def _is_looking(house: House) -> bool:
    with house.storage.read(house.identity.workspace) as tx:
        return bool(tx.solvings.asked_for())


def _is_decided(desk: Person, match: str) -> bool:
    return match not in _values(desk.view, ids.APPROVE)


def _values(view: Mapping[str, Any] | None, action_id: str) -> Iterator[str]:
    for slot in slots(view["blocks"] if view else ()):
        if slot.action_id == action_id:
            yield str(slot.element.get("value", ""))


def _newest_first(person: Person) -> list[dict[str, Any]]:
    found = [one for place in person.conversations() for one in person.inbox(place["id"]) if one.get("blocks")]
    return sorted(found, key=lambda one: float(one["ts"]), reverse=True)


def _until(sandbox: Sandbox, seen: Callable[[], bool]) -> None:
    """Wait until something is seen; without it, what comes next says what is missing."""
    with sandbox.workspace.changed:
        sandbox.workspace.changed.wait_for(seen, PATIENCE)
