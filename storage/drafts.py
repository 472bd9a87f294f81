"""Drafts: the input of forms that were refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.repository import Repository
from storage.tables import DraftRow


class Drafts(Repository):
    """Every method takes the Slack user id of the draft's author, so that nobody reads another person's draft."""

    def get(self, person: str, form: str, *, since: datetime | None = None) -> dict[str, Any] | None:
        """The saved input of `form`; None if there is none, or if it was saved before `since` (aware)."""
        row = self._get(DraftRow, person, form)
        if row is None or (since is not None and row.saved_at < since):
            return None
        return dict(row.form_values)

    def save(self, person: str, form: str, values: Mapping[str, Any], now: datetime) -> None:
        self._upsert(DraftRow, person=person, form=form, form_values=dict(values), saved_at=now)

    def drop(self, person: str, form: str) -> None:
        self._delete(DraftRow, person, form)
