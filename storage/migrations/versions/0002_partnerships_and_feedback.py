"""Matches, partnerships, meetings, feedback and scheduled jobs.

Revision: 0002, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_promises")),
    )
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_promises_workspace_done_due"), ["workspace", "done", "due"], unique=False)
        batch_op.create_index(batch_op.f("ix_promises_workspace_person"), ["workspace", "person"], unique=False)

    op.create_table(
        "matches",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", sa.String(length=32), nullable=False),
        sa.Column("mentee_application", sa.String(length=32), nullable=False),
        sa.Column("mentor_application", sa.String(length=32), nullable=False),
        sa.Column("mentee", sa.String(length=32), nullable=False),
        sa.Column("mentor", sa.String(length=32), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("approvals", sa.JSON(), nullable=False),
        sa.Column("paired_by", sa.String(length=32), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_matches_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_matches")),
    )
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_matches_workspace_cohort_id_state"), ["workspace", "cohort_id", "state"], unique=False
        )

    op.create_table(
        "partnerships",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", sa.String(length=32), nullable=False),
        sa.Column("match_id", sa.String(length=32), nullable=False),
        sa.Column("mentee_application", sa.String(length=32), nullable=False),
        sa.Column("mentor_application", sa.String(length=32), nullable=False),
        sa.Column("mentee", sa.String(length=32), nullable=False),
        sa.Column("mentor", sa.String(length=32), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("introduced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("back", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_partnerships_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_partnerships")),
    )
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partnerships_workspace_mentee"), ["workspace", "mentee"], unique=False)
        batch_op.create_index(batch_op.f("ix_partnerships_workspace_mentor"), ["workspace", "mentor"], unique=False)
        batch_op.create_index(batch_op.f("ix_partnerships_workspace_state"), ["workspace", "state"], unique=False)

    op.create_table(
        "feedback",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=16), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("helps", sa.Text(), nullable=False),
        sa.Column("hinders", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_feedback_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "person", "question", name=op.f("pk_feedback")),
    )
    op.create_table(
        "meetings",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("met_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("logged_by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_meetings_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_meetings_workspace_partnership_id_met_on"),
            ["workspace", "partnership_id", "met_on"],
            unique=False,
        )

    op.create_table(
        "meeting_notes",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("meeting_id", sa.String(length=32), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("action_who", sa.String(length=32), nullable=False),
        sa.Column("action_by", sa.Date(), nullable=True),
        sa.Column("action_done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "meeting_id"],
            ["meetings.workspace", "meetings.id"],
            name=op.f("fk_meeting_notes_meetings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "meeting_id", name=op.f("pk_meeting_notes")),
    )
    with op.batch_alter_table("cohorts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed_on", sa.Date(), nullable=True))

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("also", sa.String(length=32), nullable=True))

    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ask_first", sa.Boolean(), nullable=True))

    # Existing rows keep their meaning: one recipient per message, and both people are asked before a match.
    outbox = sa.table("outbox", sa.column("also", sa.String))
    programmes = sa.table("programmes", sa.column("ask_first", sa.Boolean))
    op.execute(outbox.update().values(also=""))
    op.execute(programmes.update().values(ask_first=sa.true()))
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.alter_column("also", existing_type=sa.String(length=32), nullable=False)
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.alter_column("ask_first", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_column("ask_first")

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("also")

    with op.batch_alter_table("cohorts", schema=None) as batch_op:
        batch_op.drop_column("closed_on")

    op.drop_table("meeting_notes")
    with op.batch_alter_table("meetings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meetings_workspace_partnership_id_met_on"))

    op.drop_table("meetings")
    op.drop_table("feedback")
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partnerships_workspace_state"))
        batch_op.drop_index(batch_op.f("ix_partnerships_workspace_mentor"))
        batch_op.drop_index(batch_op.f("ix_partnerships_workspace_mentee"))

    op.drop_table("partnerships")
    with op.batch_alter_table("matches", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matches_workspace_cohort_id_state"))

    op.drop_table("matches")
    with op.batch_alter_table("promises", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_promises_workspace_person"))
        batch_op.drop_index(batch_op.f("ix_promises_workspace_done_due"))

    op.drop_table("promises")
