"""Questions that a programme adds to its surveys.

Revision: 0056, after 0060
"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0060"
branch_labels = None
depends_on = None

_COLUMNS = ("survey_shelf", "survey_statements", "asked_statements")


def upgrade() -> None:
    with op.batch_alter_table("programmes") as table:
        for name in _COLUMNS:
            table.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("programmes") as table:
        for name in _COLUMNS:
            table.alter_column(name, existing_type=sa.JSON(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("programmes") as table:
        for name in reversed(_COLUMNS):
            table.drop_column(name)
