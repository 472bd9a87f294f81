"""Messages that ask for an answer become live views, so that they show what became of it.

Only messages about matches, partnerships and reports that are still open are taken; nothing changes about the others.

Revision: 0011, after 0010
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SUBJECTS = {
    "match-offered": "match",
    "offer-reminder": "match",
    "check-in": "partnership",
    "survey": "partnership",
    "survey-reminder": "partnership",
    "undelivered": "report",
}
"""By kind of message, the name of its subject in `refs`."""
_QUESTIONS = {"check-in": "check-in", "survey": "survey", "survey-reminder": "survey"}
_GONE = ("dropped", "undecided")
_EPOCH = "1970-01-01 00:00:00+00:00"

_INSERT = sa.text(
    "INSERT INTO live_views (workspace, key, kind, recipient, refs, subject, state, revision, rendered_revision, due, "
    "fence, attempts, posts, post_id, correlation_id, conversation, ts, obsolete_posts) VALUES (:workspace, :key, "
    ":kind, :recipient, :refs, :subject, :state, :revision, 0, :due, 0, 0, 1, :post_id, :correlation_id, "
    ":conversation, :ts, '[]')"
)


def upgrade() -> None:
    connection = op.get_bind()
    open_subjects, answered = _open_subjects(connection), _answered(connection)
    messages = connection.execute(
        sa.text(
            "SELECT workspace, id, key, kind, recipient, refs, state, correlation_id, conversation, ts FROM outbox "
            "WHERE live_view IS NULL"
        )
    ).mappings()
    for row in messages.all():
        refs = _value(row["refs"])
        subject = refs.get(_SUBJECTS.get(row["kind"], ""), "")
        if row["state"] in _GONE or (row["workspace"], _SUBJECTS.get(row["kind"]), subject) not in open_subjects:
            continue
        question = _QUESTIONS.get(row["kind"], "")
        is_stale = row["ts"] is not None and (row["workspace"], question, subject, row["recipient"]) in answered
        is_shown = row["ts"] is not None and row["state"] == "sent"
        connection.execute(
            _INSERT,
            {
                **{name: row[name] for name in ("workspace", "key", "kind", "recipient")},
                "refs": json.dumps(refs),
                "subject": subject,
                "state": "stale" if is_stale and is_shown else "current",
                "revision": int(is_stale and is_shown),
                "due": _EPOCH,
                "post_id": row["id"] if is_shown else None,
                "correlation_id": row["correlation_id"] if is_shown else "",
                "conversation": row["conversation"] if is_shown else None,
                "ts": row["ts"] if is_shown else None,
            },
        )
        connection.execute(
            sa.text("UPDATE outbox SET live_view = key WHERE workspace = :workspace AND id = :id"),
            {"workspace": row["workspace"], "id": row["id"]},
        )


def downgrade() -> None:
    connection = op.get_bind()
    kinds = ", ".join(f"'{kind}'" for kind in _SUBJECTS)
    connection.execute(sa.text(f"UPDATE outbox SET live_view = NULL WHERE kind IN ({kinds})"))  # noqa: S608 - constants
    connection.execute(sa.text(f"DELETE FROM live_views WHERE kind IN ({kinds})"))  # noqa: S608 - constants
    connection.execute(sa.text("UPDATE matches SET state = 'lapsed' WHERE state IN ('expired', 'closed')"))


def _open_subjects(connection: Any) -> set[tuple[str, str, str]]:
    """Workspace, name in `refs` and id of everything that may still be answered."""
    matches = connection.execute(sa.text("SELECT workspace, id FROM matches WHERE state = 'offered'"))
    partnerships = connection.execute(sa.text("SELECT workspace, id FROM partnerships WHERE state = 'active'"))
    reports = connection.execute(
        sa.text("SELECT DISTINCT workspace, report_id FROM outbox WHERE report_id IS NOT NULL")
    )
    return {
        *((workspace, "match", id_) for workspace, id_ in matches),
        *((workspace, "partnership", id_) for workspace, id_ in partnerships),
        *((workspace, "report", id_) for workspace, id_ in reports),
    }


def _answered(connection: Any) -> set[tuple[str, str, str, str]]:
    """Workspace, question ("" for a match), subject and person of everything that was answered."""
    accepted = connection.execute(sa.text("SELECT workspace, id, accepted_by FROM matches WHERE state = 'offered'"))
    feedback = connection.execute(sa.text("SELECT workspace, question, partnership_id, person FROM feedback"))
    return {
        *((workspace, "", id_, person) for workspace, id_, people in accepted for person in _value(people)),
        *((workspace, question, id_, person) for workspace, question, id_, person in feedback),
    }


def _value(stored: Any) -> Any:
    """A JSON value: SQLite gives its text, PostgreSQL the value itself."""
    return json.loads(stored) if isinstance(stored, str) else stored
