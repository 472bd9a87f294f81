"""Partnerships that ran before they were brought in: an agreed end that is a date, and the meetings until then.

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        for name in ("agreed_end", "entered_on", "last_met_before"):
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("met_before", sa.Integer(), nullable=False, server_default=sa.text("0")))
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.alter_column("met_before", existing_type=sa.Integer(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        for name in ("met_before", "last_met_before", "entered_on", "agreed_end"):
            batch_op.drop_column(name)
