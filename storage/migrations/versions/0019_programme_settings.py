"""More settings of a programme, from objectives to when people are introduced, and the steps of the set-up.

The lengths are those that could be chosen so far. Objectives and roles are empty, and everything else has the values
that were fixed.

Revision: 0019, after 0018
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_LISTS = ("objectives", "mentee_responsibilities", "mentor_responsibilities")
_USUAL = (("first_month_meetings", 2), ("monthly_meetings", 1), ("most_places", 3), ("approvals", 2))


def upgrade() -> None:
    _add("programmes", "lengths", sa.JSON(), sa.text("'[]'"))
    for name, value in _USUAL:
        _add("programmes", name, sa.Integer(), sa.text(str(value)))
    for name in _LISTS:
        _add("programmes", name, sa.JSON(), sa.text("'[]'"))
    _add("programmes", "definition", sa.Text(), sa.text("''"))
    for name in ("introduces_at_start", "is_pilot"):
        _add("programmes", name, sa.Boolean(), sa.false())
    for table in ("applications", "partnerships"):
        _add(table, "weeks", sa.Integer(), sa.text("0"))
    op.create_table(
        "setup_steps",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("done_by", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "programme_id", "cohort_id", "name", name=op.f("pk_setup_steps")),
    )
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT workspace, id, least_months, most_months FROM programmes"))
    for workspace, id_, least, most in rows.all():
        lengths = json.dumps([str(months) for months in range(least, most + 1)])
        connection.execute(
            sa.text("UPDATE programmes SET lengths = :lengths WHERE workspace = :workspace AND id = :id"),
            {"lengths": lengths, "workspace": workspace, "id": id_},
        )
    _drop("programmes", "least_months", "most_months")


def downgrade() -> None:
    """Lengths in weeks become months, rounded up."""
    op.drop_table("setup_steps")
    connection = op.get_bind()
    _add("programmes", "least_months", sa.Integer(), sa.text("6"))
    _add("programmes", "most_months", sa.Integer(), sa.text("12"))
    for workspace, id_, stored in connection.execute(sa.text("SELECT workspace, id, lengths FROM programmes")).all():
        lengths = json.loads(stored) if isinstance(stored, str) else stored
        months = sorted(_in_months(code) for code in lengths) or [6, 12]
        connection.execute(
            sa.text(
                "UPDATE programmes SET least_months = :least, most_months = :most "
                "WHERE workspace = :workspace AND id = :id"
            ),
            {"least": months[0], "most": months[-1], "workspace": workspace, "id": id_},
        )
    for table in ("applications", "partnerships"):
        op.execute(sa.text(f"UPDATE {table} SET months = (weeks + 3) / 4 WHERE weeks > 0"))  # noqa: S608 - constants
        _drop(table, "weeks")
    _drop("programmes", "lengths", "introduces_at_start", "is_pilot", "definition", *_LISTS, *(n for n, _ in _USUAL))


def _in_months(code: str) -> int:
    return -(-int(code.removesuffix("w")) // 4) if code.endswith("w") else int(code)


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], value: Any) -> None:
    """Add a column that is not nullable; existing rows get this value."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=value))
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column(name, existing_type=kind, server_default=None)


def _drop(table: str, *names: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in names:
            batch_op.drop_column(name)
