"""What is still to be removed from Slack after an erasure.

Revision: 0053, after 0047
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "slack_removals",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("message_ts", sa.String(length=32), nullable=False),
        sa.Column("before_ts", sa.String(length=32), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "kind", "conversation", "file_id", name=op.f("pk_slack_removals")),
    )
    op.create_index(op.f("ix_slack_removals_workspace_retry_at"), "slack_removals", ["workspace", "retry_at"])


def downgrade() -> None:
    op.drop_table("slack_removals")
