"""Initial schema: workspaces, people, programmes, cohorts, applications, drafts and the outbox.

Revision: 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "drafts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.Column("form_values", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", "form", name=op.f("pk_drafts")),
    )
    op.create_table(
        "outbox",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("opaque", sa.String(length=32), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=True),
        sa.Column("ts", sa.String(length=32), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_workspace_key"), ["workspace", "key"], unique=True)
        batch_op.create_index(batch_op.f("ix_outbox_workspace_person"), ["workspace", "person"], unique=False)
        batch_op.create_index(batch_op.f("ix_outbox_workspace_state_due"), ["workspace", "state", "due"], unique=False)

    op.create_table(
        "owners",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_owners")),
    )
    op.create_table(
        "people",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=32), nullable=True),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_people")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_workspace_asked_at"), ["workspace", "asked_at"], unique=False)

    op.create_table(
        "programmes",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column("grades", sa.JSON(), nullable=False),
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("expectations_url", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("work_starts", sa.Time(), nullable=False),
        sa.Column("work_ends", sa.Time(), nullable=False),
        sa.Column("least_months", sa.Integer(), nullable=False),
        sa.Column("most_months", sa.Integer(), nullable=False),
        sa.Column("service_months", sa.Integer(), nullable=False),
        sa.Column("admits", sa.JSON(), nullable=False),
        sa.Column("terms", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_programmes")),
    )
    op.create_table(
        "tombstones",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "digest", name=op.f("pk_tombstones")),
    )
    op.create_table(
        "workspaces",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("tombstone_key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_workspaces")),
    )
    op.create_table(
        "cohorts",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme_id", sa.String(length=32), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("apply_by", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"], ["programmes.workspace", "programmes.id"], name=op.f("fk_cohorts_programmes")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_cohorts")),
    )
    with op.batch_alter_table("cohorts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cohorts_workspace_apply_by"), ["workspace", "apply_by"], unique=False)

    op.create_table(
        "applications",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("cohort_id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=75), nullable=False),
        sa.Column("grade", sa.String(length=75), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"], name=op.f("fk_applications_cohorts")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_applications")),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_applications_workspace_cohort_id_person_role"),
            ["workspace", "cohort_id", "person", "role"],
            unique=True,
        )
        batch_op.create_index(batch_op.f("ix_applications_workspace_person"), ["workspace", "person"], unique=False)

    op.create_table(
        "application_confidences",
        sa.Column("workspace", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("hopes", sa.Text(), nullable=False),
        sa.Column("manager", sa.String(length=32), nullable=False),
        sa.Column("wish", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "application_id"],
            ["applications.workspace", "applications.id"],
            name=op.f("fk_application_confidences_applications"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace", "application_id", name=op.f("pk_application_confidences")),
    )


def downgrade() -> None:

    op.drop_table("application_confidences")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_applications_workspace_person"))
        batch_op.drop_index(batch_op.f("ix_applications_workspace_cohort_id_person_role"))

    op.drop_table("applications")
    with op.batch_alter_table("cohorts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cohorts_workspace_apply_by"))

    op.drop_table("cohorts")
    op.drop_table("workspaces")
    op.drop_table("tombstones")
    op.drop_table("programmes")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_workspace_asked_at"))

    op.drop_table("people")
    op.drop_table("owners")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outbox_workspace_state_due"))
        batch_op.drop_index(batch_op.f("ix_outbox_workspace_person"))
        batch_op.drop_index(batch_op.f("ix_outbox_workspace_key"))

    op.drop_table("outbox")
    op.drop_table("drafts")
