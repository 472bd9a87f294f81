"""Whether Slack grants us access to the workspace. Without access no job runs and nothing is sent."""

from dataclasses import dataclass
from datetime import datetime

from storage.repository import Repository
from storage.tables import WorkspaceRow

APP_REMOVED = "app_uninstalled"


@dataclass(frozen=True)
class AccessLost:
    """When access was lost (calendar, aware), and Slack's code for it, such as `app_uninstalled` or `token_revoked`."""

    at: datetime
    why: str


class Workspaces(Repository):
    def access_lost(self) -> AccessLost | None:
        """When and why access was lost; None while we have access."""
        row = self._get(WorkspaceRow)
        return AccessLost(row.stopped_at, row.stopped_why or "") if row and row.stopped_at else None

    def revoke_access(self, why: str, now: datetime) -> None:
        """Record that Slack denies access since `now` (calendar, aware), with Slack's code.

        An earlier loss is kept. But `app_uninstalled` replaces another code: Slack sends it before or after the
        revocation of the tokens, and it says more.
        """
        if self.access_lost() is None:
            self._update(WorkspaceRow, stopped_at=now, stopped_why=why)
        elif why == APP_REMOVED:
            self._update(WorkspaceRow, stopped_why=why)

    def restore_access(self) -> None:
        """Record that Slack grants access again."""
        if self.access_lost() is not None:
            self._update(WorkspaceRow, stopped_at=None, stopped_why=None)
