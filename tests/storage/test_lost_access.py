"""Whether Slack lets us in: kept, and as it was first known."""

from datetime import UTC, datetime

from storage import Storage
from storage.workspaces import AccessLost
from tests.storage.rows import WORKSPACE

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2027, 3, 2, 12, tzinfo=UTC)


def test_a_workspace_that_was_never_stopped_is_open(storage: Storage) -> None:
    with storage.begin(WORKSPACE) as tx:
        assert tx.access.access_lost() is None


def test_why_and_since_when_it_is_stopped_stays_as_first_known_until_it_goes_on(storage: Storage) -> None:
    with storage.begin(WORKSPACE) as tx:
        tx.access.revoke_access("app_uninstalled", NOON)
    with storage.begin(WORKSPACE) as tx:
        tx.access.revoke_access("token_revoked", LATER)
    with storage.read(WORKSPACE) as tx:
        assert tx.access.access_lost() == AccessLost(NOON, "app_uninstalled")
    with storage.begin(WORKSPACE) as tx:
        tx.access.restore_access()
    with storage.read(WORKSPACE) as tx:
        assert tx.access.access_lost() is None


def test_that_the_app_was_removed_is_known_also_where_its_tokens_were_told_of_first(storage: Storage) -> None:
    with storage.begin(WORKSPACE) as tx:
        tx.access.revoke_access("tokens_revoked", NOON)
        tx.access.revoke_access("app_uninstalled", LATER)
    with storage.read(WORKSPACE) as tx:
        assert tx.access.access_lost() == AccessLost(NOON, "app_uninstalled")
