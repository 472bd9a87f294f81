"""What the people of the demo do, each at their own client."""

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from bot.app import BotApp
from bot.demo.texts import CHECK_IN, CHECK_INS, SURVEY, SURVEYS, Says
from mentoring.feedback import Question, question_open
from mentoring.matching.match import MatchState
from mentoring.programmes.settings import Part
from messages import ids
from sandbox import NotVisibleError, Person, Sandbox
from sandbox.blocks import slots
from services.matching import release

PATIENCE = 20.0
"""Seconds in which a form has changed; proposals take some on a slow machine, the first time."""
_TRIES = 200
_BREATH = 0.05
_ANSWERS = {
    Question.CHECK_IN: (ids.OPEN_CHECK_IN, ids.CHECK_IN_FORM, CHECK_IN, CHECK_INS),
    Question.SURVEY: (ids.OPEN_SURVEY, ids.SURVEY_FORM, SURVEY, SURVEYS),
}


def house_of(sandbox: Sandbox) -> BotApp:
    """The bot that lives in this workspace's time."""
    if not isinstance(sandbox.timeline, BotApp):
        raise RuntimeError("No bot lives in the time of this workspace.")
    return sandbox.timeline


def at_hand(sandbox: Sandbox, user: str) -> Person:
    """Somebody with no form open."""
    person = sandbox.person(user)
    if person.view:
        person.close(everything=True)
    return person


def list_choices(owner: Person, **choices: str) -> None:
    """Say what people choose from: topics, departments, grades, one to a line."""
    card = owner.command("/mentor setup").messages[-1]
    block = next(b["block_id"] for b in card["blocks"] if b.get("accessory", {}).get("value") == Part.CHOICES)
    owner.click(f"{block}/{ids.OPEN_SETUP}", message=card)
    owner.await_view(ids.SETUP_FORM)
    owner.fill(choices)
    owner.submit()


def apply(sandbox: Sandbox, person: str, command: str, says: Mapping[str, Any]) -> None:
    """Type the command, fill in the form and send it; again while Slack is still being asked who a manager is."""
    member = sandbox.person(person)
    member.command(command)
    member.await_view(ids.APPLICATION_FORM)
    member.fill(says)
    for _ in range(_TRIES):
        sent = member.submit()
        if sent.closed:
            return
        threading.Event().wait(_BREATH)
    raise RuntimeError(f"{person} could not apply: {sent.errors or sent.error}")


def log_meeting(sandbox: Sandbox, app: BotApp, user: str, says: Says) -> None:
    """Log a meeting of today, where there is one partnership that it can be about."""
    with app.storage.read(app.identity.workspace) as tx:
        running = [partnership for partnership in tx.partnerships.of(user) if partnership.is_active]
    if len(running) == 1:
        person = at_hand(sandbox, user)
        person.command("/mentor log")
        _send(person, ids.MEETING_FORM, says)


def answer_what_is_asked(sandbox: Sandbox, app: BotApp) -> None:
    """Everybody who has been asked how it goes, or how it was, answers."""
    with app.storage.read(app.identity.workspace) as tx:
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
        except NotVisibleError:  # the message comes on the next working day
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
    raise NotVisibleError(f"{person.id} sees no {action_id} of {value}.")


def _send(person: Person, form: str, says: Says) -> None:
    person.await_view(form)
    person.fill(says)
    sent = person.submit()
    if not sent.closed:
        raise RuntimeError(f"{person.id} could not send {form}: {sent.errors or sent.error}")


def values(view: Mapping[str, Any] | None, action_id: str) -> Iterator[str]:
    for slot in slots(view["blocks"] if view else ()):
        if slot.action_id == action_id:
            yield str(slot.element.get("value", ""))


def _newest_first(person: Person) -> list[dict[str, Any]]:
    found = [one for place in person.conversations() for one in person.inbox(place["id"]) if one.get("blocks")]
    return sorted(found, key=lambda one: float(one["ts"]), reverse=True)


def until(sandbox: Sandbox, seen: Callable[[], bool]) -> None:
    """Wait until something is seen; without it, what comes next says what is missing."""
    with sandbox.workspace.changed:
        sandbox.workspace.changed.wait_for(seen, PATIENCE)


def propose(sandbox: Sandbox, app: BotApp, owner: str) -> None:
    """Ask for proposals, and wait until they have been looked for."""
    desk = _at_the_desk(sandbox, owner)
    if next(values(desk.view, ids.PROPOSE), None) is not None:
        desk.click(ids.PROPOSE)
        until(sandbox, lambda: not _is_looking(app))
    desk.close(everything=True)


def approve_all(sandbox: Sandbox, app: BotApp, owner: str, *, releasing: bool = False) -> None:
    """Approve all that waits for this owner; then, if they shall, release what is approved."""
    desk = _at_the_desk(sandbox, owner)
    for match in list(values(desk.view, ids.APPROVE)):
        press(desk, ids.APPROVE, match)
        until(sandbox, partial(_is_decided, desk, match))
    if releasing and next(values(desk.view, ids.RELEASE), None) is not None:
        desk.click(ids.RELEASE)
    desk.close(everything=True)
    app.run_until_idle()


def approve_and_release(sandbox: Sandbox, app: BotApp) -> None:
    """All proposals are approved by the operator, for a committee that met elsewhere; both of each match are asked."""
    release(app.storage, app.identity.workspace, approving=True, now=sandbox.calendar.now)
    app.run_until_idle()


def everybody_accepts(sandbox: Sandbox, app: BotApp) -> None:
    """All who are asked about a match say yes, and are introduced."""
    app.run_until_idle()
    for user, match in asked(app):
        if not sandbox.workspace.members[user].deactivated:
            accept(sandbox, user, match)
            app.run_until_idle()


def accept(sandbox: Sandbox, user: str, match: str) -> None:
    """Say yes to a match (its id) that they are asked about."""
    press(at_hand(sandbox, user), ids.ACCEPT_MATCH, match)


def asked(app: BotApp) -> list[tuple[str, str]]:
    """Who has been asked about which match (its id), and has not answered."""
    with app.storage.read(app.identity.workspace) as tx:
        ground = tx.programme_and_cohort()
        matches = tx.matches.of_cohort(ground[1].id) if ground else []
    return [
        (user, match.id)
        for match in matches
        if match.state is MatchState.OFFERED
        for user in match.people
        if user not in match.accepted_by
    ]


def _at_the_desk(sandbox: Sandbox, owner: str) -> Person:
    person = at_hand(sandbox, owner)
    person.command("/mentor match")
    person.await_view(ids.REVIEW_VIEW)
    return person


def _is_looking(app: BotApp) -> bool:
    with app.storage.read(app.identity.workspace) as tx:
        return bool(tx.proposal_runs.asked_for())


def _is_decided(desk: Person, match: str) -> bool:
    return match not in values(desk.view, ids.APPROVE)
