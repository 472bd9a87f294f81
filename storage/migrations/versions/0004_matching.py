"""Matching by the owners: weights, segments, staff records, exclusions, exemptions, decisions and proposal runs.

Revision: 0004, after 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_PERSON, _ID = sa.String(length=32), sa.String(length=32)
_MOMENT = sa.DateTime(timezone=True)
_USUAL = (
    '{"topics": 40, "wish": 20, "hopes": 10, "grades": 10, "department": 10, "ways": 8, "language": 6, "months": 6, '
    '"hours": 6, "waiting": 10, "load": 5, "at_least": 0}'
)


def upgrade() -> None:
    _with_values(
        "matches",
        pinned_by=(_PERSON, ""),
        excepted=(sa.JSON(), "[]"),
        other_mentor=(sa.JSON(), "[]"),
        other_mentee=(sa.JSON(), "[]"),
    )
    _with_values("partnerships", not_again=(sa.JSON(), "[]"))
    _with_values(
        "programmes",
        least_gap=(sa.Integer(), "0"),
        mentee_departments=(sa.JSON(), "[]"),
        mentee_grades=(sa.JSON(), "[]"),
        mentor_departments=(sa.JSON(), "[]"),
        mentor_grades=(sa.JSON(), "[]"),
        weights=(sa.JSON(), _USUAL),
    )
    op.execute(sa.text("DELETE FROM outbox WHERE kind = 'matches-proposed'"))
    _with_values("outbox", stale=(sa.Boolean(), "0"), former=(sa.JSON(), "[]"))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stays", _ID, nullable=True))
        batch_op.add_column(sa.Column("again_at", _MOMENT, nullable=True))
        batch_op.create_index(batch_op.f("ix_outbox_workspace_stays"), ["workspace", "stays"], unique=False)
    op.create_table(
        "staff",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", _PERSON, nullable=False),
        sa.Column("department", sa.String(length=75), nullable=False),
        sa.Column("grade", sa.String(length=75), nullable=False),
        sa.Column("manager", _PERSON, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_staff")),
    )
    op.create_table(
        "bans",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("one", _PERSON, nullable=False),
        sa.Column("other", _PERSON, nullable=False),
        sa.Column("by", _PERSON, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "one", "other", name=op.f("pk_bans")),
    )
    op.create_table(
        "exemptions",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("match_id", _ID, nullable=False),
        sa.Column("bars", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", _PERSON, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "match_id"],
            ["matches.workspace", "matches.id"],
            name=op.f("fk_exemptions_matches"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "match_id", name=op.f("pk_exemptions")),
    )
    op.create_table(
        "decisions",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("cohort_id", _ID, nullable=False),
        sa.Column("match_id", _ID, nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("by", _PERSON, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("mentee", _PERSON, nullable=False),
        sa.Column("mentor", _PERSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_decisions_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_decisions")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_decisions_workspace_cohort_id_at"), ["workspace", "cohort_id", "at"], unique=False
        )
    op.create_table(
        "solvings",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", _ID, nullable=False),
        sa.Column("asked_by", _PERSON, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=True),
        sa.Column("done_by", _PERSON, nullable=False),
        sa.Column("done_at", _MOMENT, nullable=True),
        sa.Column("added", sa.JSON(), nullable=False),
        sa.Column("gone", sa.JSON(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_solvings_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "cohort_id", name=op.f("pk_solvings")),
    )


def downgrade() -> None:
    op.drop_table("solvings")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decisions_workspace_cohort_id_at"))
    op.drop_table("decisions")
    op.drop_table("exemptions")
    op.drop_table("bans")
    op.drop_table("staff")
    op.execute(sa.text("DELETE FROM outbox WHERE kind IN ('desk', 'not-proposed')"))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_workspace_stays"))
    _without("outbox", "again_at", "stays", "former", "stale")
    _without("programmes", "weights", "mentor_grades", "mentor_departments", "mentee_grades", "mentee_departments")
    _without("programmes", "least_gap")
    _without("partnerships", "not_again")
    _without("matches", "other_mentee", "other_mentor", "pinned_by", "excepted")


def _with_values(table: str, **columns: tuple[Any, str]) -> None:
    """Add columns that are not nullable; existing rows get these values."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, (kind, value) in columns.items():
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=sa.literal(value)))
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, (kind, _) in columns.items():
            batch_op.alter_column(name, existing_type=kind, server_default=None)


def _without(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in columns:
            batch_op.drop_column(name)
