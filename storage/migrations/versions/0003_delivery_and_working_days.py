"""Delivery times and reports, working days, deactivated accounts, and whether Slack grants access.

Revision: 0003, after 0002
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OUTBOX = sa.table("outbox", sa.column("due", sa.DateTime(timezone=True)))


def upgrade() -> None:
    op.execute(_OUTBOX.update().where(_OUTBOX.c.due.is_(None)).values(due=_EPOCH))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_workspace_state_due"))
        batch_op.alter_column("due", existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.add_column(sa.Column("owed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told_in", sa.String(length=32), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_outbox_workspace_state_asked_due_id"),
            ["workspace", "state", "asked", "due", "id"],
            unique=False,
        )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_people_workspace_known_at"), ["workspace", "known_at"], unique=False)
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matches_workspace_mentee"), ["workspace", "mentee"], unique=False)
        batch_op.create_index(batch_op.f("ix_matches_workspace_mentor"), ["workspace", "mentor"], unique=False)
    with op.batch_alter_table("workspaces", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("stopped_why", sa.String(length=64), nullable=True))
    _with_values("programmes", working_days="[0, 1, 2, 3, 4]", closed_days="[]")


def downgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_column("closed_days")
        batch_op.drop_column("working_days")
    with op.batch_alter_table("workspaces", schema=None) as batch_op:
        batch_op.drop_column("stopped_why")
        batch_op.drop_column("stopped_at")
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matches_workspace_mentor"))
        batch_op.drop_index(batch_op.f("ix_matches_workspace_mentee"))
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_workspace_known_at"))
        batch_op.drop_column("left_at")
    op.execute(sa.text("UPDATE outbox SET state = 'pending' WHERE state IN ('unknown', 'undecided')"))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_workspace_state_asked_due_id"))
        batch_op.drop_column("told_in")
        batch_op.drop_column("tried_at")
        batch_op.drop_column("owed_at")
        batch_op.alter_column("due", existing_type=sa.DateTime(timezone=True), nullable=True)
        batch_op.create_index(batch_op.f("ix_outbox_workspace_state_due"), ["workspace", "state", "due"], unique=False)
    op.execute(_OUTBOX.update().where(_OUTBOX.c.due == _EPOCH).values(due=None))


def _with_values(table: str, **values: str) -> None:
    """Add JSON columns that are not nullable; existing rows get these values."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, value in values.items():
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text(f"'{value}'")))
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in values:
            batch_op.alter_column(name, existing_type=sa.JSON(), server_default=None)
