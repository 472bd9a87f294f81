"""For how many months each kind of data is kept, and what is announced to be deleted.

Revision: 0058, after 0054
"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0054"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("keep_notes", sa.text("12")),
    ("keep_answers", sa.text("12")),
    ("keep_applications", sa.text("24")),
    ("keep_log", sa.text("24")),
)


def upgrade() -> None:
    with op.batch_alter_table("programmes") as table:
        for name, value in _COLUMNS:
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default=value))
    with op.batch_alter_table("programmes") as table:
        for name, _ in _COLUMNS:
            table.alter_column(name, existing_type=sa.Integer(), server_default=None)
    op.create_table(
        "deletion_notices",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("deleted_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_deletion_notices_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "kind", name=op.f("pk_deletion_notices")),
    )


def downgrade() -> None:
    op.drop_table("deletion_notices")
    with op.batch_alter_table("programmes") as table:
        for name, _ in reversed(_COLUMNS):
            table.drop_column(name)
