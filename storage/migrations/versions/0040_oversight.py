"""What owners do about a partnership: what they ask, who looks after it, and both people in their record.

Revision: 0040, after 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_COLUMNS = (("partnerships", "responsible"), ("owner_record", "other"))


def upgrade() -> None:
    for table_name, name in _COLUMNS:
        with op.batch_alter_table(table_name) as table:
            table.add_column(sa.Column(name, sa.String(32), nullable=False, server_default=""))
        with op.batch_alter_table(table_name) as table:
            table.alter_column(name, existing_type=sa.String(32), server_default=None)
    op.create_table(
        "oversight_requests",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_oversight_requests_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "kind", "number", name=op.f("pk_oversight_requests")),
    )
    op.create_table(
        "standing_answers",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_standing_answers_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "number", "person", name=op.f("pk_standing_answers")),
    )
    op.create_table(
        "alarm_snoozes",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
        sa.Column("owner", sa.String(length=32), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_alarm_snoozes_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", "owner", name=op.f("pk_alarm_snoozes")),
    )
    op.create_table(
        "digest_choices",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("rhythm", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_digest_choices")),
    )


def downgrade() -> None:
    op.drop_table("digest_choices")
    op.drop_table("alarm_snoozes")
    op.drop_table("standing_answers")
    op.drop_table("oversight_requests")
    for table_name, name in reversed(_COLUMNS):
        with op.batch_alter_table(table_name) as table:
            table.drop_column(name)
