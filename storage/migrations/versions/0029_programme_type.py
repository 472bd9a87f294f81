"""The type of each programme. Existing programmes are of the type "mentoring".

Revision: 0029, after 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("type", sa.String(length=16), nullable=False, server_default="mentoring"))
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.alter_column("type", existing_type=sa.String(length=16), server_default=None)


def downgrade() -> None:
    """The older version knows no facilitators."""
    op.execute("DELETE FROM roles WHERE role = 'facilitator'")
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_column("type")
