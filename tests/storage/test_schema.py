"""What holds for every table, today's and tomorrow's."""

import pytest
from sqlalchemy import DateTime, Table

from storage.tables.base import Instant
from tests.storage.rows import every_table

EACH = pytest.mark.parametrize("table", every_table(), ids=lambda table: table.name)


@EACH
def test_every_row_says_which_workspace_it_belongs_to(table: Table) -> None:
    assert not table.c.workspace.nullable


@EACH
def test_no_table_can_be_reached_across_workspaces(table: Table) -> None:
    for key in table.foreign_key_constraints:
        assert "workspace" in key.column_keys
        assert {element.column.name for element in key.elements} >= {"workspace"}
    for index in table.indexes:
        assert next(iter(index.columns)).name == "workspace"


@EACH
def test_no_column_takes_a_value_from_the_database(table: Table) -> None:
    for column in table.columns:
        assert column.server_default is None
        assert column.server_onupdate is None
        assert column.default is None
        assert column.onupdate is None


@EACH
def test_every_moment_has_its_time_zone(table: Table) -> None:
    for column in table.columns:
        if isinstance(column.type, DateTime):
            pytest.fail(f"{column} is a bare DateTime; Instant refuses naive moments")
        if isinstance(column.type, Instant):
            assert column.type.impl_instance.timezone  # type: ignore[attr-defined]
