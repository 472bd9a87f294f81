"""The places to which a programme refers people. There are none before.

Revision: 0036, after 0037
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("referrals", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.alter_column("referrals", existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_column("referrals")
