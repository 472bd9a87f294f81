"""Whether Slack lets us into the workspace. While it does not, nothing is judged and nothing is sent; all of it is
kept.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.shelf import Shelf
from storage.tables import WorkspaceRow

APP_REMOVED = "app_uninstalled"


@dataclass(frozen=True)
class Stopped:
    """`at` is the calendar's; `why` Slack's code, such as `app_uninstalled` or `token_revoked`."""

    at: datetime
    why: str


class Access(Shelf):
    def stopped(self) -> Stopped | None:
        """Since when and why we are shut out; None while we are let in."""
        row = self._kept(WorkspaceRow)
        return Stopped(row.stopped_at, row.stopped_why or "") if row and row.stopped_at else None

    def stop(self, why: str, now: datetime) -> None:
        """Slack has shut us out. What is known already stays as it was first known, but that the app was removed says
        more than that its tokens are revoked, and Slack tells both in any order.
        """
        row = self._kept(WorkspaceRow)
        if row is None:
            return
        if row.stopped_at is None:
            row.stopped_at, row.stopped_why = now, why
        elif why == APP_REMOVED:
            row.stopped_why = why
        self._session.flush()

    def resume(self) -> None:
        """Slack lets us in again."""
        row = self._kept(WorkspaceRow)
        if row is not None and row.stopped_at is not None:
            row.stopped_at, row.stopped_why = None, None
            self._session.flush()
