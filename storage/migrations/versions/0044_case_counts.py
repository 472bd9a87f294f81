"""How many cases of help in confidence were opened in each calendar year, counted once.

Revision: 0044, after 0043
"""

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    counts = op.create_table(
        "case_counts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_case_counts_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "programme_id", "year", name=op.f("pk_case_counts")),
    )
    columns: tuple[Any, ...] = (
        sa.column("workspace"),
        sa.column("programme_id"),
        sa.column("opened_at", sa.DateTime(timezone=True)),
    )
    found = op.get_bind().execute(sa.select(*columns).select_from(sa.table("cases", *columns)))
    by_year = Counter((workspace, programme_id, _year(opened_at)) for workspace, programme_id, opened_at in found)
    if by_year:
        names = ("workspace", "programme_id", "year", "opened")
        op.bulk_insert(counts, [dict(zip(names, (*key, many), strict=True)) for key, many in by_year.items()])


def _year(moment: datetime) -> int:
    """In UTC, in which SQLite has it without a time zone."""
    return (moment.astimezone(UTC) if moment.tzinfo else moment).year


def downgrade() -> None:
    op.drop_table("case_counts")
