"""Which custom fields of Slack profiles say department, manager and start date; and which values of staff records are
from there.

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "profile_fields",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("fact", sa.String(16), nullable=False),
        sa.Column("field", sa.String(32), nullable=False),
        sa.Column("mapped_by", sa.String(32), nullable=False),
        sa.Column("mapped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "fact", name=op.f("pk_profile_fields")),
    )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(sa.Column("from_profile", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.alter_column("from_profile", existing_type=sa.JSON(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("from_profile")
    op.drop_table("profile_fields")
