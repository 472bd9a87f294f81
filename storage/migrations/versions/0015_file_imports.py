"""Lists that owners send as files.

Revision: 0015, after 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_imports",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_file_imports_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_file_imports")),
    )
    op.create_index(op.f("ix_file_imports_workspace_state"), "file_imports", ["workspace", "state"])


def downgrade() -> None:
    op.drop_table("file_imports")
