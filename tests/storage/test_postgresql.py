"""A database that a test has used is the next one's, as empty as a new one."""

from typing import Any

import psycopg
import pytest

from tests.storage import postgresql
from tests.storage.rows import dump


def _holds(address: str) -> dict[str, Any]:
    return {table: rows for table, rows in dump(address).items() if table != "alembic_version"}


def test_no_row_is_left_and_numbers_begin_again(postgres: postgresql.Server) -> None:
    numbers = []
    for _ in range(2):
        with postgres.database(migrated=True) as address, psycopg.connect(address, autocommit=True) as left_open:
            assert not any(_holds(address).values())
            left_open.execute("INSERT INTO workspaces (workspace, tombstone_key) VALUES ('T1', 'k')")
            numbers.append(left_open.execute("SELECT nextval(seqrelid::regclass) FROM pg_sequence").fetchall())
            used = address
    assert numbers[0] == numbers[1]
    assert len(numbers[0])
    with postgres.database(migrated=True) as address:
        assert address == used


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE people ADD COLUMN more text",
        "DROP TABLE meetings CASCADE",
        "CREATE TABLE more (id text)",
        "UPDATE alembic_version SET version_num = '9999'",
        "DO $$BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET work_mem = 64000'; END$$",
    ],
)
def test_a_changed_schema_is_dropped(postgres: postgresql.Server, change: str) -> None:
    with postgres.database(migrated=True) as used, psycopg.connect(used) as connection:
        connection.execute(change.encode())
    with postgres.database(migrated=True) as address:
        assert address != used
