"""The survey before the first meeting, the check-in and the closing survey."""

from collections.abc import Sequence
from datetime import datetime

from handlers.closure import closure_view
from handlers.context import DONE, AppContext, OpenModal, ReplaceForm, Request, Response
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership, names_of
from mentoring.core.outcome import Outcome
from mentoring.feedback.answers import (
    Question,
    check_asked,
    early_survey_until,
    question_open,
    record_check_in,
    record_survey,
)
from mentoring.feedback.baseline import baseline_until, check_baseline, record_baseline
from mentoring.feedback.items import ItemAnswer
from mentoring.partnerships.errors import NotAsked
from mentoring.partnerships.partnership import Partnership
from messages import forms, ids
from messages.feedback import baseline
from messages.feedback import form as feedback
from services.closures import with_going_on
from services.drafts import draft_name
from services.meetings import met_on
from services.planned_meetings import with_meetings_called_off
from storage import Transaction

_FORMS = {Question.CHECK_IN: ids.CHECK_IN_FORM, Question.SURVEY: ids.SURVEY_FORM}
"""The form of two people who have met."""


def open_baseline(app: AppContext, request: Request) -> Response:
    """The survey before; a person who has answered may correct it until it is counted."""
    with app.storage.read(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request)
        by = tx.people.get(request.person)
        before = tx.private(request.acting).feedback(partnership.id, Question.BASELINE)
        has_met = bool(met_on(tx, partnership))
        check_baseline(partnership, by, before=before, today=by.today(request.now), has_met=has_met)
        draft = load_draft(tx, request, draft_name(ids.BASELINE_FORM, Question.BASELINE, partnership.id))
        view = baseline.baseline_form(
            draft or (baseline.answers_as_values(before.items) if before else {}),
            partnership,
            by=request.person,
            until=baseline_until(partnership, by),
            programme=tx.programme_of(partnership.cohort_id)[0],
            restored=draft is not None,
        )
    return OpenModal(view)


def submit_baseline(app: AppContext, request: Request) -> Response:
    view = request.view or {}
    items = baseline.parse_baseline(forms.read(view))
    with submission(app, request) as tx:
        partnership = find_partnership(tx, forms.meta_of(view).about, request)
        before = tx.private(request.acting).feedback(partnership.id, Question.BASELINE)
        by = tx.people.get(request.person)
        # The moment is read once the lock is held, as for the other surveys.
        tx.save(record_baseline(partnership, items, by=by, before=before, now=app.calendar()))
    return ReplaceForm(baseline.thanks())


def open_check_in(app: AppContext, request: Request) -> Response:
    return _open(app, request, Question.CHECK_IN)


def open_survey(app: AppContext, request: Request) -> Response:
    return _open(app, request, Question.SURVEY)


def _open(app: AppContext, request: Request, question: Question) -> Response:
    with app.storage.read(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request)
        programme, _ = tx.programme_of(partnership.cohort_id)
        if tx.private(request.acting).feedback(partnership.id, question):
            raise NotAsked(answered=True)
        asked = _is_asked(tx, request, partnership, question, request.now)
        check_asked(question, partnership, request.person, asked=asked)
        never_met = question is Question.SURVEY and not met_on(tx, partnership)
        name = ids.NEVER_MET_FORM if never_met else _FORMS[question]
        draft = load_draft(tx, request, draft_name(name, question, partnership.id))
        view = feedback.form(
            question,
            partnership,
            draft or {},
            by=request.person,
            programme=programme,
            names=names_of(tx, [partnership]),
            restored=draft is not None,
            never_met=never_met,
            baseline=_said_before(tx, request, partnership),
            can_sign=not set(tx.roles.owners(programme.id)) <= set(partnership.people),
        )
    return OpenModal(view)


def _said_before(tx: Transaction, request: Request, partnership: Partnership) -> Sequence[ItemAnswer]:
    """What the person answered before the first meeting."""
    answer = tx.private(request.acting).feedback(partnership.id, Question.BASELINE)
    return answer.items if answer else ()


def submit_check_in(app: AppContext, request: Request) -> Response:
    return _submit(app, request, Question.CHECK_IN)


def submit_survey(app: AppContext, request: Request) -> Response:
    """The closing survey, or what two people who have not met are asked instead."""
    return _submit(app, request, Question.SURVEY)


def _submit(app: AppContext, request: Request, question: Question) -> Response:
    view = request.view or {}
    with submission(app, request) as tx:
        partnership = find_partnership(tx, forms.meta_of(view).about, request)
        # The moment is read once the lock is held, so that answers are stored in the order of their moments.
        recorded = _record(tx, request, partnership, question, app.calendar())
        called_off = with_meetings_called_off(tx, recorded, request.now)
        tx.save(with_going_on(tx, called_off, request.now))
        if question is Question.SURVEY and _has_last_page(tx, request, partnership):
            return ReplaceForm(closure_view(tx, request, partnership, is_next=True))
    return DONE


def _has_last_page(tx: Transaction, request: Request, partnership: Partnership) -> bool:
    """Not after an early end."""
    if early_survey_until(partnership):
        return False
    return bool(met_on(tx, partnership)) and not tx.closures.get(partnership.id, request.person)


def _record(tx: Transaction, request: Request, partnership: Partnership, question: Question, now: datetime) -> Outcome:
    view = request.view or {}
    form = feedback.parse(question, forms.read(view), never_met=view.get("callback_id") == ids.NEVER_MET_FORM)
    by = tx.people.get(request.person)
    asked = _is_asked(tx, request, partnership, question, now)
    before = tx.private(request.acting).feedback(partnership.id, question)
    if question is Question.CHECK_IN:
        owners = tx.roles.present_owners(tx.programme_of(partnership.cohort_id)[0].id)
        return record_check_in(partnership, form, by=by, owners=owners, asked=asked, before=before, now=now)
    other_answered = tx.feedback.has_answered(partnership.id, partnership.other(request.person), question)
    return record_survey(partnership, form, by=by, asked=asked, before=before, other_answered=other_answered, now=now)


def _is_asked(tx: Transaction, request: Request, partnership: Partnership, question: Question, now: datetime) -> bool:
    """Whether the question is open at `now` (calendar, aware), in this person's time zone."""
    return question_open(partnership, tx.people.get(request.person).today(now)) is question
