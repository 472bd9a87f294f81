"""The names of drafts, and those that are recent enough to fill a form."""

from datetime import datetime, timedelta
from typing import Any

from storage import Transaction

_KEPT_FOR = timedelta(days=14)


def draft_name(callback_id: str, form: str, about: str = "", programme_id: str = "") -> str:
    """The name of the draft of this form, about something (an id) and of a programme if there is one for each."""
    name = f"{callback_id}:{form}:{about}" if about else f"{callback_id}:{form}"
    return f"{name}@{programme_id}" if programme_id else name


def recent_draft(tx: Transaction, person: str, name: str, now: datetime) -> dict[str, Any] | None:
    """The values of the draft of `person` (a Slack user id), if it is recent at `now` (calendar, aware)."""
    return tx.drafts.get(person, name, since=now - _KEPT_FOR)
