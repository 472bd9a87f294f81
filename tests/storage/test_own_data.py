"""The file of a person's own data: every column is in it or left out by name, and it has nobody else's words."""

from typing import Any

import pytest
from sqlalchemy import Column

from mentoring.own_data.records import Category
from storage import Storage
from storage.own_data import kept
from storage.own_data_columns import INTERNAL, LEFT_OUT, OWN_TABLES
from storage.tables import Table
from storage.tables.declarations import Reader, declaration_of
from tests.storage.filled_tables import THEM, WRITTEN, plant
from tests.storage.rows import WORKSPACE, bare, every_table

SHOWN = {(own.name, name) for own in OWN_TABLES for name in (*own.columns, *own.flags)}
EACH = pytest.mark.parametrize("table", every_table(), ids=lambda table: table.name)


@EACH
def test_every_column_is_in_the_file_or_left_out(table: Any) -> None:
    left_out = set(LEFT_OUT.get(table.name, "").split())
    for column in table.columns:
        is_shown = (table.name, column.name) in SHOWN
        is_left = column.name in left_out or column.name in INTERNAL
        assert is_shown is not is_left, f"{column}: choose in storage/own_data_columns.py"
    assert left_out <= set(table.columns.keys())


def test_nothing_is_left_out_of_a_table_that_is_not_there() -> None:
    assert set(LEFT_OUT) <= set(Table.metadata.tables)


FOR_ITS_ROWS = {"id", "partnership_id", "application_id", "meeting_id", "goal_id", "case_id", "remark_id", "report_id"}
FOR_ITS_ROWS |= {"cohort_id", "number", "session_id"}
"""Ids that tell which record belongs to which."""


@pytest.mark.parametrize("shown", sorted(SHOWN), ids=".".join)
def test_no_column_is_shown_that_no_one_may_read(shown: tuple[str, str]) -> None:
    table, name = shown
    column: Column[Any] = Table.metadata.tables[table].c[name]
    assert declaration_of(column).reader is not Reader.NOBODY or name in FOR_ITS_ROWS


NEVER = {"decisions", "exclusions", "exemptions", "proposal_runs", "feedback_words", "remark_group_words"}


def test_what_is_decided_about_a_person_is_never_shown() -> None:
    assert not {table for table, _ in SHOWN} & NEVER
    assert {name for table, name in SHOWN if table == "staff"} == {"languages"}, "from their own profile"
    assert not {("matches", name) for name in ("score", "reasons", "state", "approvals", "excepted")} & SHOWN


def test_nobody_reads_what_others_wrote(address: str, storage: Storage) -> None:
    """Every table holds rows of theirs, of others, and of others that name them."""
    with storage.begin(WORKSPACE):
        pass
    with bare(address) as engine, engine.begin() as connection:
        plant(connection)
    with storage.read(WORKSPACE) as tx:
        theirs = tx.own_records.read_by(THEM)
        others = tx.own_records.read_by("U0others2")
        stranger = tx.own_records.read_by("U0STRANGER")
    assert WRITTEN in str(theirs)
    assert {record.category for record in theirs} == set(Category) - {Category.LOOKS, Category.MESSAGES}
    assert others
    assert WRITTEN not in str(others), "what they wrote is in nobody else's file"
    assert THEM not in str(others)
    assert "others 2" not in str(theirs)
    assert stranger == ()


def test_every_category_says_who_reads_it_and_how_long() -> None:
    for category in Category:
        assert kept(category).readers, category
        assert kept(category).retentions, category
