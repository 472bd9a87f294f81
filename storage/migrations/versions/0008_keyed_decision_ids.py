"""Ids of decisions that are keyed: the old ones were a plain hash, which confirms a guess at an erased person.

Revision: 0008, after 0007
"""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_WORKSPACES = sa.table("workspaces", sa.column("workspace", sa.String), sa.column("tombstone_key", sa.String))
_DECISIONS = sa.table(
    "decisions",
    *(sa.column(name, sa.String) for name in ("workspace", "id", "match_id", "verdict", "by", "mentee", "mentor")),
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(_DECISIONS, _WORKSPACES.c.tombstone_key).join_from(
            _DECISIONS, _WORKSPACES, _DECISIONS.c.workspace == _WORKSPACES.c.workspace, isouter=True
        )
    ).all()
    for row in rows:
        new = secrets.token_hex(16)
        if row.by and row.mentee and row.mentor and row.tombstone_key:
            new = _derived(row.tombstone_key, row.verdict, row.by, _utc(row.at), row.match_id, row.mentee, row.mentor)
        connection.execute(
            sa.update(_DECISIONS)
            .where(_DECISIONS.c.workspace == row.workspace, _DECISIONS.c.id == row.id)
            .values(id=new)
        )


def _derived(key: str, *parts: str) -> str:
    content = "\x1f".join(("decision", *parts))
    return hmac.new(bytes.fromhex(key), content.encode(), hashlib.sha256).hexdigest()[:32]


def _utc(at: datetime) -> str:
    """SQLite stores moments in UTC, without a time zone."""
    return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).isoformat()


def downgrade() -> None:
    """The ids stay: nothing refers to them, and their length is the same."""
