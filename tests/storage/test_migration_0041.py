"""After the upgrade a workspace is as it was, and what its Slack refuses can be kept."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from storage import Storage
from storage.engine import upgrade
from storage.workspaces import PLAIN_FOR, AccessLost
from tests.storage.rows import WORKSPACE, bare

AT = datetime(2027, 3, 2, 15, tzinfo=UTC)
BEFORE = (
    "INSERT INTO workspaces (workspace, tombstone_key, stopped_at, stopped_why) "
    "VALUES (:workspace, 'abcd', :at, 'token_revoked')"
)


def test_what_slack_refuses_is_kept_for_some_time(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine, "0038")
        with engine.begin() as connection:
            connection.execute(text(BEFORE), {"workspace": WORKSPACE, "at": AT})
        upgrade(engine)
    storage = Storage(empty_address)
    with storage.begin(WORKSPACE) as tx:
        assert not tx.access.is_plain(AT)
        tx.access.refuse_newer_blocks(AT)
    with storage.read(WORKSPACE) as tx:
        assert tx.access.is_plain(AT + PLAIN_FOR - timedelta(seconds=1))
        assert not tx.access.is_plain(AT + PLAIN_FOR)
        assert tx.access.access_lost() == AccessLost(AT, "token_revoked")
    storage.close()
