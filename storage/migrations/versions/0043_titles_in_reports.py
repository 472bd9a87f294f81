"""Add to progress reports which partners want action items named. Existing reports start with none.

Revision: 0043, after 0040
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0040"
branch_labels = None
depends_on = None

_COLUMNS = ("mentee_shows_titles", "mentor_shows_titles")


def upgrade() -> None:
    with op.batch_alter_table("report_words", schema=None) as batch_op:
        for name in _COLUMNS:
            batch_op.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("report_words", schema=None) as batch_op:
        for name in _COLUMNS:
            batch_op.alter_column(name, existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("report_words", schema=None) as batch_op:
        for name in _COLUMNS:
            batch_op.drop_column(name)
