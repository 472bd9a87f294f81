"""The day on which an invited person applied, in place of whether they have.

Revision: 0062, after 0050
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0050"
branch_labels = None
depends_on = None


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(each) for each in ("workspace", *columns)))


_INVITATIONS = _table("invitations", "programme_id", "person", "sent_on", "applied_on", "has_applied")
_APPLICATIONS = _table("applications", "cohort_id", "person", "sent_on")
_COHORTS = _table("cohorts", "id", "programme_id")


def upgrade() -> None:
    with op.batch_alter_table("invitations") as table:
        table.add_column(sa.Column("applied_on", sa.Date(), nullable=True))
    invited, applied, cohort = _INVITATIONS.c, _APPLICATIONS.c, _COHORTS.c
    first = (
        sa.select(sa.func.min(applied.sent_on))
        .select_from(
            _APPLICATIONS.join(_COHORTS, (cohort.workspace == applied.workspace) & (cohort.id == applied.cohort_id))
        )
        .where(
            applied.workspace == invited.workspace,
            applied.person == invited.person,
            cohort.programme_id == invited.programme_id,
        )
        .scalar_subquery()
    )
    # An application that was erased since is not known any more, and counts from the invitation on.
    op.execute(
        _INVITATIONS.update().where(invited.has_applied).values(applied_on=sa.func.coalesce(first, invited.sent_on))
    )
    with op.batch_alter_table("invitations") as table:
        table.drop_column("has_applied")


def downgrade() -> None:
    with op.batch_alter_table("invitations") as table:
        table.add_column(sa.Column("has_applied", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(_INVITATIONS.update().where(_INVITATIONS.c.applied_on.is_not(None)).values(has_applied=True))
    with op.batch_alter_table("invitations") as table:
        table.alter_column("has_applied", existing_type=sa.Boolean(), server_default=None)
        table.drop_column("applied_on")
