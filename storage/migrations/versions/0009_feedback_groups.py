"""Groups of answers that never change. What owners have been shown so far becomes groups as it is.

Revision: 0009, after 0008
"""

import hashlib
import hmac
import secrets
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID, _CODE = sa.String(length=32), sa.String(length=16)
_PEOPLE = 5
"""Until now, answers were shown for five more people at a time, the oldest first."""

_GROUPS = sa.table(
    "feedback_groups",
    *(sa.column(name, sa.String) for name in ("workspace", "id", "question", "cohort_id", "role", "extreme")),
    *(sa.column(name, sa.Integer) for name in ("people", "answers", "total")),
)
_WORDS = sa.table(
    "feedback_words",
    *(sa.column(name, sa.String) for name in ("workspace", "group_id", "field", "text")),
    sa.column("number", sa.Integer),
)
_FEEDBACK = sa.table(
    "feedback",
    *(
        sa.column(name, sa.String)
        for name in ("workspace", "partnership_id", "person", "question", "helps", "hinders", "group_id")
    ),
    sa.column("rating", sa.Integer),
    sa.column("answered_at", sa.DateTime(timezone=True)),
)
_WORKSPACES = sa.table("workspaces", sa.column("workspace", sa.String), sa.column("tombstone_key", sa.String))


def upgrade() -> None:
    op.create_table(
        "feedback_groups",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", _ID, nullable=False),
        sa.Column("question", _CODE, nullable=False),
        sa.Column("cohort_id", _ID, nullable=True),
        sa.Column("role", _CODE, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("extreme", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_feedback_groups_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_feedback_groups")),
    )
    op.create_table(
        "feedback_words",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("group_id", _ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("field", _CODE, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "group_id"],
            ["feedback_groups.workspace", "feedback_groups.id"],
            name=op.f("fk_feedback_words_feedback_groups"),
        ),
        sa.PrimaryKeyConstraint("workspace", "group_id", "number", name=op.f("pk_feedback_words")),
    )
    op.create_table(
        "feedback_counts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("question", _CODE, nullable=False),
        sa.Column("cohort_id", _ID, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_feedback_counts_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "question", "cohort_id", name=op.f("pk_feedback_counts")),
    )
    op.add_column("feedback", sa.Column("group_id", _ID, nullable=True))
    op.add_column("feedback", sa.Column("is_counted", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.alter_column("is_counted", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)
    _keep_what_was_shown(op.get_bind())


def _keep_what_was_shown(connection: Any) -> None:
    keys = {row.workspace: row.tombstone_key for row in connection.execute(sa.select(_WORKSPACES))}
    by_question: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    rows = connection.execute(sa.select(_FEEDBACK)).all()
    for row in sorted(rows, key=lambda row: (row.answered_at, row.person, row.partnership_id)):
        by_question[row.workspace, row.question].append(row)
    for (workspace, question), answers in by_question.items():
        for members in _of_five(answers):
            _form(connection, keys.get(workspace, ""), workspace, question, members)


def _of_five(answers: Sequence[Any]) -> Iterator[list[Any]]:
    members: list[Any] = []
    for answer in answers:
        members.append(answer)
        if len({each.person for each in members}) == _PEOPLE:
            yield members
            members = []


def _form(connection: Any, key: str, workspace: str, question: str, members: Sequence[Any]) -> None:
    group_id = secrets.token_hex(8)
    connection.execute(
        sa.insert(_GROUPS).values(
            workspace=workspace,
            id=group_id,
            question=question,
            cohort_id=None,
            role="",
            people=_PEOPLE,
            answers=len(members),
            total=sum(member.rating for member in members),
            extreme="",
        )
    )
    number = count()
    for field in ("helps", "hinders"):
        texts = [text for member in members if (text := getattr(member, field))]
        for text in sorted(texts, key=lambda text: _order(key, group_id, text)):
            connection.execute(
                sa.insert(_WORDS).values(
                    workspace=workspace, group_id=group_id, number=next(number), field=field, text=text
                )
            )
    for member in members:
        own = {name: getattr(member, name) for name in ("workspace", "partnership_id", "person", "question")}
        connection.execute(
            sa.update(_FEEDBACK)
            .where(*(_FEEDBACK.c[name] == value for name, value in own.items()))
            .values(group_id=group_id)
        )


def _order(key: str, group_id: str, text: str) -> str:
    content = "\x1f".join(("comment", group_id, text))
    return hmac.new(bytes.fromhex(key), content.encode(), hashlib.sha256).hexdigest()


def downgrade() -> None:
    op.drop_table("feedback_counts")
    op.drop_table("feedback_words")
    op.drop_table("feedback_groups")
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.drop_column("is_counted")
        batch_op.drop_column("group_id")
