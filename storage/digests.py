"""Everything that is derived from other data: keyed with the workspace's secret key.

There are so few Slack user ids that all can be tried. A hash without a key confirms a guess, even after an erasure.
`tests/test_derived_ids.py` checks that nothing else in the product computes a hash or a deterministic id.
"""

import hashlib
import hmac

from storage.repository import Repository
from storage.tables import WorkspaceRow


class Digests(Repository):
    def tombstone(self, person: str) -> str:
        """The digest that is left of an erased person (a Slack user id)."""
        return hmac.new(self._key(), person.encode(), hashlib.sha256).hexdigest()

    def derive(self, purpose: str, *parts: str) -> str:
        """A digest of `parts` (hex, 64 characters). The same parts give another digest for another `purpose`."""
        content = "\x1f".join((purpose, *parts))  # no Slack id has this separator, so it is never a tombstone
        return hmac.new(self._key(), content.encode(), hashlib.sha256).hexdigest()

    def _key(self) -> bytes:
        row = self._get(WorkspaceRow)
        return bytes.fromhex(row.tombstone_key if row else "")
