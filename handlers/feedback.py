"""The check-in half-way and the survey at the end, each person's own."""

from handlers.context import DONE, AppContext, OpenModal, Request, Response, ground
from handlers.drafts import draft_name, load_draft, submission
from handlers.partnerships import find_partnership, names_of
from mentoring.core.outcome import Outcome
from mentoring.feedback import Question, check_asked, question_open, record_check_in, record_survey
from mentoring.partnerships.errors import NotAsked
from mentoring.partnerships.partnership import Partnership
from messages import feedback, forms, ids
from storage import Transaction

_FORMS = {Question.CHECK_IN: ids.CHECK_IN_FORM, Question.SURVEY: ids.SURVEY_FORM}


def open_check_in(desk: AppContext, visit: Request) -> Response:
    return _open(desk, visit, Question.CHECK_IN)


def open_survey(desk: AppContext, visit: Request) -> Response:
    return _open(desk, visit, Question.SURVEY)


def _open(desk: AppContext, visit: Request, question: Question) -> Response:
    with desk.storage.read(visit.workspace) as tx:
        programme, _ = ground(tx)
        partnership = find_partnership(tx, visit.value, visit)
        if tx.private(visit.person).feedback(partnership.id, question):
            raise NotAsked(answered=True)
        check_asked(partnership, _is_asked(tx, visit, partnership, question))
        draft = load_draft(tx, visit, draft_name(_FORMS[question], question, partnership.id))
        view = feedback.form(
            question,
            partnership,
            draft or {},
            by=visit.person,
            programme=programme,
            names=names_of(tx, [partnership]),
            restored=draft is not None,
        )
    return OpenModal(view)


def submit_check_in(desk: AppContext, visit: Request) -> Response:
    return _submit(desk, visit, Question.CHECK_IN)


def submit_survey(desk: AppContext, visit: Request) -> Response:
    return _submit(desk, visit, Question.SURVEY)


def _submit(desk: AppContext, visit: Request, question: Question) -> Response:
    view = visit.view or {}
    with submission(desk, visit) as tx:
        ground(tx)
        partnership = find_partnership(tx, forms.meta_of(view).about, visit)
        tx.keep(_record(tx, visit, partnership, question))
    return DONE


def _record(tx: Transaction, visit: Request, partnership: Partnership, question: Question) -> Outcome:
    form = feedback.parse(question, forms.read(visit.view or {}))
    by = tx.people.get(visit.person)
    asked = _is_asked(tx, visit, partnership, question)
    before = tx.private(visit.person).feedback(partnership.id, question)
    if question is Question.CHECK_IN:
        owners = tx.owners.all()
        return record_check_in(partnership, form, by=by, owners=owners, asked=asked, before=before, now=visit.now)
    other = tx.private(partnership.other(visit.person)).feedback(partnership.id, question)
    return record_survey(
        partnership, form, by=by, asked=asked, before=before, other_answered=other is not None, now=visit.now
    )


def _is_asked(tx: Transaction, visit: Request, partnership: Partnership, question: Question) -> bool:
    """Whether it is their time, on this person's own calendar."""
    return question_open(partnership, tx.people.get(visit.person).today(visit.now)) is question
