"""The communication plan: entries that an owner touched, and who gets each.

Revision: 0045, after 0053
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("channels", sa.JSON(), nullable=False),
        sa.Column("has_buttons", sa.Boolean(), nullable=False),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("approved_by", sa.String(length=32), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_announcements_programmes"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_announcements_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_announcements")),
    )
    op.create_index(op.f("ix_announcements_workspace_programme_id"), "announcements", ["workspace", "programme_id"])
    op.create_table(
        "announcement_recipients",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("announcement_id", sa.String(length=32), nullable=False),
        sa.Column("recipient", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("is_limited", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "announcement_id"],
            ["announcements.workspace", "announcements.id"],
            name=op.f("fk_announcement_recipients_announcements"),
        ),
        sa.PrimaryKeyConstraint("workspace", "announcement_id", "recipient", name=op.f("pk_announcement_recipients")),
    )
    op.create_index(
        op.f("ix_announcement_recipients_workspace_recipient"), "announcement_recipients", ["workspace", "recipient"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_announcement_recipients_workspace_recipient"), table_name="announcement_recipients")
    op.drop_table("announcement_recipients")
    op.drop_index(op.f("ix_announcements_workspace_programme_id"), table_name="announcements")
    op.drop_table("announcements")
