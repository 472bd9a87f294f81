"""Whether Slack lets us into the workspace. While it does not, nothing is judged and nothing is sent; all of it is
kept.
"""

from dataclasses import dataclass
from datetime import datetime

from storage.repository import Repository
from storage.tables import WorkspaceRow

APP_REMOVED = "app_uninstalled"


@dataclass(frozen=True)
class AccessLost:
    """`at` is the calendar's; `why` Slack's code, such as `app_uninstalled` or `token_revoked`."""

    at: datetime
    why: str


class Workspaces(Repository):
    def access_lost(self) -> AccessLost | None:
        """Since when and why we are shut out; None while we are let in."""
        row = self._get(WorkspaceRow)
        return AccessLost(row.stopped_at, row.stopped_why or "") if row and row.stopped_at else None

    def revoke_access(self, why: str, now: datetime) -> None:
        """Slack has shut us out. What is known already stays as it was first known, but that the app was removed says
        more than that its tokens are revoked, and Slack tells both in any order.
        """
        if self.access_lost() is None:
            self._update(WorkspaceRow, stopped_at=now, stopped_why=why)
        elif why == APP_REMOVED:
            self._update(WorkspaceRow, stopped_why=why)

    def restore_access(self) -> None:
        """Slack lets us in again."""
        if self.access_lost() is not None:
            self._update(WorkspaceRow, stopped_at=None, stopped_why=None)
