"""The page that sponsors get each month: what owners say on it, and who does not get it.

Revision: 0047, after 0044
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0044"
branch_labels = None
depends_on = None

_AT_ONCE = datetime(2026, 1, 1, tzinfo=UTC)
"""The job then finds the first working day of a month by itself."""
_ROLES = sa.table("roles", *map(sa.column, ("workspace", "programme_id", "role", "person")))
_JOBS = sa.table(
    "scheduled_jobs",
    *map(sa.column, ("workspace", "key", "kind", "person")),
    sa.column("due", sa.DateTime(timezone=True)),
    sa.column("refs", sa.JSON),
    sa.column("done", sa.Boolean),
)


def upgrade() -> None:
    op.create_table(
        "sponsor_sentences",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("programme_id", sa.String(32), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_sponsor_sentences_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "programme_id", "month", name=op.f("pk_sponsor_sentences")),
    )
    op.create_table(
        "sponsor_page_stops",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("programme_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_sponsor_page_stops_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "programme_id", "person", name=op.f("pk_sponsor_page_stops")),
    )
    connection = op.get_bind()
    sponsors = connection.execute(sa.select(_ROLES).where(_ROLES.c.role == "sponsor")).all()
    if sponsors:
        op.bulk_insert(_JOBS, [_job(each) for each in sponsors])


def _job(sponsor: "sa.Row[tuple[str, str, str, str]]") -> dict[str, object]:
    return {
        "workspace": sponsor.workspace,
        "key": f"sponsor-page:{sponsor.programme_id}:{sponsor.person}",
        "kind": "sponsor-page",
        "person": sponsor.person,
        "due": _AT_ONCE,
        "refs": {"programme": sponsor.programme_id},
        "done": False,
    }


def downgrade() -> None:
    for table in ("outbox", "scheduled_jobs"):
        op.execute(sa.text(f"DELETE FROM {table} WHERE kind = 'sponsor-page'"))  # noqa: S608 - the names are ours
    op.drop_table("sponsor_page_stops")
    op.drop_table("sponsor_sentences")
