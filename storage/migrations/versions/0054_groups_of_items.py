"""Groups of answers to any item, at one stage or several, with bars; answers that their author has signed.

The groups that were formed before are groups of ratings, and stay as they are.

Revision: 0054, after 0062
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0062"
branch_labels = None
depends_on = None

_ID, _CODE = sa.String(length=32), sa.String(length=16)
_FALSE = sa.text("false")
_QUESTIONS = ("check-in", "survey")
_GROUPS = sa.table(
    "feedback_groups",
    *(sa.column(name, sa.String()) for name in ("question", "item", "kind")),
    sa.column("version", sa.Integer()),
    sa.column("stages", sa.JSON()),
)


def upgrade() -> None:
    op.create_table(
        "feedback_figures",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("group_id", _ID, nullable=False),
        sa.Column("question", _CODE, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("extreme", sa.String(length=8), nullable=False),
        sa.Column("bars", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "group_id"],
            ["feedback_groups.workspace", "feedback_groups.id"],
            name=op.f("fk_feedback_figures_feedback_groups"),
        ),
        sa.PrimaryKeyConstraint("workspace", "group_id", "question", name=op.f("pk_feedback_figures")),
    )
    op.execute(
        "INSERT INTO feedback_figures (workspace, group_id, question, answers, total, extreme, bars) "
        "SELECT workspace, id, question, answers, total, extreme, '[]' FROM feedback_groups"
    )
    op.add_column("feedback_words", sa.Column("question", _CODE, nullable=True))
    op.execute(
        "UPDATE feedback_words SET question = (SELECT question FROM feedback_groups "
        "WHERE feedback_groups.workspace = feedback_words.workspace AND feedback_groups.id = feedback_words.group_id)"
    )
    with op.batch_alter_table("feedback_words") as batch_op:
        batch_op.alter_column("question", existing_type=_CODE, nullable=False)
    for name, column_type in (("item", _ID), ("version", sa.Integer()), ("stages", sa.JSON()), ("kind", _CODE)):
        op.add_column("feedback_groups", sa.Column(name, column_type, nullable=True))
    for question in _QUESTIONS:
        groups = _GROUPS.update().where(_GROUPS.c.question == question)
        op.execute(groups.values(item="rating", version=1, kind="complete", stages=[question]))
    with op.batch_alter_table("feedback_groups") as batch_op:
        batch_op.alter_column("item", existing_type=_ID, nullable=False)
        batch_op.alter_column("version", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("stages", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("kind", existing_type=_CODE, nullable=False)
        for name in ("question", "answers", "total", "extreme"):
            batch_op.drop_column(name)
    op.add_column("feedback_items", sa.Column("group_id", _ID, nullable=True))
    for table in ("feedback", "feedback_items"):
        op.add_column(table, sa.Column("is_signed", sa.Boolean(), nullable=False, server_default=_FALSE))
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("is_signed", server_default=None, existing_type=sa.Boolean(), existing_nullable=False)


def downgrade() -> None:
    """Signed answers and groups of other items are deleted: without their marks they would be shown in another way."""
    op.execute("DELETE FROM feedback_words WHERE group_id IN (SELECT id FROM feedback_groups WHERE item <> 'rating')")
    op.execute("DELETE FROM feedback_figures WHERE group_id IN (SELECT id FROM feedback_groups WHERE item <> 'rating')")
    op.execute("DELETE FROM feedback_groups WHERE item <> 'rating'")
    op.execute("DELETE FROM feedback WHERE is_signed")
    op.execute("DELETE FROM feedback_items WHERE is_signed")
    op.add_column("feedback_groups", sa.Column("question", _CODE, nullable=True))
    op.add_column("feedback_groups", sa.Column("answers", sa.Integer(), nullable=True))
    op.add_column("feedback_groups", sa.Column("total", sa.Integer(), nullable=True))
    op.add_column("feedback_groups", sa.Column("extreme", sa.String(length=8), nullable=True))
    op.execute(
        "UPDATE feedback_groups SET (question, answers, total, extreme) = (SELECT f.question, f.answers, f.total, "
        "f.extreme FROM feedback_figures f WHERE f.workspace = feedback_groups.workspace AND f.group_id = "
        "feedback_groups.id)"
    )
    with op.batch_alter_table("feedback_groups") as batch_op:
        batch_op.alter_column("question", existing_type=_CODE, nullable=False)
        batch_op.alter_column("answers", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("total", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("extreme", existing_type=sa.String(length=8), nullable=False)
        for name in ("item", "version", "stages", "kind"):
            batch_op.drop_column(name)
    op.drop_table("feedback_figures")
    with op.batch_alter_table("feedback_words") as batch_op:
        batch_op.drop_column("question")
    with op.batch_alter_table("feedback_items") as batch_op:
        batch_op.drop_column("group_id")
        batch_op.drop_column("is_signed")
    with op.batch_alter_table("feedback") as batch_op:
        batch_op.drop_column("is_signed")
