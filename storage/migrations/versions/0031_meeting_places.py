"""Where two partners meet.

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_places",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("partnership_id", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_meeting_places_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", name=op.f("pk_meeting_places")),
    )


def downgrade() -> None:
    op.drop_table("meeting_places")
