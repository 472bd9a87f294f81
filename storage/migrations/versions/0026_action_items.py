"""Action items have a table of their own: several for each meeting, or on their own. Those of the logged meetings move
there; their owners are reminded a week after their day, as of every other one.

Revision: 0026, after 0025
"""

from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_NOTES = sa.table(
    "meeting_notes",
    *map(sa.column, ("workspace", "meeting_id", "action", "action_who", "action_done")),
    sa.column("action_by", sa.Date),
)
_MEETINGS = sa.table(
    "meetings",
    *map(sa.column, ("workspace", "id", "partnership_id", "logged_by")),
    sa.column("met_on", sa.Date),
)
_PARTNERSHIPS = sa.table("partnerships", *map(sa.column, ("workspace", "id", "mentee", "mentor", "state")))
_ITEMS = sa.table(
    "action_items",
    *map(sa.column, ("workspace", "id", "partnership_id", "meeting_id", "words", "owner", "state", "changed_by")),
    sa.column("due", sa.Date),
    sa.column("added_at", sa.DateTime(timezone=True)),
    sa.column("version", sa.Integer),
)
_JOBS = sa.table(
    "scheduled_jobs",
    *map(sa.column, ("workspace", "key", "kind", "person")),
    sa.column("due", sa.DateTime(timezone=True)),
    sa.column("refs", sa.JSON),
    sa.column("done", sa.Boolean),
)
_A_WEEK = timedelta(weeks=1)


def upgrade() -> None:
    op.create_table(
        "action_items",
        sa.Column("workspace", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("partnership_id", sa.String(32), nullable=False),
        sa.Column("meeting_id", sa.String(32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(16), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "partnership_id"],
            ["partnerships.workspace", "partnerships.id"],
            name=op.f("fk_action_items_partnerships"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_action_items")),
    )
    op.create_index(op.f("ix_action_items_workspace_partnership_id"), "action_items", ["workspace", "partnership_id"])
    _move_items()
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        for name in ("action", "action_who", "action_by", "action_done"):
            batch_op.drop_column(name)


def _move_items() -> None:
    connection = op.get_bind()
    found = connection.execute(
        sa.select(_NOTES, _MEETINGS.c.partnership_id, _MEETINGS.c.met_on, _MEETINGS.c.logged_by, _PARTNERSHIPS)
        .join(
            _MEETINGS,
            (_MEETINGS.c.workspace == _NOTES.c.workspace) & (_MEETINGS.c.id == _NOTES.c.meeting_id),
        )
        .join(
            _PARTNERSHIPS,
            (_PARTNERSHIPS.c.workspace == _MEETINGS.c.workspace) & (_PARTNERSHIPS.c.id == _MEETINGS.c.partnership_id),
        )
        .where(_NOTES.c.action != "", _PARTNERSHIPS.c.mentee != "", _PARTNERSHIPS.c.mentor != "")
        .order_by(_NOTES.c.workspace, _NOTES.c.meeting_id)
    ).all()
    # Where one of the two was erased, there is nothing to move: action items go with both.
    items = [
        {
            "workspace": row.workspace,
            "id": row.meeting_id,
            "partnership_id": row.partnership_id,
            "meeting_id": row.meeting_id,
            "words": row.action,
            "owner": {row.mentee: "mentee", row.mentor: "mentor"}.get(row.action_who, "both"),
            "due": row.action_by,
            "state": "done" if row.action_done else "open",
            "added_at": datetime.combine(row.met_on, time(12), UTC),
            "changed_by": row.logged_by,
            "version": 1,
        }
        for row in found
    ]
    jobs: dict[tuple[str, str], dict[str, object]] = {}
    for row, item in zip(found, items, strict=True):
        if row.state != "active" or item["state"] != "open" or row.action_by is None:
            continue
        owners = [row.action_who] if row.action_who in (row.mentee, row.mentor) else [row.mentee, row.mentor]
        for person in owners:
            key = f"items-due:{row.partnership_id}:{person}"
            due = datetime.combine(row.action_by + _A_WEEK, time(9), UTC)
            job = {
                "workspace": row.workspace,
                "key": key,
                "kind": "items-due",
                "due": due,
                "person": person,
                "refs": {"partnership": row.partnership_id},
                "done": False,
            }
            if (row.workspace, key) not in jobs or due < jobs[row.workspace, key]["due"]:  # type: ignore[operator]
                jobs[row.workspace, key] = job
    if items:
        op.bulk_insert(_ITEMS, items)
    if jobs:
        op.bulk_insert(_JOBS, list(jobs.values()))


def downgrade() -> None:
    """One action item stays with each meeting; the others are lost, since there is no room for them."""
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        batch_op.add_column(sa.Column("action", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("action_who", sa.String(32), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("action_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("action_done", sa.Boolean(), nullable=False, server_default=sa.false()))
    connection = op.get_bind()
    found = connection.execute(
        sa.select(_ITEMS, _PARTNERSHIPS.c.mentee, _PARTNERSHIPS.c.mentor)
        .join(
            _PARTNERSHIPS,
            (_PARTNERSHIPS.c.workspace == _ITEMS.c.workspace) & (_PARTNERSHIPS.c.id == _ITEMS.c.partnership_id),
        )
        .where(_ITEMS.c.meeting_id != "", _ITEMS.c.state != "dropped")
        .order_by(_ITEMS.c.state != "done", _ITEMS.c.id.desc())
    ).all()
    for row in found:  # the last one written stays: the first that is open
        connection.execute(
            sa.update(_NOTES)
            .where(_NOTES.c.workspace == row.workspace, _NOTES.c.meeting_id == row.meeting_id)
            .values(
                action=row.words,
                action_who=row.mentor if row.owner == "mentor" else row.mentee,
                action_by=row.due,
                action_done=row.state == "done",
            )
        )
    for table in ("outbox", "live_views", "scheduled_jobs"):
        op.execute(sa.text(f"DELETE FROM {table} WHERE kind = 'items-due'"))  # noqa: S608 - the names are ours
    with op.batch_alter_table("meeting_notes", schema=None) as batch_op:
        for name, kind in (("action", sa.Text()), ("action_who", sa.String(32)), ("action_done", sa.Boolean())):
            batch_op.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
    op.drop_table("action_items")
