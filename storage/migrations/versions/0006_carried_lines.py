"""Carried notifications that travel with another message.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("carried_by", sa.String(length=32), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE outbox SET state = 'dropped' WHERE state = 'carried'")
    op.drop_column("outbox", "carried_by")
