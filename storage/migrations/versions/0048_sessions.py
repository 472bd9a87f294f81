"""Information sessions and orientations, and who comes to them.

Revision: 0048, after 0049
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("programme_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(16), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("planned_by", sa.String(32), nullable=False),
        sa.Column("came", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_sessions_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_sessions")),
    )
    op.create_table(
        "session_answers",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("is_coming", sa.Boolean(), nullable=False),
        sa.Column("has_place", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "session_id"],
            ["sessions.workspace", "sessions.id"],
            name=op.f("fk_session_answers_sessions"),
        ),
        sa.PrimaryKeyConstraint("workspace", "session_id", "person", name=op.f("pk_session_answers")),
    )
    op.create_index(op.f("ix_session_answers_workspace_person"), "session_answers", ["workspace", "person"])


def downgrade() -> None:
    for table in ("outbox", "live_views"):
        op.execute(sa.text(f"DELETE FROM {table} WHERE kind LIKE 'session-%'"))  # noqa: S608 - the names are ours
    op.execute(sa.text("DELETE FROM scheduled_jobs WHERE kind = 'session'"))
    op.drop_table("session_answers")
    op.drop_table("sessions")
