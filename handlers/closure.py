"""The last page of the closing survey."""

from typing import Any

from handlers.context import DONE, AppContext, OpenModal, Request, Response
from handlers.drafts import load_draft, submission
from handlers.partnerships import find_partnership, names_of
from mentoring.closure import change_naming, check_closure, record_closure
from mentoring.feedback.answers import Feedback, Question
from mentoring.partnerships.partnership import Partnership
from messages import closure, forms, ids
from services.announcements import posts_outdated
from services.closures import going_on, load_together
from services.drafts import draft_name
from services.meetings import met_on
from storage import Transaction


def open_closure(app: AppContext, request: Request) -> Response:
    """The page; once it was sent, only whether they may be named. Raises NoSuchPartnership, AlreadyEnded, NotAsked."""
    with app.storage.read(request.workspace) as tx:
        partnership = find_partnership(tx, request.value, request)
        _check(tx, request, partnership, has_met=bool(met_on(tx, partnership)))
        if before := tx.closures.get(partnership.id, request.person):
            return OpenModal(closure.naming_form(partnership, by=request.person, is_named=before.is_named))
        return OpenModal(closure_view(tx, request, partnership))


def closure_view(
    tx: Transaction, request: Request, partnership: Partnership, *, is_next: bool = False
) -> dict[str, Any]:
    """The page; `is_next`: in place of the survey that was just answered."""
    programme, _ = tx.programme_of(partnership.cohort_id)
    draft = load_draft(tx, request, draft_name(ids.CLOSURE_FORM, ids.CLOSURE_FORM, partnership.id))
    answer = _answer(tx, request, partnership)
    return closure.closure_form(
        draft or {},
        partnership,
        load_together(tx, partnership, request.acting),
        by=request.person,
        programme=programme,
        name=names_of(tx, [partnership]).get(partnership.other(request.person), ""),
        helps=answer.helps if answer else "",
        restored=draft is not None,
        is_next=is_next,
    )


def submit(app: AppContext, request: Request) -> Response:
    """Save the page, once, or later whether they may be named. If it is refused, it is saved as a draft."""
    view = request.view or {}
    form = closure.parse_closure(forms.read(view))
    with submission(app, request) as tx:
        partnership = find_partnership(tx, forms.meta_of(view).about, request)
        answer = _check(tx, request, partnership, has_met=True)
        before = tx.closures.get(partnership.id, request.person)
        if before and closure.changes_naming(view):
            tx.save(change_naming(before, is_named=form.is_named) + posts_outdated(tx, partnership))
            return DONE
        programme, _ = tx.programme_of(partnership.cohort_id)
        tx.save(
            record_closure(
                partnership,
                form,
                by=tx.people.get(request.person),
                before=before,
                thanked=tx.thank_yous.read_by(request.person, partnership, author=request.person),
                most_places=programme.most_places,
                now=request.now,
                helps=answer.helps if answer else "",
            )
        )
        if request.person == partnership.mentor:  # if it has closed already; else that is done when it closes
            tx.save(going_on(tx, partnership, request.now))
    return DONE


def _answer(tx: Transaction, request: Request, partnership: Partnership) -> Feedback | None:
    """What the person who acts answered in the survey."""
    return tx.private(request.acting).feedback(partnership.id, Question.SURVEY)


def _check(tx: Transaction, request: Request, partnership: Partnership, *, has_met: bool) -> Feedback | None:
    """Raise unless the page is open to the person who acts. Returns what they answered in the survey."""
    answer = _answer(tx, request, partnership)
    over_at = partnership.over_at  # after an early end the survey is still open, and the page is not
    has_answered = answer is not None and (over_at is None or answer.answered_at < over_at)
    check_closure(partnership, request.person, has_met=has_met, has_answered=has_answered)
    return answer
