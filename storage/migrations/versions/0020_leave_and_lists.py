"""People on leave, until the day on which they are back; and lists of which the owner has not said yet for which
programme they are.

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("leave_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("leave_until", sa.Date(), nullable=True))
    with op.batch_alter_table("file_imports", schema=None) as batch_op:
        batch_op.alter_column("programme_id", existing_type=sa.String(32), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM file_imports WHERE programme_id IS NULL")
    with op.batch_alter_table("file_imports", schema=None) as batch_op:
        batch_op.alter_column("programme_id", existing_type=sa.String(32), nullable=False)
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_column("leave_until")
        batch_op.drop_column("leave_since")
