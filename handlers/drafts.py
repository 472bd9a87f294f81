"""Drafts: the input of a form that was refused. It fills the form when the person opens it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from handlers.context import AppContext, Request
from mentoring.core.errors import MentoringError, NotForYou
from mentoring.partnerships.errors import NoSuchPartnership
from messages import forms, ids
from services.drafts import draft_name, recent_draft
from services.errors import report_error
from storage import Transaction

_OF_PROGRAMME = frozenset(
    {
        ids.ANNOUNCEMENT_FORM,
        ids.APPLICATION_FORM,
        ids.APPROVALS_FORM,
        ids.CASE_FORM,
        ids.CORRECTION_FORM,
        ids.ENTRY_FORM,
        ids.EVALUATION_FORM,
        ids.LEAVE_FORM,
        ids.OWNERS_FORM,
        ids.PAIR_FORM,
        ids.REMARK_FORM,
        ids.SESSION_FORM,
        ids.SETUP_FORM,
        ids.SPONSOR_PAGE_FORM,
        ids.SWAP_FORM,
    }
)
"""The forms of which there is one for each programme."""


def draft_key(tx: Transaction, request: Request) -> str:
    """The name of the draft for the form in this request."""
    view = request.view or {}
    meta = forms.meta_of(view)
    return programme_draft(tx, str(view.get("callback_id")), meta.form, meta.about, meta.programme)


def programme_draft(tx: Transaction, callback_id: str, form: str, about: str, programme_id: str) -> str:
    """As `draft_name`. A form that was opened when there was one programme only does not name it."""
    if not programme_id and callback_id in _OF_PROGRAMME and (first := tx.programmes.first()):
        programme_id = first[0].id
    return draft_name(callback_id, form, about, programme_id)


def load_draft(tx: Transaction, request: Request, name: str) -> dict[str, Any] | None:
    """The values of this person's draft, if it is recent."""
    return recent_draft(tx, request.person, name, request.now)


def save_draft(tx: Transaction, request: Request) -> None:
    """Save the values of the form as a draft."""
    save_values(tx, request, draft_key(tx, request))


def save_values(tx: Transaction, request: Request, name: str) -> None:
    """Save the values of the form as the draft of this name. A step of a form leaves those of its other steps."""
    view = request.view or {}
    before = load_draft(tx, request, name) if forms.meta_or_empty(view).step else None
    tx.drafts.save(request.person, name, {**(before or {}), **forms.read(view)}, request.now)
    if view.get("callback_id") == ids.AGREEMENT_FORM:  # Home says that it is begun
        tx.outdate_home(request.person)


@contextmanager
def submission(app: AppContext, request: Request) -> Iterator[Transaction]:
    """The transaction of a form submission. If a rule refuses it, the form is saved as a draft before the refusal is
    raised, unless the person may not send it at all.
    """
    refusal: MentoringError | None = None
    with app.storage.begin(request.workspace) as tx:
        try:
            yield tx
        except (NotForYou, NoSuchPartnership):
            raise
        except MentoringError as error:
            refusal = error
            save_draft(tx, request)
        else:
            tx.drafts.drop(request.person, draft_key(tx, request))
    if refusal:
        raise refusal


def save_draft_after_error(app: AppContext, request: Request) -> bool:
    """Save the form as a draft in its own transaction. Returns False if that failed, too."""
    if request.view is None:
        return False
    try:
        with app.storage.begin(request.workspace) as tx:
            save_draft(tx, request)
    except Exception as error:  # logged only: the person is told about the first error
        report_error(error)
        return False
    return True
