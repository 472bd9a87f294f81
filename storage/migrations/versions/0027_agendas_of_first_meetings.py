"""The agendas of first meetings: which steps were ticked, left out or added. Nobody has one before.

Revision: 0027, after 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_steps",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_agenda_steps_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "step", name=op.f("pk_agenda_steps")),
    )


def downgrade() -> None:
    op.drop_table("agenda_steps")
