"""What agreements say about goals and progress reports, and who proposed a planned meeting.

Existing agreements name no goals and leave reports as they were: half-way and at the end. Who proposed an existing
meeting is known while times are offered for the first time.

Revision: 0030, after 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agreement_terms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("goals", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("reports", sa.String(length=16), nullable=False, server_default=""))
    with op.batch_alter_table("agreement_terms", schema=None) as batch_op:
        batch_op.alter_column("goals", existing_type=sa.JSON(), server_default=None)
        batch_op.alter_column("reports", existing_type=sa.String(length=16), server_default=None)
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proposed_by", sa.String(length=32), nullable=False, server_default=""))
    op.execute("UPDATE planned_meetings SET proposed_by = offered_by WHERE state = 'offered'")
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.alter_column("proposed_by", existing_type=sa.String(length=32), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("planned_meetings", schema=None) as batch_op:
        batch_op.drop_column("proposed_by")
    with op.batch_alter_table("agreement_terms", schema=None) as batch_op:
        batch_op.drop_column("reports")
        batch_op.drop_column("goals")
