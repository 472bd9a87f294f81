"""The moment until which an offer can be answered, if the owners have extended it.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("matches", sa.Column("answer_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM decisions WHERE verdict IN ('extended', 'recalled', 'asked-again')"))
    op.execute(sa.text("UPDATE matches SET state = 'overtaken' WHERE state = 'recalled'"))
    op.drop_column("matches", "answer_until")
