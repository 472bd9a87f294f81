"""What is past its time is gone from every row and every byte, what stays has no names, and others keep theirs."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Table, delete, select, update

from mentoring.retention.retention import DataKind
from storage import Storage
from storage.notifications.outbox_statements import DeliveryState
from storage.purge_rules import DELETED, OTHERWISE, STAYS, STRIPPED, After
from storage.tables import LiveViewRow, OutboxRow, ScheduledJobRow
from storage.tables.declarations import OnErasure, Retention, declaration_of
from tests.storage.filled_tables import THEM, WRITTEN, plant
from tests.storage.rows import NOON, WORKSPACE, bare, dump, every_table
from tests.storage.test_erasure import files_with

THEIRS = "row1"
"""The id of every row of theirs, and so of their partnership, round and programme."""
LATER = NOON.date() + timedelta(days=1)
TABLES = {table.name: table for table in every_table()}


def test_every_table_says_what_becomes_of_it() -> None:
    assert sorted([*DELETED, *STRIPPED, *OTHERWISE, *STAYS]) == sorted(TABLES)


@pytest.mark.parametrize("name", [*DELETED, *STRIPPED])
def test_a_rule_finds_its_rows_by_columns_that_exist(name: str) -> None:
    rule = DELETED.get(name) or STRIPPED[name]
    assert rule.column in TABLES[name].c
    assert not rule.moment or rule.moment in TABLES[name].c
    for each in rule.through:
        assert each.key in TABLES[each.table].c
        order = list(DELETED)
        assert each.table not in order[: order.index(name)] if name in DELETED else True


@pytest.mark.parametrize("table", every_table(), ids=lambda table: table.name)
def test_what_stays_names_nobody_or_says_why(table: Table) -> None:
    """A new column of what two people wrote cannot be forgotten: it is in a table whose rows go."""
    declared = [declaration_of(column) for column in table.columns]
    names_people = any(each.on_erasure is OnErasure.DELETE_ROW or each.goes_with for each in declared)
    if table.name in STRIPPED:
        assert all(each.retention in (Retention.SHARED, Retention.PROGRAMME) for each in declared)
        assert not names_people
    elif table.name in STAYS:
        assert STAYS[table.name]


@pytest.fixture
def full(address: str, storage: Storage) -> Storage:
    with storage.begin(WORKSPACE):
        pass
    with bare(address) as engine, engine.begin() as connection:
        plant(connection)
        for row, key in ((OutboxRow, OutboxRow.id), (ScheduledJobRow, ScheduledJobRow.key)):
            first = select(key).where(key == 1 if row is OutboxRow else key.like(f"{WRITTEN}%")).scalar_subquery()
            connection.execute(update(row).where(key == first).values(refs={"partnership": THEIRS}))
    with storage.begin(WORKSPACE) as tx:
        for table in reversed(every_table()):
            if table.name in STAYS:
                _delete_theirs(tx._context.connection, table)
    return storage


def _delete_theirs(connection: Connection, table: Table) -> None:
    """Delete what they wrote from a table that stays, so that the bytes of the others can be searched."""
    for row in connection.execute(select(table)).mappings().all():
        if WRITTEN in str(row):
            is_row = [column == row[column.name] for column in table.primary_key]
            connection.execute(delete(table).where(*is_row))


def purge(storage: Storage) -> None:
    with storage.begin(WORKSPACE) as tx:
        for kind in (DataKind.NOTES, DataKind.ANSWERS):
            tx.purges.delete_of_partnerships(kind, [THEIRS])
        tx.purges.delete_round(THEIRS)
        for kind in (DataKind.ANSWERS, DataKind.LOG):
            tx.purges.delete_before(kind, THEIRS, LATER)
        tx.purges.delete_drafts(LATER)


def test_nothing_they_wrote_is_left_in_a_table_whose_rows_go(address: str, full: Storage) -> None:
    before = dump(address)
    assert all(any(WRITTEN in str(row) or THEIRS in str(row) for row in before[name]) for name in DELETED)
    purge(full)
    for name, rows in dump(address).items():
        if name in DELETED:
            assert [row for row in rows if repr(THEIRS) in str(row)] == [], name
        if name in (*DELETED, *STRIPPED, *OTHERWISE):
            assert [row for row in rows if WRITTEN in str(row)] == [], name


def test_what_stays_for_the_counts_names_nobody(address: str, full: Storage) -> None:
    purge(full)
    for name in STRIPPED:
        (row,) = (row for row in dump(address)[name] if row.get("id", row.get("partnership_id")) == THEIRS)
        assert THEM not in str(row), name


def test_what_belongs_to_others_stays_as_it_was(address: str, full: Storage) -> None:
    before = {name: [row for row in rows if "'row2'" in str(row)] for name, rows in dump(address).items()}
    purge(full)
    after = dump(address)
    for name in (*DELETED, *STRIPPED):
        assert [row for row in after[name] if "'row2'" in str(row)] == before[name], name


def test_doing_it_twice_is_harmless(address: str, full: Storage) -> None:
    purge(full)
    once = dump(address)
    purge(full)
    again = dump(address)
    assert {name: again[name] for name in DELETED} == {name: once[name] for name in DELETED}


def test_no_byte_of_it_is_left_in_the_sqlite_files(full: Storage) -> None:
    if full.file is None:
        return
    assert files_with(full.file, WRITTEN)
    purge(full)
    assert full.purge_erased_bytes()
    assert files_with(full.file, WRITTEN) == []


def test_a_reader_in_the_way_is_told_of(full: Storage) -> None:
    if full.file is None:
        return
    with full.read(WORKSPACE) as tx:
        tx.programmes.count()
        purge(full)
        assert not full.purge_erased_bytes()
    assert full.purge_erased_bytes()


def test_old_messages_are_those_that_need_not_be_found_again(address: str, full: Storage) -> None:
    with bare(address) as engine, engine.begin() as connection:
        plain = {"live_view": None, "second_recipient": "", "file_id": None, "state": DeliveryState.SENT}
        connection.execute(update(OutboxRow).where(OutboxRow.id == 2).values(plain))
        connection.execute(update(OutboxRow).where(OutboxRow.id == 3).values({**plain, "file_id": "F1"}))
        connection.execute(update(OutboxRow).where(OutboxRow.id == 4).values({**plain, "state": "pending"}))
        keys = {row.id: row.key for row in connection.execute(select(OutboxRow.id, OutboxRow.key))}
    with full.begin(WORKSPACE) as tx:
        assert [row.key for row in tx.purges.old_messages(LATER)] == [keys[2]]
        assert tx.purges.old_messages(date(2026, 11, 25)) == []
        tx.purges.delete_messages([keys[2]])
    with bare(address) as engine, engine.connect() as connection:
        assert keys[2] not in connection.scalars(select(OutboxRow.key)).all()
        assert connection.scalars(select(LiveViewRow.subject).where(LiveViewRow.subject == "row2")).all()


@pytest.mark.parametrize("kind", [DataKind.NOTES, DataKind.ANSWERS])
def test_each_kind_has_rules_after_a_partnership(kind: DataKind) -> None:
    assert any((rule.kind, rule.after) == (kind, After.PARTNERSHIP) for rule in DELETED.values())
