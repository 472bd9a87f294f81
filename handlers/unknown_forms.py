"""Forms that this version of the bot does not know: kept as a draft, and shown to the person, to copy."""

import logging
from collections.abc import Mapping
from typing import Any

from handlers.context import AppContext, Request
from handlers.drafts import programme_draft, save_values
from messages import forms
from messages.unknown_form import todays_form, unknown_form
from services.drafts import draft_name
from services.errors import report_error

log = logging.getLogger(__name__)

_LONGEST_NAME = 64
"""Characters of a draft's name in the database."""


def keep_unknown_form(app: AppContext, request: Request) -> dict[str, Any]:
    """Save what was typed, and return the modal that says so.

    It is saved under the form's own name, for a version that knows it, and as the draft of the form of today that asks
    for the same.
    """
    log.warning("A form of another version was sent. What was typed is kept as a draft.")
    view = request.view or {}
    today = todays_form(view)
    try:
        with app.storage.begin(request.workspace) as tx:
            names = {_own_name(view)}
            if today:
                names.add(programme_draft(tx, today.callback_id, today.form, today.about, request.programme))
            for name in names:
                save_values(tx, request, name)
    except Exception as error:  # the person can still copy it
        report_error(error)
        return unknown_form(view, today, kept=False)
    return unknown_form(view, today, kept=True)


def _own_name(view: Mapping[str, Any]) -> str:
    callback_id = str(view.get("callback_id"))
    try:
        meta = forms.meta_of(view)
    except ValueError:
        return callback_id[:_LONGEST_NAME]
    return draft_name(callback_id, meta.form, meta.about, meta.programme)[:_LONGEST_NAME]
