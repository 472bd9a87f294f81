"""Two people change the end of their partnership together. Those of active ones are asked before it comes.

Revision: 0034, after 0033
"""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_PARTNERSHIPS = sa.table(
    "partnerships",
    *map(sa.column, ("workspace", "id", "mentee", "mentor", "state")),
    sa.column("introduced_at", sa.DateTime(timezone=True)),
    sa.column("ends_on", sa.Date),
)
_JOBS = sa.table(
    "scheduled_jobs",
    *map(sa.column, ("workspace", "key", "kind", "person")),
    sa.column("due", sa.DateTime(timezone=True)),
    sa.column("refs", sa.JSON),
    sa.column("done", sa.Boolean),
)


def upgrade() -> None:
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("completed_on", sa.Date(), nullable=True))
    op.create_table(
        "end_proposals",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("partnership_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(32), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("end_before", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_end_proposals_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", name=op.f("pk_end_proposals")),
    )
    op.create_table(
        "ends_kept",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("partnership_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_ends_kept_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "person", name=op.f("pk_ends_kept")),
    )
    _plan_questions()


def _plan_questions() -> None:
    """As many days before the closing survey of each person as the question comes before the end."""
    connection = op.get_bind()
    active = {
        (row.workspace, row.id): row
        for row in connection.execute(sa.select(_PARTNERSHIPS).where(_PARTNERSHIPS.c.state == "active"))
    }
    surveys = sa.select(_JOBS).where(_JOBS.c.kind == "survey", _JOBS.c.done.is_(False))
    planned = [
        {
            "workspace": job.workspace,
            "key": f"end-question:{found.id}:{job.person}",
            "kind": "end-question",
            "person": job.person,
            "due": job.due - _before_end(found),
            "refs": job.refs,
            "done": False,
        }
        for job in connection.execute(surveys)
        if (found := active.get((job.workspace, job.refs.get("partnership"))))
    ]
    if planned:
        connection.execute(sa.insert(_JOBS), planned)


def _before_end(row: Any) -> timedelta:
    start: date = row.introduced_at.date()
    whole = (row.ends_on - start).days
    return min(timedelta(days=whole - whole * 3 // 4), timedelta(weeks=6))


def downgrade() -> None:
    kinds = ("end-question", "end-proposed", "end-answered")
    connection = op.get_bind()
    for table in ("outbox", "live_views", "scheduled_jobs"):
        found = sa.table(table, sa.column("kind"))
        connection.execute(sa.delete(found).where(found.c.kind.in_(kinds)))
    op.drop_table("ends_kept")
    op.drop_table("end_proposals")
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.drop_column("completed_on")
