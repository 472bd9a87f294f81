"""The last page of the closing survey, and thank-yous.

Revision: 0038, after 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closures",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_closures_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "person", name=op.f("pk_closures")),
    )
    op.create_table(
        "thank_yous",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("author", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_thank_yous_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "author", name=op.f("pk_thank_yous")),
    )


def downgrade() -> None:
    op.drop_table("thank_yous")
    op.drop_table("closures")
