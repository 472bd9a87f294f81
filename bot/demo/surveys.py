"""What the people of the demo answer in surveys."""

from collections.abc import Callable
from functools import partial

from bot.app import BotApp
from bot.demo.acts import each
from bot.demo.client import available_person, press, submit
from bot.demo.texts import CHECK_IN, CHECK_INS, LAST_PAGES, NEVER_MET, SURVEY, SURVEYS, FormTexts
from mentoring.feedback.answers import Question, question_open
from messages import ids
from sandbox import NotVisibleError, Sandbox
from sandbox.blocks import slots
from services.feedback import asks_baseline

_FORMS = {
    Question.CHECK_IN: (ids.OPEN_CHECK_IN, ids.CHECK_IN_FORM),
    Question.SURVEY: (ids.OPEN_SURVEY, ids.SURVEY_FORM),
}
"""The button and the form of each question."""
_TEXTS = {Question.CHECK_IN: (CHECK_IN, CHECK_INS), Question.SURVEY: (SURVEY, SURVEYS)}
"""What people answer, and what some answer instead."""
Says = Callable[[str, str, Question], FormTexts | None]
"""What a person (Slack user id) answers about a partnership (id); None if they leave the question open."""


def answer_before(sandbox: Sandbox, app: BotApp, user: str, texts: FormTexts) -> None:
    """Answer the survey before the first meeting, from the introduction or a message after it."""
    with app.storage.read(app.identity.workspace) as tx:
        today = tx.people.get(user).today(sandbox.calendar.now())
        asked = [each.id for each in tx.partnerships.of(user) if asks_baseline(tx, each, user, today)]
    for partnership_id in asked:
        person = available_person(sandbox, user)
        press(person, ids.OPEN_BASELINE, partnership_id)
        submit(person, ids.BASELINE_FORM, texts)
        person.close(everything=True)


def _usual(user: str, partnership_id: str, question: Question) -> FormTexts | None:
    usual, own = _TEXTS[question]
    return own.get(user, usual)


def answer_surveys(sandbox: Sandbox, app: BotApp, says: Says = _usual) -> None:
    """Every person with an open check-in or closing survey answers it as `says` gives."""
    with app.storage.read(app.identity.workspace) as tx:
        now = sandbox.calendar.now()
        unanswered = [
            (user, partnership.id, question, not tx.meetings.of([partnership.id]))
            for partnership in tx.partnerships.all()
            for user in partnership.people
            if partnership.is_active and (question := question_open(partnership, tx.people.get(user).today(now)))
            if not tx.feedback.has_answered(partnership.id, user, question)
        ]
    each(partial(_answer_survey, sandbox, *one, says) for one in unanswered)


def _answer_survey(
    sandbox: Sandbox, user: str, partnership_id: str, question: Question, never_met: bool, says: Says
) -> None:
    texts = says(user, partnership_id, question)
    if texts is None or sandbox.workspace.members[user].deactivated:
        return
    button, form = _FORMS[question]
    if never_met and question is Question.SURVEY:
        form, texts = ids.NEVER_MET_FORM, NEVER_MET
    person = available_person(sandbox, user)
    try:
        press(person, button, partnership_id)
    except NotVisibleError:  # the message comes on the next working day
        return
    asked = {slot.block_id for slot in slots(person.await_view(form)["blocks"])}
    submit(person, form, {field: texts[field] for field in texts if field in asked})
    if person.view is not None and person.view["callback_id"] == ids.CLOSURE_FORM:
        if user in LAST_PAGES:
            submit(person, ids.CLOSURE_FORM, LAST_PAGES[user])
        else:
            person.close(everything=True)
