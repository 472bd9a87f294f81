"""Ada's plan in the course of the demo's year: where Ada stands, a goal, and that the mentor may read it."""

from datetime import timedelta

from bot.app import BotApp
from bot.demo.client import available_person, press, submit, values, wait_until
from bot.demo.texts import GOAL, STANDS, FormTexts
from messages import ids
from sandbox import Person, Sandbox

_LASTS = timedelta(days=70)
"""Until when Ada would like to reach the goal."""


def write_plan(sandbox: Sandbox, app: BotApp, user: str) -> None:
    """Write where one stands and a goal, and share it with every partner."""
    person = _open_plan(sandbox, app, user)
    if person is None:
        return
    person.click(ids.WRITE_PLAN)
    submit(person, ids.STANDING_FORM, STANDS)
    wait_until(sandbox, lambda: any(values(person.view, ids.SHARE_PLAN)))
    person.click(ids.ADD_GOAL)
    until = (sandbox.calendar.now() + _LASTS).date().isoformat()
    submit(person, ids.GOAL_FORM, {**GOAL, "until": until})
    wait_until(sandbox, lambda: any(values(person.view, ids.OPEN_PROGRESS)))
    for partnership in list(values(person.view, ids.SHARE_PLAN)):
        press(person, ids.SHARE_PLAN, partnership)
    person.close(everything=True)


def say_progress(sandbox: Sandbox, app: BotApp, user: str, texts: FormTexts) -> None:
    """Say how the first goal is, if there is one."""
    person = _open_plan(sandbox, app, user)
    if person is None:
        return
    for goal in list(values(person.view, ids.OPEN_PROGRESS))[:1]:
        press(person, ids.OPEN_PROGRESS, goal)
        submit(person, ids.PROGRESS_FORM, texts)
    person.close(everything=True)


def _open_plan(sandbox: Sandbox, app: BotApp, user: str) -> Person | None:
    """This person with their plan open; None if they are the mentee of nobody, or the programme has no plans."""
    with app.storage.read(app.identity.workspace) as tx:
        found = [each for each in tx.partnerships.of(user) if each.is_active and each.mentee == user]
        has_plans = any(tx.programme_of(each.cohort_id)[0].has_plans for each in found)
    if not has_plans:
        return None
    person = available_person(sandbox, user)
    person.command("/mentor plan")
    person.await_view(ids.GOALS_VIEW)
    return person
