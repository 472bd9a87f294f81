"""Drafts: what a person typed into a form that could not be accepted. It fills the form when they open it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from handlers.context import AppContext, Request
from mentoring.core.errors import MentoringError, NotForYou
from mentoring.partnerships.errors import NoSuchPartnership
from messages import forms
from services.errors import report_error
from storage import Transaction


def draft_key(request: Request) -> str:
    """Which form this is, and about what, as a draft's name."""
    view = request.view or {}
    meta = forms.meta_of(view)
    return draft_name(str(view.get("callback_id")), meta.form, meta.about)


def draft_name(callback_id: str, form: str, about: str = "") -> str:
    return f"{callback_id}:{form}:{about}" if about else f"{callback_id}:{form}"


_REMEMBERED = timedelta(days=14)


def load_draft(tx: Transaction, request: Request, name: str) -> dict[str, Any] | None:
    """What this person typed lately into the form of that name and could not send."""
    return tx.drafts.get(request.person, name, since=request.now - _REMEMBERED)


def save_draft(tx: Transaction, request: Request) -> None:
    """Keep what is in the form that was sent."""
    tx.drafts.save(request.person, draft_key(request), forms.read(request.view or {}), request.now)


@contextmanager
def submission(app: AppContext, request: Request) -> Iterator[Transaction]:
    """The transaction of a form's submission. If a rule refuses, the form is saved as a draft before the refusal is
    raised; from a person who may not send it at all, nothing is saved.
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
            tx.drafts.drop(request.person, draft_key(request))
    if refusal:
        raise refusal


def save_draft_after_error(app: AppContext, request: Request) -> bool:
    """Save the form as a draft, in a transaction of its own. False if even that failed; the form is still open then."""
    if request.view is None:
        return False
    try:
        with app.storage.begin(request.workspace) as tx:
            save_draft(tx, request)
    except Exception as error:  # the person has their answer already; this one is for the log
        report_error(error)
        return False
    return True
