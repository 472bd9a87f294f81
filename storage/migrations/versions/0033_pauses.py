"""Pauses of one partnership, for which one of the two asks, and after how many weeks of one the owners are asked.

Revision: 0033, after 0036
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0036"
branch_labels = None
depends_on = None

_NEVER_EMPTY: tuple[tuple[str, Any, str], ...] = (
    ("paused_by", sa.String(32), ""),
    ("pause_confirmed", sa.JSON(), "[]"),
    ("pause_moves_end", sa.JSON(), "[]"),
    ("paused_days", sa.Integer(), "0"),
)


def upgrade() -> None:
    with op.batch_alter_table("partnerships") as table:
        table.add_column(sa.Column("paused_since", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        table.add_column(sa.Column("resumed_on", sa.Date(), nullable=True))
        for name, kind, default in _NEVER_EMPTY:
            table.add_column(sa.Column(name, kind, nullable=False, server_default=default))
    with op.batch_alter_table("partnerships") as table:
        for name, kind, _ in _NEVER_EMPTY:
            table.alter_column(name, existing_type=kind, server_default=None)
    with op.batch_alter_table("programmes") as table:
        table.add_column(sa.Column("pause_weeks", sa.Integer(), nullable=False, server_default="12"))
    with op.batch_alter_table("programmes") as table:
        table.alter_column("pause_weeks", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    """The older version knows no pause of one partnership: it carries on."""
    with op.batch_alter_table("programmes") as table:
        table.drop_column("pause_weeks")
    with op.batch_alter_table("partnerships") as table:
        for name in ("paused_since", "paused_until", "resumed_on", *(each[0] for each in _NEVER_EMPTY)):
            table.drop_column(name)
