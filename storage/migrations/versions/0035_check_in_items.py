"""Further questions of the check-in, and answers without a rating, of people who never met.

Revision: 0035, after 0032
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("feedback") as batch_op:
        batch_op.alter_column("rating", existing_type=sa.Integer(), nullable=True)
    op.create_table(
        "feedback_items",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("question", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id", "person", "question"],
            ["feedback.workspace", "feedback.partnership_id", "feedback.person", "feedback.question"],
            name=op.f("fk_feedback_items_feedback"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "workspace", "partnership_id", "person", "question", "item", name=op.f("pk_feedback_items")
        ),
    )


def downgrade() -> None:
    op.drop_table("feedback_items")
    op.execute("DELETE FROM feedback WHERE rating IS NULL")
    with op.batch_alter_table("feedback") as batch_op:
        batch_op.alter_column("rating", existing_type=sa.Integer(), nullable=False)
