"""Planned meetings, and the file that a notification brings.

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "planned_meetings",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("partnership_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("offered_minutes", sa.Integer(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("offered_by", sa.String(32), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("mentee_answer", sa.String(16), nullable=False),
        sa.Column("mentor_answer", sa.String(16), nullable=False),
        sa.Column("is_disputed", sa.Boolean(), nullable=False),
        sa.Column("cancelled_by", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_planned_meetings_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_planned_meetings")),
    )
    op.create_index(
        op.f("ix_planned_meetings_workspace_partnership_id_state"),
        "planned_meetings",
        ["workspace", "partnership_id", "state"],
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.String(32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("file_id")
    op.drop_table("planned_meetings")
