"""A workspace: whether Slack grants us access to it, and the secret key of what is derived from its data."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.repository import Repository
from storage.tables import WorkspaceRow

APP_REMOVED = "app_uninstalled"
PLAIN_FOR = timedelta(days=30)
"""How long plain blocks are sent after Slack has refused others. Then those are tried again."""


@dataclass(frozen=True)
class AccessLost:
    """When access was lost (calendar, aware), and Slack's code for it, such as `app_uninstalled` or `token_revoked`."""

    at: datetime
    why: str


class Workspaces(Repository):
    """Access to the workspace, and what its Slack refuses. Without access no job runs and nothing is sent."""

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

    def is_plain(self, now: datetime) -> bool:
        """Whether Slack has refused cards or tables lately, `now` on the calendar (aware)."""
        row = self._get(WorkspaceRow)
        return bool(row and row.plain_since and now < row.plain_since + PLAIN_FOR)

    def refuse_newer_blocks(self, now: datetime) -> None:
        """Record that Slack refused cards or tables `now` (calendar, aware)."""
        self._update(WorkspaceRow, plain_since=now)


class Digests(Repository):
    """Everything that is derived from other data: keyed with the workspace's secret key.

    There are so few Slack user ids that all can be tried. A hash without a key confirms a guess, even after an erasure.
    `tests/test_derived_ids.py` checks that nothing else in the product computes a hash or a deterministic id.
    """

    def tombstone(self, person: str) -> str:
        """The digest that is left of an erased person (a Slack user id)."""
        return hmac.new(self._key(), person.encode(), hashlib.sha256).hexdigest()

    def derive(self, purpose: str, *parts: str) -> str:
        """A digest of `parts` (hex, 64 characters). The same parts give another digest for another `purpose`."""
        content = "\x1f".join((purpose, *parts))  # no Slack id has this separator, so it is never a tombstone
        return hmac.new(self._key(), content.encode(), hashlib.sha256).hexdigest()

    def id_of_form(self, kind: str, view_id: str) -> str:
        """The id of what of this `kind` the form `view_id` (Slack's id) makes, so that sending it twice makes one."""
        return self.derive(kind, view_id)[:16]

    def code(self, programme_id: str, person: str) -> str:
        """What stands for a person (a Slack user id) in exports of this programme: always the same there."""
        return f"P-{self.derive('export', programme_id, person)[:10]}"

    def _key(self) -> bytes:
        row = self._get(WorkspaceRow)
        return bytes.fromhex(row.tombstone_key if row else "")
