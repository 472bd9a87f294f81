"""What people tell the programme, with their name or without it.

Revision: 0039, after 0041
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remarks",
        _id("workspace"),
        _id("id"),
        _id("programme_id"),
        _id("person"),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        _id("read_by"),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_remarks_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_remarks")),
    )
    op.create_index(op.f("ix_remarks_workspace_person"), "remarks", ["workspace", "person"])
    op.create_table(
        "remark_words",
        _id("workspace"),
        _id("remark_id"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "remark_id"],
            ["remarks.workspace", "remarks.id"],
            name=op.f("fk_remark_words_remarks"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "remark_id", name=op.f("pk_remark_words")),
    )
    op.create_table(
        "counted_remarks",
        _id("workspace"),
        _id("id"),
        _id("cohort_id"),
        _id("person"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        _id("group_id", nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_counted_remarks_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_counted_remarks")),
    )
    op.create_index(op.f("ix_counted_remarks_workspace_person"), "counted_remarks", ["workspace", "person"])
    op.create_table(
        "remark_groups",
        _id("workspace"),
        _id("id"),
        _id("cohort_id"),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_remark_groups_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_remark_groups")),
    )
    op.create_table(
        "remark_group_words",
        _id("workspace"),
        _id("group_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "group_id"],
            ["remark_groups.workspace", "remark_groups.id"],
            name=op.f("fk_remark_group_words_remark_groups"),
        ),
        sa.PrimaryKeyConstraint("workspace", "group_id", "number", name=op.f("pk_remark_group_words")),
    )


def _id(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=32), nullable=nullable)


def downgrade() -> None:
    op.drop_table("remark_group_words")
    op.drop_table("remark_groups")
    op.drop_index(op.f("ix_counted_remarks_workspace_person"), table_name="counted_remarks")
    op.drop_table("counted_remarks")
    op.drop_table("remark_words")
    op.drop_index(op.f("ix_remarks_workspace_person"), table_name="remarks")
    op.drop_table("remarks")
