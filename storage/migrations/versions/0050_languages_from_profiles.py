"""Languages that a person's profile in Slack names, and a place for the field that says them.

Revision: 0050, after 0051
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0051"
branch_labels = None
depends_on = None

_COLUMNS: tuple[Any, ...] = (
    sa.column("workspace"),
    sa.column("fact"),
    sa.column("field"),
    sa.column("mapped_by"),
    sa.column("mapped_at"),
    sa.column("version"),
)
_FIELDS = sa.table("profile_fields", *_COLUMNS)


def upgrade() -> None:
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("languages", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("staff") as table:
        table.alter_column("languages", existing_type=sa.Text(), server_default=None)
    workspace, fact, _, mapped_by, mapped_at, version = _COLUMNS
    mapped = sa.select(workspace, sa.literal("languages"), sa.literal(""), mapped_by, mapped_at, version)
    op.execute(
        sa.insert(_FIELDS).from_select(
            [each.name for each in _COLUMNS], mapped.select_from(_FIELDS).where(fact == "department")
        )
    )


def downgrade() -> None:
    op.execute(sa.delete(_FIELDS).where(_FIELDS.c.fact == "languages"))
    with op.batch_alter_table("staff") as table:
        table.drop_column("languages")
