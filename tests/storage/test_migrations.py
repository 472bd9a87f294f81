"""The schema: from nothing to the newest, whole or not at all, and exactly what the tables say."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from storage import Storage, tables
from storage.engine import _config, head, upgrade
from storage.notifications.outbox_statements import IMMEDIATELY
from tests.storage.rows import bare, dump, grounded


def names(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_a_new_database_is_brought_from_nothing_to_the_newest(
    empty_address: str, opened: Callable[[str], Storage]
) -> None:
    storage = opened(empty_address)
    assert storage.revisions() == (None, head())
    storage.migrate()
    assert storage.revisions() == (head(), head())


def test_the_newest_schema_is_what_the_tables_say(address: str) -> None:
    with bare(address) as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.Table.metadata) == []


def test_migrating_again_keeps_every_row(address: str, storage: Storage) -> None:
    with grounded(storage):
        pass
    before = dump(address)
    storage.migrate()
    assert dump(address) == before


def test_every_revision_can_be_taken_back_and_done_again(empty_address: str) -> None:
    with bare(empty_address) as engine:
        upgrade(engine)
        newest = names(engine)
        config = _config()
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "base")
        assert names(engine) == set()
        upgrade(engine)
        assert names(engine) == newest == {table.name for table in tables.Table.metadata.sorted_tables}


def test_a_migration_that_fails_leaves_the_old_schema_whole(
    empty_address: str, opened: Callable[[str], Storage], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = command.upgrade

    def stumble(*args: object) -> None:
        done(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "upgrade", stumble)
    storage = opened(empty_address)
    with pytest.raises(KeyboardInterrupt):
        storage.migrate()
    with bare(empty_address) as engine:
        assert names(engine) == set()
    monkeypatch.undo()
    storage.migrate()
    assert storage.revisions()[0] == head()


def test_two_processes_that_start_at_once_migrate_one_after_the_other(empty_address: str) -> None:
    program = f"from storage import Storage; s = Storage({empty_address!r}); s.migrate(); s.close()"
    both = [subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for process in both:
        _, complaint = process.communicate(timeout=30)
        assert (process.returncode, complaint) == (0, "")
    with bare(empty_address) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1


def test_what_was_owed_and_set_up_before_is_there_after_the_upgrade(empty_address: str) -> None:
    owed = (
        "INSERT INTO outbox (workspace, key, kind, person, also, about, state, asked, due, fence, attempts, opaque) "
        "VALUES ('T1', :key, 'help', 'U1', '', '{}', 'pending', false, :due, 0, 0, 'o')"
    )
    programme = (
        "INSERT INTO programmes (workspace, id, name, purpose, topics, departments, grades, contact, expectations_url, "
        "country, work_starts, work_ends, least_months, most_months, service_months, admits, terms, ask_first, version,"
        " changed_by) VALUES ('T1', 'p1', 'Ours', '', '[]', '[]', '[]', '', '', '', '09:00:00', '17:00:00', 6, 12, 12, "
        '\'[]\', \'["a", "b", "c", "d", "e", "f"]\', true, 1, \'\')'
    )
    with bare(empty_address) as engine:
        upgrade(engine, "0002")
        with engine.begin() as connection:
            connection.execute(text(owed), {"key": "at-once", "due": None})
            connection.execute(text(owed), {"key": "later", "due": "2027-03-01 09:00:00+00:00"})
            connection.execute(text(programme))
        upgrade(engine)
        with Session(engine) as session:
            outbox = {row.key: row.due for row in session.scalars(select(tables.OutboxRow))}
            kept = session.scalars(select(tables.ProgrammeRow)).one()
    assert outbox == {"at-once": IMMEDIATELY, "later": datetime(2027, 3, 1, 9, tzinfo=UTC)}
    assert (kept.name, kept.working_days, kept.closed_days) == ("Ours", [0, 1, 2, 3, 4], ())
