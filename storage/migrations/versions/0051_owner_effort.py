"""How often owners press something, by programme and month.

Revision: 0051, after 0048
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "owner_effort",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("presses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_owner_effort_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "programme_id", "owner", "month", name=op.f("pk_owner_effort")),
    )


def downgrade() -> None:
    op.drop_table("owner_effort")
