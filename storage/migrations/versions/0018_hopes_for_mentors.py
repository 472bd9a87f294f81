"""Whether the mentor who is asked reads what a mentee hopes for.

Applications that were sent before said that only owners read it, and keep that until their authors agree.

Revision: 0018, after 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_TABLE, _COLUMN = "application_private_answers", "hopes_shared"


def upgrade() -> None:
    with op.batch_alter_table(_TABLE, schema=None) as batch_op:
        batch_op.add_column(sa.Column(_COLUMN, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table(_TABLE, schema=None) as batch_op:
        batch_op.alter_column(_COLUMN, existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table(_TABLE, schema=None) as batch_op:
        batch_op.drop_column(_COLUMN)
