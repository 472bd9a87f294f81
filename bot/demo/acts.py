"""What the people of the demo do, each in their own client."""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from bot.app import BotApp
from bot.demo.client import available_person, click, press, slot_of, submit, values, wait_until
from bot.demo.texts import (
    AGREEMENT,
    LEARNT,
    FormTexts,
)
from mentoring.core.fields import FieldName
from mentoring.matching.match import MatchState
from mentoring.programmes.settings import Part
from mentoring.sessions.session import SessionKind
from messages import ids
from messages.in_programme import split_value
from sandbox import Person, Sandbox
from services.errors import report_error
from services.matching import release

_TRIES = 200
_RETRY_SECONDS = 0.05


def each(acts: Iterable[Callable[[], object]]) -> None:
    """Perform the acts. One that fails is logged, with a reference, and the others are performed."""
    for act in acts:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - one person who cannot act stops nobody else
            report_error(error)


def bot_of(sandbox: Sandbox) -> BotApp:
    """The bot that runs in this workspace."""
    if not isinstance(sandbox.timeline, BotApp):
        raise RuntimeError("No bot runs in this workspace.")
    return sandbox.timeline


def list_choices(owner: Person, **choices: str) -> None:
    """Save what people can choose in forms: topics, departments, grades, one per line."""
    save_settings(owner, Part.CHOICES, choices)


def save_settings(owner: Person, part: Part, texts: FormTexts) -> None:
    """Open one part of the settings, fill it in and save it. Other messages may arrive meanwhile."""
    before = len(owner.inbox())
    owner.command("/mentor setup")
    card = owner.await_message(lambda message: slot_of(message, ids.OPEN_SETUP, part) is not None, after=before)
    click(owner, card, ids.OPEN_SETUP, part)
    submit(owner, ids.SETUP_FORM, texts)


def plan_orientation(owner: Person, starts_at: datetime) -> None:
    """Plan an orientation with the usual plan, for everyone, with a dozen places."""
    owner.command("/mentor sessions")
    owner.await_view(ids.SESSIONS_VIEW)
    press(owner, ids.PLAN_SESSION, SessionKind.ORIENTATION)
    texts = {"session_start": int(starts_at.timestamp()), "session_place": "Reading room, first floor"}
    submit(owner, ids.SESSION_FORM, texts | {"session_places": "12"})
    owner.close(everything=True)


def apply(sandbox: Sandbox, person: str, command: str, texts: FormTexts) -> None:
    """Type the command, fill in the form and submit it; again while the manager's profile is still being fetched."""
    member = sandbox.person(person)
    member.command(command)
    member.await_view(ids.APPLICATION_FORM)
    member.fill(texts)
    for _ in range(_TRIES):
        sent = member.submit()
        if sent.closed:
            return
        threading.Event().wait(_RETRY_SECONDS)
    raise RuntimeError(f"{person} could not apply: {sent.errors or sent.error}")


def log_meeting(sandbox: Sandbox, app: BotApp, user: str, texts: FormTexts) -> None:
    """Log a meeting of today if the user has exactly one active partnership."""
    with app.storage.read(app.identity.workspace) as tx:
        active = [partnership for partnership in tx.partnerships.of(user) if partnership.is_active]
    if len(active) == 1:
        person = available_person(sandbox, user)
        person.command("/mentor log")
        submit(person, ids.MEETING_FORM, texts)


def agree(sandbox: Sandbox, app: BotApp, user: str) -> None:
    """Write an agreement and have the partner sign it, if the user has exactly one active partnership and none yet."""
    with app.storage.read(app.identity.workspace) as tx:
        active = [partnership for partnership in tx.partnerships.of(user) if partnership.is_active]
        has_one = len(active) == 1 and tx.agreements.get(active[0].id) is None
    if not has_one:
        return
    (partnership,) = active
    person = available_person(sandbox, user)
    press(person, ids.OPEN_AGREEMENT, partnership.id)
    for texts in AGREEMENT:
        person.await_view(ids.AGREEMENT_FORM)
        person.fill(texts)
        person.submit()
    person.click(ids.SIGN_DRAFT)
    app.run_until_idle()
    person.close(everything=True)
    partner = available_person(sandbox, partnership.other(user))
    press(partner, ids.OPEN_AGREEMENT, partnership.id)
    partner.await_view(ids.AGREEMENT_VIEW)
    partner.click(ids.SIGN_AGREEMENT)
    app.run_until_idle()
    partner.close(everything=True)


def report(sandbox: Sandbox, app: BotApp, user: str) -> None:
    """Both partners say what they learnt and finish their progress report, if the user has exactly one active
    partnership with a logged meeting, and no report yet.
    """
    with app.storage.read(app.identity.workspace) as tx:
        active = [partnership for partnership in tx.partnerships.of(user) if partnership.is_active]
        is_ready = len(active) == 1 and not tx.reports.of(active[0].id) and bool(tx.meetings.of([active[0].id]))
    if not is_ready:
        return
    (partnership,) = active
    both = (user, partnership.other(user))
    for each_of_two, texts in zip(both, LEARNT, strict=True):
        person = available_person(sandbox, each_of_two)
        press(person, ids.OPEN_REPORT, partnership.id)
        person.await_view(ids.REPORT_VIEW)
        person.click(ids.WRITE_LEARNT)
        submit(person, ids.REPORT_FORM, texts)
        app.run_until_idle()
        person.close(everything=True)
    for each_of_two in both:
        person = available_person(sandbox, each_of_two)
        press(person, ids.OPEN_REPORT, partnership.id)
        person.await_view(ids.REPORT_VIEW)
        person.click(ids.FINISH_REPORT)
        app.run_until_idle()
        person.close(everything=True)


def tell_programme(sandbox: Sandbox, app: BotApp, user: str, texts: FormTexts) -> None:
    """Tell the programme something, in a partnership."""
    with app.storage.read(app.identity.workspace) as tx:
        takes_part = any(partnership.is_active for partnership in tx.partnerships.of(user))
    if takes_part:
        person = available_person(sandbox, user)
        person.command("/mentor feedback")
        person.click(ids.TELL_PROGRAMME)
        submit(person, ids.REMARK_FORM, texts)


def post_call(sandbox: Sandbox, owner: str, channel: str) -> None:
    """The owner has the call for applications, the first of the communication plan, posted in a channel."""
    person = available_person(sandbox, owner)
    person.command("/mentor announcements")
    call = next(values(person.await_view(ids.ANNOUNCEMENTS_VIEW), ids.CHANGE_ANNOUNCEMENT))
    press(person, ids.CHANGE_ANNOUNCEMENT, call)
    submit(person, ids.ANNOUNCEMENT_FORM, {FieldName.CHANNELS: [channel]})
    wait_until(sandbox, lambda: bool(_to_approve(person, call)))
    press(person, ids.APPROVE_ANNOUNCEMENT, _to_approve(person, call)[0])
    person.close(everything=True)


def _to_approve(person: Person, call: str) -> list[str]:
    """The value of the button that approves it, if it is there."""
    wanted = split_value(call)[0]
    found = values(person.view, ids.APPROVE_ANNOUNCEMENT)
    return [value for value in found if split_value(value)[0].partition(":")[0] == wanted]


def propose(sandbox: Sandbox, app: BotApp, owner: str) -> None:
    """Ask for proposals, and wait until they are computed."""
    person = _open_matches(sandbox, owner)
    if next(values(person.view, ids.PROPOSE), None) is not None:
        person.click(ids.PROPOSE)
        wait_until(sandbox, lambda: not _is_computing(app))
    person.close(everything=True)


def approve_all(sandbox: Sandbox, app: BotApp, owner: str, *, releasing: bool = False) -> None:
    """Approve every proposal that this owner can approve; if `releasing`, send what is approved."""
    person = _open_matches(sandbox, owner)
    for match in list(values(person.view, ids.APPROVE)):
        press(person, ids.APPROVE, match)
        wait_until(sandbox, partial(_is_decided, person, match))
    if releasing and next(values(person.view, ids.RELEASE), None) is not None:
        person.click(ids.RELEASE)
    person.close(everything=True)
    app.run_until_idle()


def approve_and_release(sandbox: Sandbox, app: BotApp) -> None:
    """Approve and send every proposal, as the app admin does on the command line."""
    with app.storage.read(app.identity.workspace) as tx:
        first = tx.programmes.first()
    if first:
        release(app.storage, app.identity.workspace, first[0].id, approving=True, now=sandbox.calendar.now)
    app.run_until_idle()


def accept_all(sandbox: Sandbox, app: BotApp) -> None:
    """Every person who is asked about a match accepts it."""
    app.run_until_idle()
    each(
        partial(_accept_and_wait, sandbox, app, user, match)
        for user, match in asked(app)
        if not sandbox.workspace.members[user].deactivated
    )


def _accept_and_wait(sandbox: Sandbox, app: BotApp, user: str, match: str) -> None:
    accept(sandbox, user, match)
    app.run_until_idle()


def accept(sandbox: Sandbox, user: str, match: str) -> None:
    """Accept a match (its id) that the user is asked about."""
    press(available_person(sandbox, user), ids.ACCEPT_MATCH, match)


def asked(app: BotApp) -> list[tuple[str, str]]:
    """People who have not answered a match, each with the match's id."""
    with app.storage.read(app.identity.workspace) as tx:
        current = tx.programmes.first()
        matches = tx.matches.of_cohort(current[1].id) if current else []
    return [
        (user, match.id)
        for match in matches
        if match.state is MatchState.OFFERED
        for user in match.people
        if user not in match.accepted_by
    ]


def _open_matches(sandbox: Sandbox, owner: str) -> Person:
    person = available_person(sandbox, owner)
    person.command("/mentor match")
    person.await_view(ids.REVIEW_VIEW)
    return person


def _is_computing(app: BotApp) -> bool:
    with app.storage.read(app.identity.workspace) as tx:
        return bool(tx.proposal_runs.requested())


def _is_decided(person: Person, match: str) -> bool:
    return match not in values(person.view, ids.APPROVE)
