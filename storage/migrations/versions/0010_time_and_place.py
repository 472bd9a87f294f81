"""Time zone and region of a programme, the rule on shared working hours, and people with no manager.

A profile without a time zone was stored as UTC. Profiles that Slack never sent get none, and the others that say UTC
are requested again.

Revision: 0010, after 0009
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, size in (("time_zone", 64), ("region", 32)):
        _add("programmes", name, sa.String(length=size), sa.text("''"))
    _add("programmes", "shared_hours", sa.Boolean(), sa.false())
    _add("application_private_answers", "no_manager", sa.Boolean(), sa.false())
    op.execute(sa.text("UPDATE people SET time_zone = '' WHERE time_zone = 'UTC' AND known_at IS NULL"))
    op.execute(
        sa.text(
            "UPDATE people SET asked_at = known_at "
            "WHERE time_zone = 'UTC' AND known_at IS NOT NULL AND asked_at IS NULL AND left_at IS NULL"
        )
    )


def downgrade() -> None:
    op.execute(sa.text("UPDATE people SET time_zone = 'UTC' WHERE time_zone = '' OR time_zone LIKE 'UTC_%'"))
    with op.batch_alter_table("application_private_answers", schema=None) as batch_op:
        batch_op.drop_column("no_manager")
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        for name in ("shared_hours", "region", "time_zone"):
            batch_op.drop_column(name)


def _add(table: str, name: str, kind: sa.types.TypeEngine[Any], value: Any) -> None:
    """Add a column that is not nullable; existing rows get this value."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=value))
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column(name, existing_type=kind, server_default=None)
