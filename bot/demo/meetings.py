"""How the people of the demo meet: at a regular time, at a place, and with a pause; all of it from Home."""

from bot.app import BotApp
from bot.demo.client import available_person, choose_in_menu, press, slot_of, submit
from bot.demo.texts import HELP, PLACE, FormTexts
from mentoring.meetings.planned import PlannedState
from mentoring.partnerships.partnership import Partnership
from messages import ids
from sandbox import Person, Sandbox


def meet_regularly(sandbox: Sandbox, app: BotApp, user: str) -> None:
    """Offer a regular time, which the partner takes, and say where the two meet."""
    partnership = _only_partnership(app, user)
    if partnership is None:
        return
    person = _at_home(sandbox, app, user)
    _press_at_home(person, ids.FIND_TIME, partnership.id)
    person.await_view(ids.TIMES_FORM)
    person.click(ids.MEET_REGULARLY)
    submit(person, ids.REGULAR_FORM, {})
    app.run_until_idle()
    person.close(everything=True)
    with app.storage.read(app.identity.workspace) as tx:
        regular = tx.regular_times.open_of(partnership.id)
    if regular is None:
        return
    press(available_person(sandbox, partnership.other(user)), ids.TAKE_REGULAR, regular.id)
    app.run_until_idle()
    with app.storage.read(app.identity.workspace) as tx:
        booked = [each for each in tx.planned_meetings.of_regular(regular) if each.starts_at]
    first = min(booked, key=lambda each: (each.starts_at, each.id))
    person = _at_home(sandbox, app, user)
    _press_at_home(person, ids.CHANGE_PLACE, first.id)
    submit(person, ids.PLACE_FORM, PLACE)
    app.run_until_idle()


def say_they_met(sandbox: Sandbox, app: BotApp, user: str) -> None:
    """Confirm each planned meeting that is over and neither confirmed nor denied yet."""
    partnership = _only_partnership(app, user)
    if partnership is None:
        return
    with app.storage.read(app.identity.workspace) as tx:
        now = sandbox.calendar.now()
        planned = tx.planned_meetings.of([partnership.id])
        over = [each.id for each in planned if each.state is PlannedState.PAST and each.is_over(now)]
    for planned_id in over:
        press(available_person(sandbox, user), ids.SAY_MET, planned_id)
        app.run_until_idle()


def pause(sandbox: Sandbox, app: BotApp, user: str, texts: FormTexts) -> None:
    """Pause the partnership, from the menu at Home."""
    partnership = _only_partnership(app, user)
    if partnership is None:
        return
    person = _at_home(sandbox, app, user)
    choose_in_menu(person, person.home or {}, ids.OPEN_PAUSE, partnership.id)
    submit(person, ids.PAUSE_FORM, texts)
    app.run_until_idle()


def ask_for_help(sandbox: Sandbox, app: BotApp, user: str) -> None:
    """Ask the first of those who can be asked for help, in confidence."""
    if _only_partnership(app, user) is None:
        return
    person = _at_home(sandbox, app, user)
    person.click(ids.ASK_FOR_HELP)
    view = person.await_view(ids.CASE_FORM)
    first = next(block for block in view["blocks"] if block.get("block_id") == "case_contact")
    submit(person, ids.CASE_FORM, {**HELP, "case_contact": first["element"]["options"][0]["value"]})
    app.run_until_idle()


def _only_partnership(app: BotApp, user: str) -> Partnership | None:
    """The active partnership of this person, if there is exactly one."""
    with app.storage.read(app.identity.workspace) as tx:
        active = [each for each in tx.partnerships.of(user) if each.is_active]
    return active[0] if len(active) == 1 else None


def _at_home(sandbox: Sandbox, app: BotApp, user: str) -> Person:
    """This person, who looks at Home as it is now."""
    person = available_person(sandbox, user)
    person.open_home()
    app.run_until_idle()
    return person


def _press_at_home(person: Person, action_id: str, value: str) -> None:
    """Press the button with this value at Home, or choose it in a menu there."""
    home = person.home or {}
    if slot := slot_of(home, action_id, value):
        person.click(f"{slot.block_id}/{action_id}")
    else:
        choose_in_menu(person, home, action_id, value)
