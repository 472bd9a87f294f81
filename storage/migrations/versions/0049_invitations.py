"""Invitations to apply: when a programme sends them, those sent, what people want, and the moments before.

Revision: 0049, after 0045
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0045"
branch_labels = None
depends_on = None

_COLUMNS = (
    ("invites_at", sa.JSON(), sa.text("'[]'")),
    ("invite_weeks", sa.Integer(), sa.text("4")),
    ("invites_mentees", sa.Boolean(), sa.true()),
    ("invites_mentors", sa.Boolean(), sa.false()),
)


def upgrade() -> None:
    with op.batch_alter_table("programmes") as table:
        for name, kind, value in _COLUMNS:
            table.add_column(sa.Column(name, kind, nullable=False, server_default=value))
    with op.batch_alter_table("programmes") as table:
        for name, kind, _ in _COLUMNS:
            table.alter_column(name, existing_type=kind, server_default=None)
    op.create_table(
        "invitations",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("has_applied", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_invitations_programmes"),
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_workspace_person"), "invitations", ["workspace", "person"])
    op.create_index(op.f("ix_invitations_workspace_programme_id"), "invitations", ["workspace", "programme_id"])
    op.create_table(
        "invitation_choices",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_invitation_choices")),
    )
    op.create_table(
        "invitation_moments",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("moment", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", "moment", name=op.f("pk_invitation_moments")),
    )
    op.create_index(op.f("ix_invitation_moments_workspace_day"), "invitation_moments", ["workspace", "day"])
    op.create_table(
        "title_marks",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_title_marks")),
    )


def downgrade() -> None:
    op.drop_table("title_marks")
    op.drop_index(op.f("ix_invitation_moments_workspace_day"), table_name="invitation_moments")
    op.drop_table("invitation_moments")
    op.drop_table("invitation_choices")
    op.drop_index(op.f("ix_invitations_workspace_programme_id"), table_name="invitations")
    op.drop_index(op.f("ix_invitations_workspace_person"), table_name="invitations")
    op.drop_table("invitations")
    with op.batch_alter_table("programmes") as table:
        for name, _, _ in reversed(_COLUMNS):
            table.drop_column(name)
