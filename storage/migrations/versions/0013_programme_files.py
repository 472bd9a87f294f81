"""The file that a programme was last imported from, so that its comments come back when it is exported.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_files",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name="fk_programme_files_programmes",
        ),
        sa.PrimaryKeyConstraint("workspace", "programme_id", name="pk_programme_files"),
    )


def downgrade() -> None:
    op.drop_table("programme_files")
