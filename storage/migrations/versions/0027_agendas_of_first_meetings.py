"""The agendas of first meetings: which steps were ticked, left out or added; and the guides of a programme. There are
none of either before.

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


_GUIDES = ("first_guide", "meeting_guide", "last_guide")


def upgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        for name in _GUIDES:
            batch_op.add_column(sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        for name in _GUIDES:
            batch_op.alter_column(name, existing_type=sa.JSON(), server_default=None)
    op.create_table(
        "agenda_steps",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
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
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        for name in _GUIDES:
            batch_op.drop_column(name)
