"""Names to sort and search people by, the agreed end of each partnership, and the record of what owners do.

Revision: 0016, after 0015
"""

import unicodedata
from calendar import monthrange
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MOST_SORTED = 200


def upgrade() -> None:
    connection = op.get_bind()
    _add("people", "sort_name", sa.Text(), sa.text("''"))
    for row in connection.execute(sa.text("SELECT workspace, id, display_name FROM people")).mappings().all():
        connection.execute(
            sa.text("UPDATE people SET sort_name = :name WHERE workspace = :workspace AND id = :id"),
            {"name": _sort_name(row["display_name"]), "workspace": row["workspace"], "id": row["id"]},
        )
    _index("people", "workspace", "sort_name", "id")
    _add("partnerships", "ends_on", sa.Date(), sa.text("'1970-01-01'"))
    ends_on = sa.bindparam("ends_on", type_=sa.Date())
    for row in (
        connection.execute(sa.text("SELECT workspace, id, introduced_at, months, agreed_end FROM partnerships"))
        .mappings()
        .all()
    ):
        connection.execute(
            sa.text("UPDATE partnerships SET ends_on = :ends_on WHERE workspace = :workspace AND id = :id").bindparams(
                ends_on
            ),
            {
                "ends_on": _agreed(row["agreed_end"]) or _end(_day(row["introduced_at"]), row["months"]),
                "workspace": row["workspace"],
                "id": row["id"],
            },
        )
    _index("partnerships", "workspace", "introduced_at", "id")
    op.create_table(
        "owner_record",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"],
            ["cohorts.workspace", "cohorts.id"],
            name=op.f("fk_owner_record_cohorts"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_owner_record")),
    )
    _index("owner_record", "workspace", "cohort_id", "at")


def downgrade() -> None:
    op.drop_table("owner_record")
    for table, column, index in (
        ("partnerships", "ends_on", "ix_partnerships_workspace_introduced_at_id"),
        ("people", "sort_name", "ix_people_workspace_sort_name_id"),
    ):
        op.drop_index(index, table_name=table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)


def _sort_name(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())[:_MOST_SORTED].strip()


def _day(introduced_at: Any) -> date:
    """The day in UTC: SQLite gives the text of a moment in UTC, PostgreSQL the moment itself."""
    if isinstance(introduced_at, datetime):
        return introduced_at.astimezone(UTC).date()
    return date.fromisoformat(str(introduced_at)[:10])


def _agreed(end: Any) -> date | None:
    """The agreed end of a partnership that was imported; SQLite gives it as text."""
    return date.fromisoformat(end) if isinstance(end, str) else end


def _end(started_on: date, months: int) -> date:
    year, month = divmod(started_on.year * 12 + started_on.month - 1 + months, 12)
    return date(year, month + 1, min(started_on.day, monthrange(year, month + 1)[1]))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=False)


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], value: Any) -> None:
    """Add a column that is not nullable; existing rows get this value."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=value))
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column(name, existing_type=kind, server_default=None)
