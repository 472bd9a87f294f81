"""Regular times of two partners, and the planned meetings that belong to one.

Revision: 0037, after 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regular_times",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("partnership_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("offered_by", sa.String(32), nullable=False),
        sa.Column("ended_by", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_regular_times_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_regular_times")),
    )
    op.create_index(
        op.f("ix_regular_times_workspace_partnership_id_state"),
        "regular_times",
        ["workspace", "partnership_id", "state"],
        unique=False,
    )
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("regular_id", sa.String(32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("regular_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.alter_column("regular_id", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.drop_column("regular_at")
        batch_op.drop_column("regular_id")
    op.drop_index(op.f("ix_regular_times_workspace_partnership_id_state"), table_name="regular_times")
    op.drop_table("regular_times")
