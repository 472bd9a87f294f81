"""What owners will do next time, in the evaluation report of a round.

Revision: 0060, after 0058
"""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_words",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"],
            ["cohorts.workspace", "cohorts.id"],
            name=op.f("fk_evaluation_words_cohorts"),
        ),
        sa.PrimaryKeyConstraint("workspace", "cohort_id", name=op.f("pk_evaluation_words")),
    )


def downgrade() -> None:
    op.drop_table("evaluation_words")
