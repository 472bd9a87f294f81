"""What people typed into a form that could not be taken."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.repository import Repository
from storage.tables import DraftRow


class Drafts(Repository):
    """Each person reads and writes their own drafts only: every call takes whose they are."""

    def get(self, person: str, form: str, *, since: datetime | None = None) -> dict[str, Any] | None:
        """What was kept, unless it was before `since`: then nobody remembers it, and it would only surprise."""
        row = self._get(DraftRow, person, form)
        if row is None or (since is not None and row.saved_at < since):
            return None
        return dict(row.form_values)

    def save(self, person: str, form: str, values: Mapping[str, Any], now: datetime) -> None:
        self._upsert(DraftRow, person=person, form=form, form_values=dict(values), saved_at=now)

    def drop(self, person: str, form: str) -> None:
        self._delete(DraftRow, person, form)
