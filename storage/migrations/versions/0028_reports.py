"""Progress reports of partnerships, and whether a programme has them. Existing programmes do not.

Revision: 0028, after 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("has_reports", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.alter_column("has_reports", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "reports",
        *_ids("id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("mentee_finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mentor_finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_constraints("reports", "id"),
        sa.UniqueConstraint(
            "workspace", "partnership_id", "number", name=op.f("uq_reports_workspace_partnership_id_number")
        ),
    )
    op.create_table(
        "report_words",
        *_ids("report_id"),
        sa.Column("mentee_learnt", sa.Text(), nullable=False),
        sa.Column("mentor_learnt", sa.Text(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("next_steps", sa.Text(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("leaves_out_resting", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("page", sa.Text(), nullable=True),
        *_constraints("report_words", "report_id"),
    )
    op.create_table(
        "report_shares",
        *_ids("report_id"),
        sa.Column("reader", sa.String(length=32), nullable=False),
        sa.Column("mentee_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mentor_agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_constraints("report_shares", "report_id", "reader"),
    )


def downgrade() -> None:
    for table in ("report_shares", "report_words", "reports"):
        op.drop_table(table)
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_column("has_reports")


def _ids(name: str) -> tuple["sa.Column[str]", ...]:
    columns = ("workspace", name, "partnership_id")
    return tuple(sa.Column(column, sa.String(length=32), nullable=False) for column in columns)


def _constraints(table: str, *key: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f(f"fk_{table}_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", *key, name=op.f(f"pk_{table}")),
    )
