"""Drafts: what somebody typed into a form that could not be taken, and that fills it when they open it again."""

from handlers.desk import Visit
from messages import forms
from storage import Transaction


def name_of(visit: Visit) -> str:
    """Which form this is, and about what, as a draft's name."""
    view = visit.view or {}
    meta = forms.meta_of(view)
    return draft_name(str(view.get("callback_id")), meta.form, meta.about)


def draft_name(callback_id: str, form: str, about: str = "") -> str:
    return f"{callback_id}:{form}:{about}" if about else f"{callback_id}:{form}"


def keep_draft(tx: Transaction, visit: Visit) -> None:
    """Keep what is in the form that was sent."""
    tx.drafts.keep(visit.person, name_of(visit), forms.read(visit.view or {}), visit.now)


def drop_draft(tx: Transaction, visit: Visit) -> None:
    """It has been taken; nothing is left to restore."""
    tx.drafts.drop(visit.person, name_of(visit))
