"""Agreements of partnerships, in versions, and whether a programme has them. Existing programmes do not.

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_TEXTS = ("purpose", "mentee_brings", "mentor_brings", "feedback", "off_limits", "obstacles")
_CODES = ("rhythm", "schedules", "hours", "between", "answer")


def upgrade() -> None:
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("has_agreements", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.alter_column("has_agreements", existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.add_column(sa.Column("check_in_day", sa.Date(), nullable=True))
    op.create_table(
        "agreements",
        *_key(),
        sa.Column("version", sa.Integer(), nullable=False),
        *_constraints("agreements"),
    )
    op.create_table(
        "agreement_versions",
        *_key(),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("written_by", sa.String(length=32), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("countersigned_by", sa.String(length=32), nullable=False),
        sa.Column("countersigned_at", sa.DateTime(timezone=True), nullable=True),
        *_constraints("agreement_versions", "number"),
    )
    op.create_table(
        "agreement_terms",
        *_key(),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        *(sa.Column(name, sa.String(length=16), nullable=False) for name in _CODES),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        *_constraints("agreement_terms", "number"),
    )


def downgrade() -> None:
    """Ends that were agreed on stay."""
    for table in ("agreement_terms", "agreement_versions", "agreements"):
        op.drop_table(table)
    with op.batch_alter_table("partnerships", schema=None) as batch_op:
        batch_op.drop_column("check_in_day")
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_column("has_agreements")


def _key() -> tuple["sa.Column[str]", "sa.Column[str]"]:
    return (
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("partnership_id", sa.String(length=32), nullable=False),
    )


def _constraints(table: str, *more: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f(f"fk_{table}_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "partnership_id", *more, name=op.f(f"pk_{table}")),
    )
