"""Plans and goals of mentees, with whom they are shared, and which goals were talked about at a meeting. Programmes
that there are have no plans until their owners want them.

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("strengths", sa.Text(), nullable=False),
        sa.Column("stretch", sa.Text(), nullable=False),
        sa.Column("energy", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("other_skills", sa.Text(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_plans")),
    )
    op.create_table(
        "goals",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("term", sa.String(16), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("first_step", sa.Text(), nullable=False),
        sa.Column("help", sa.JSON(), nullable=False),
        sa.Column("who", sa.JSON(), nullable=False),
        sa.Column("other_who", sa.Text(), nullable=False),
        sa.Column("obstacle", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_goals")),
    )
    op.create_index(op.f("ix_goals_workspace_person"), "goals", ["workspace", "person"])
    op.create_table(
        "goal_changes",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("goal_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("old_words", sa.Text(), nullable=False),
        sa.Column("old_proof", sa.Text(), nullable=False),
        sa.Column("old_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "goal_id"],
            ["goals.workspace", "goals.id"],
            name=op.f("fk_goal_changes_goals"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "goal_id", "number", name=op.f("pk_goal_changes")),
    )
    op.create_table(
        "plan_shares",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("partnership_id", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_plan_shares_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", name=op.f("pk_plan_shares")),
    )
    op.create_index(op.f("ix_plan_shares_workspace_person"), "plan_shares", ["workspace", "person"])
    _add("meeting_notes", sa.Column("goals", sa.JSON(), nullable=False, server_default="[]"))
    _add("programmes", sa.Column("has_plans", sa.Boolean(), nullable=False, server_default=sa.false()))


def _add(table: str, column: "sa.Column[object]") -> None:
    """Add the column with its default for the rows that there are, and then without one."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(column)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column(column.name, existing_type=column.type, existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_column("has_plans")
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        batch_op.drop_column("goals")
    op.drop_table("plan_shares")
    op.drop_table("goal_changes")
    op.drop_table("goals")
    op.drop_table("plans")
