"""Help in confidence: who asks whom, and what they wrote.

Revision: 0032, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("second_contact", sa.String(length=32), nullable=False),
        sa.Column("next_contacts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_cases_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_workspace_person"), "cases", ["workspace", "person"])
    op.create_table(
        "case_words",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "case_id"],
            ["cases.workspace", "cases.id"],
            name=op.f("fk_case_words_cases"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "case_id", name=op.f("pk_case_words")),
    )


def downgrade() -> None:
    op.drop_table("case_words")
    op.drop_index(op.f("ix_cases_workspace_person"), table_name="cases")
    op.drop_table("cases")
