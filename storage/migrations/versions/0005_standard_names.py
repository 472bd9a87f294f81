"""Standard names for tables and columns, and live views apart from the notifications that are sent once.

Revision: 0005, after 0004
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PERSON, _ID, _KEY, _CODE = sa.String(length=32), sa.String(length=32), sa.String(length=255), sa.String(length=64)
_MOMENT = sa.DateTime(timezone=True)
_EPOCH = "1970-01-01 00:00:00+00:00"

_TABLES = (
    ("promises", "scheduled_jobs", ("workspace_done_due", "workspace_person"), ()),
    ("bans", "exclusions", (), ()),
    ("solvings", "proposal_runs", (), ("cohorts",)),
    ("application_confidences", "application_private_answers", (), ("applications",)),
)
"""Old name, new name, indexes by their columns, and tables that foreign keys refer to."""
_OUTBOX: dict[str, tuple[str, sa.types.TypeEngine[Any]]] = {
    "person": ("recipient", _PERSON),
    "also": ("second_recipient", _PERSON),
    "about": ("refs", sa.JSON()),
    "asked": ("is_reply", sa.Boolean()),
    "owed_at": ("enqueued_at", _MOMENT),
    "tried_at": ("first_attempt_at", _MOMENT),
    "not_before": ("retry_at", _MOMENT),
    "opaque": ("correlation_id", _ID),
    "told_in": ("report_id", _ID),
}


def upgrade() -> None:
    for old, new, indexes, referred in _TABLES:
        _rename(old, new, indexes, referred)
    op.alter_column("scheduled_jobs", "about", new_column_name="refs", existing_type=sa.JSON())
    for columns in ("state_asked_due_id", "person", "stays"):
        op.drop_index(f"ix_outbox_workspace_{columns}", table_name="outbox")
    for name, (new_name, kind) in _OUTBOX.items():
        op.alter_column("outbox", name, new_column_name=new_name, existing_type=kind)
    op.add_column("outbox", sa.Column("live_view", _KEY, nullable=True))
    op.add_column("outbox", sa.Column("view_revision", sa.Integer(), nullable=True))
    op.create_table(
        "live_views",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("key", _KEY, nullable=False),
        sa.Column("kind", _CODE, nullable=False),
        sa.Column("recipient", _PERSON, nullable=False),
        sa.Column("refs", sa.JSON(), nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rendered_revision", sa.Integer(), nullable=False),
        sa.Column("due", _MOMENT, nullable=False),
        sa.Column("retry_at", _MOMENT, nullable=True),
        sa.Column("lease_until", _MOMENT, nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", _CODE, nullable=True),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("correlation_id", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("obsolete_posts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "key", name=op.f("pk_live_views")),
    )
    op.create_index("ix_live_views_workspace_state_due", "live_views", ["workspace", "state", "due"])
    op.create_index("ix_live_views_workspace_subject", "live_views", ["workspace", "subject"])
    _split()
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        for name in ("stays", "stale", "former", "again_at"):
            batch_op.drop_column(name)
    op.create_index(
        "ix_outbox_workspace_state_is_reply_due_id", "outbox", ["workspace", "state", "is_reply", "due", "id"]
    )
    op.create_index("ix_outbox_workspace_recipient", "outbox", ["workspace", "recipient"])
    op.create_index("ix_outbox_workspace_live_view", "outbox", ["workspace", "live_view"])


def _split() -> None:
    """Give each message that is kept current a row in live_views.

    Its outbox row becomes the post that is shown, or the coming post if the message is about to be posted again.
    """
    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT * FROM outbox WHERE stays IS NOT NULL")).mappings().all():
        is_posted = row["ts"] is not None
        older = list(_json(row["former"]))
        shown = row["ts"] if is_posted else (older.pop() if older else None)
        at_rest = is_posted and row["state"] in ("sent", "dropped", "failed")
        connection.execute(
            sa.text(
                "INSERT INTO live_views (workspace, key, kind, recipient, refs, subject, state, revision, "
                "rendered_revision, due, fence, attempts, posts, post_id, correlation_id, conversation, ts, "
                "obsolete_posts) VALUES (:workspace, :key, :kind, :recipient, :refs, :subject, :state, 1, 0, :due, 0, "
                "0, 1, :post_id, :correlation_id, :conversation, :ts, :obsolete_posts)"
            ),
            {
                **{name: row[name] for name in ("workspace", "key", "kind", "recipient", "conversation")},
                "refs": json.dumps(_json(row["refs"])),
                "subject": row["stays"],
                "state": "current" if at_rest or shown is None else "stale",
                "due": _EPOCH,
                "post_id": row["id"] if shown else None,
                "correlation_id": row["correlation_id"],
                "ts": shown,
                "obsolete_posts": json.dumps(older),
            },
        )
        post = {"workspace": row["workspace"], "id": row["id"], "key": row["key"]}
        connection.execute(
            sa.text("UPDATE outbox SET live_view = :key WHERE workspace = :workspace AND id = :id"), post
        )
        if is_posted and row["state"] in ("stale", "sending", "dropped"):
            connection.execute(
                sa.text(
                    "UPDATE outbox SET state = 'sent', lease_until = NULL WHERE workspace = :workspace AND id = :id"
                ),
                {"workspace": row["workspace"], "id": row["id"]},
            )
        if is_posted and row["again_at"] is not None:
            _post_again(connection, row)


def _post_again(connection: Any, row: Any) -> None:
    """Enqueue a post for a message that waited to be posted again."""
    connection.execute(
        sa.text(
            "INSERT INTO outbox (workspace, key, kind, recipient, second_recipient, refs, state, is_reply, due, fence, "
            "attempts, correlation_id, live_view, stale, former) VALUES (:workspace, :key, :kind, :recipient, '', "
            ":refs, 'pending', :is_reply, :due, 0, 0, :correlation_id, :live_view, :stale, '[]')"
        ),
        {
            **{name: row[name] for name in ("workspace", "kind", "recipient", "is_reply")},
            "key": f"{row['key']}#1",
            "refs": json.dumps(_json(row["refs"])),
            "due": row["again_at"],
            "correlation_id": row["correlation_id"][::-1],
            "live_view": row["key"],
            "stale": False,
        },
    )
    connection.execute(
        sa.text("UPDATE live_views SET posts = 2 WHERE workspace = :workspace AND key = :key"),
        {"workspace": row["workspace"], "key": row["key"]},
    )


def _json(value: Any) -> Any:
    """SQLite returns JSON as text, PostgreSQL as a value."""
    return json.loads(value) if isinstance(value, str) else value


def _rename(old: str, new: str, indexes: tuple[str, ...], referred: tuple[str, ...]) -> None:
    for columns in indexes:
        op.drop_index(f"ix_{old}_{columns}", table_name=old)
    op.rename_table(old, new)
    for columns in indexes:
        op.create_index(f"ix_{new}_{columns}", new, columns.split("_"))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"ALTER TABLE {new} RENAME CONSTRAINT pk_{old} TO pk_{new}"))
        for table in referred:
            op.execute(sa.text(f"ALTER TABLE {new} RENAME CONSTRAINT fk_{old}_{table} TO fk_{new}_{table}"))


def downgrade() -> None:
    """Keep the newest post of each view. One that waited to be posted again is posted when it changes next."""
    connection = op.get_bind()
    for columns in ("state_is_reply_due_id", "recipient", "live_view"):
        op.drop_index(f"ix_outbox_workspace_{columns}", table_name="outbox")
    op.add_column("outbox", sa.Column("stays", _ID, nullable=True))
    op.add_column("outbox", sa.Column("again_at", _MOMENT, nullable=True))
    op.add_column("outbox", sa.Column("stale", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("outbox", sa.Column("former", sa.JSON(), nullable=False, server_default="[]"))
    for view in connection.execute(sa.text("SELECT * FROM live_views")).mappings().all():
        of = {"workspace": view["workspace"], "key": view["key"]}
        newest = connection.execute(
            sa.text("SELECT max(id) FROM outbox WHERE workspace = :workspace AND live_view = :key"), of
        ).scalar()
        connection.execute(
            sa.text("DELETE FROM outbox WHERE workspace = :workspace AND live_view = :key AND id <> :newest"),
            {**of, "newest": newest},
        )
        connection.execute(
            sa.text("UPDATE outbox SET key = :key, stays = :subject WHERE workspace = :workspace AND id = :newest"),
            {**of, "subject": view["subject"], "newest": newest},
        )
    op.drop_table("live_views")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_column("live_view")
        batch_op.drop_column("view_revision")
        batch_op.alter_column("stale", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
        batch_op.alter_column("former", server_default=None, existing_type=sa.JSON(), existing_nullable=False)
    for name, (new_name, kind) in _OUTBOX.items():
        op.alter_column("outbox", new_name, new_column_name=name, existing_type=kind)
    op.create_index("ix_outbox_workspace_state_asked_due_id", "outbox", ["workspace", "state", "asked", "due", "id"])
    op.create_index("ix_outbox_workspace_person", "outbox", ["workspace", "person"])
    op.create_index("ix_outbox_workspace_stays", "outbox", ["workspace", "stays"])
    op.alter_column("scheduled_jobs", "refs", new_column_name="about", existing_type=sa.JSON())
    for old, new, indexes, referred in _TABLES:
        _rename(new, old, indexes, referred)
