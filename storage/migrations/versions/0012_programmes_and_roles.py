"""Several programmes in a workspace: roles of each, administrators, and exclusions by programme.

The owners become administrators and owners of the programme that there is. Exclusions, the job that reports a passed
deadline, and drafts of forms get that programme's id.

Revision: 0012, after 0011
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TEXT = sa.String(length=32)
_DEADLINE = "applications-closed"
_FORMS = ("application-form:", "setup-form:", "pair-form:", "swap-form:")

_OWNERS = sa.table("owners", sa.column("workspace"), sa.column("person"), sa.column("place"))
_ADMINISTRATORS = sa.table("administrators", *map(sa.column, ("workspace", "person", "place", "named_by")))
_ROLES = sa.table("roles", *map(sa.column, ("workspace", "programme_id", "role", "person", "place", "named_by")))
_PROGRAMMES = sa.table("programmes", sa.column("workspace"), sa.column("id"))
_JOBS = sa.table("scheduled_jobs", *map(sa.column, ("workspace", "key", "kind", "person")), sa.column("refs", sa.JSON))
_FAILURES = sa.table("work_failures", *map(sa.column, ("workspace", "kind", "item", "person")))
_DRAFTS = sa.table("drafts", *map(sa.column, ("workspace", "person", "form")))
_EXCLUSIONS = sa.table(
    "exclusions",
    *map(sa.column, ("workspace", "programme_id", "one", "other", "by")),
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table(
        "administrators",
        sa.Column("workspace", _TEXT, nullable=False),
        sa.Column("person", _TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("named_by", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_administrators")),
    )
    op.create_table(
        "roles",
        sa.Column("workspace", _TEXT, nullable=False),
        sa.Column("programme_id", _TEXT, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("person", _TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("named_by", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "programme_id"], ["programmes.workspace", "programmes.id"], name=op.f("fk_roles_programmes")
        ),
        sa.PrimaryKeyConstraint("workspace", "programme_id", "role", "person", name=op.f("pk_roles")),
    )
    op.create_index(op.f("ix_roles_workspace_person"), "roles", ["workspace", "person"])
    connection = op.get_bind()
    first = _first_programmes(connection)
    for owner in connection.execute(sa.select(_OWNERS)).all():
        named = {"workspace": owner.workspace, "person": owner.person, "place": owner.place, "named_by": ""}
        connection.execute(sa.insert(_ADMINISTRATORS).values(named))
        if owner.workspace in first:
            role = {**named, "programme_id": first[owner.workspace], "role": "owner"}
            connection.execute(sa.insert(_ROLES).values(role))
    op.drop_table("owners")
    _rebuild_exclusions(connection, first)
    for workspace, programme in first.items():
        _name_programme(connection, workspace, programme)


def downgrade() -> None:
    connection = op.get_bind()
    first = _first_programmes(connection)
    for workspace, programme in first.items():
        _forget_programme(connection, workspace, programme)
    _rebuild_exclusions(connection, None)
    op.create_table(
        "owners",
        sa.Column("workspace", _TEXT, nullable=False),
        sa.Column("person", _TEXT, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("workspace", "person", name=op.f("pk_owners")),
    )
    for role in connection.execute(sa.select(_ROLES).where(_ROLES.c.role == "owner")).all():
        if role.programme_id == first.get(role.workspace):
            owner = {"workspace": role.workspace, "person": role.person, "place": role.place}
            connection.execute(sa.insert(_OWNERS).values(owner))
    op.drop_index(op.f("ix_roles_workspace_person"), table_name="roles")
    op.drop_table("roles")
    op.drop_table("administrators")


def _first_programmes(connection: sa.Connection) -> dict[str, str]:
    """The id of the programme of each workspace."""
    rows = connection.execute(
        sa.select(_PROGRAMMES.c.workspace, sa.func.min(_PROGRAMMES.c.id)).group_by(_PROGRAMMES.c.workspace)
    )
    return dict(map(tuple, rows))


def _name_programme(connection: sa.Connection, workspace: str, programme: str) -> None:
    """Put the programme's id into the keys of jobs and drafts."""
    for job in connection.execute(_of(_JOBS, workspace).where(_JOBS.c.kind == _DEADLINE)).all():
        new = {"key": f"{_DEADLINE}:{programme}:{job.person}", "refs": {"programme": programme}}
        connection.execute(_change(_JOBS, workspace, key=job.key).values(new))
    for failure in _failures(connection, workspace):
        item = f"{_DEADLINE}:{programme}:{failure.person}"
        connection.execute(_change(_FAILURES, workspace, item=failure.item).values(item=item))
    for draft in connection.execute(_of(_DRAFTS, workspace)).all():
        name = f"{draft.form}@{programme}"
        if draft.form.startswith(_FORMS) and len(name) <= 64:
            connection.execute(_change(_DRAFTS, workspace, person=draft.person, form=draft.form).values(form=name))


def _forget_programme(connection: sa.Connection, workspace: str, programme: str) -> None:
    """Remove the programme's id from the keys of jobs and drafts. Those of other programmes are deleted."""
    for job in connection.execute(_of(_JOBS, workspace).where(_JOBS.c.kind == _DEADLINE)).all():
        if job.key == f"{_DEADLINE}:{programme}:{job.person}":
            new = {"key": f"{_DEADLINE}:{job.person}", "refs": {}}
            connection.execute(_change(_JOBS, workspace, key=job.key).values(new))
        else:
            connection.execute(sa.delete(_JOBS).where(_JOBS.c.workspace == workspace, _JOBS.c.key == job.key))
    for failure in _failures(connection, workspace):
        item = f"{_DEADLINE}:{failure.person}"
        connection.execute(_change(_FAILURES, workspace, item=failure.item).values(item=item))
    for draft in connection.execute(_of(_DRAFTS, workspace)).all():
        form, named, of = draft.form.rpartition("@")
        mine = _DRAFTS.c.workspace == workspace, _DRAFTS.c.person == draft.person, _DRAFTS.c.form == draft.form
        if named and of == programme:
            connection.execute(sa.update(_DRAFTS).where(*mine).values(form=form))
        elif named:
            connection.execute(sa.delete(_DRAFTS).where(*mine))


def _failures(connection: sa.Connection, workspace: str) -> list[Any]:
    failed = _of(_FAILURES, workspace).where(_FAILURES.c.kind == "job", _FAILURES.c.item.startswith(f"{_DEADLINE}:"))
    return list(connection.execute(failed).all())


def _of(table: Any, workspace: str) -> Any:
    return sa.select(table).where(table.c.workspace == workspace)


def _change(table: Any, workspace: str, **key: str) -> Any:
    return sa.update(table).where(
        table.c.workspace == workspace, *(table.c[name] == part for name, part in key.items())
    )


def _rebuild_exclusions(connection: sa.Connection, programmes: dict[str, str] | None) -> None:
    """Create the table again, with a programme in its key (by workspace) or without, and put its rows back."""
    names = ["workspace", "one", "other", "by", "at"]
    rows = connection.execute(sa.select(*(_EXCLUSIONS.c[name] for name in names))).mappings().all()
    op.drop_table("exclusions")
    op.create_table("exclusions", *_exclusion_columns(by_programme=programmes is not None))
    kept = {(row["workspace"], row["one"], row["other"]): dict(row) for row in rows}
    for row in kept.values():
        if programmes is None:
            connection.execute(sa.insert(_EXCLUSIONS).values(row))
        elif row["workspace"] in programmes:
            connection.execute(sa.insert(_EXCLUSIONS).values({**row, "programme_id": programmes[row["workspace"]]}))


def _exclusion_columns(*, by_programme: bool) -> Iterator[sa.schema.SchemaItem]:
    yield sa.Column("workspace", _TEXT, nullable=False)
    if by_programme:
        yield sa.Column("programme_id", _TEXT, nullable=False)
    for name in ("one", "other", "by"):
        yield sa.Column(name, _TEXT, nullable=False)
    yield sa.Column("at", sa.DateTime(timezone=True), nullable=False)
    if by_programme:
        yield sa.ForeignKeyConstraint(
            ["workspace", "programme_id"],
            ["programmes.workspace", "programmes.id"],
            name=op.f("fk_exclusions_programmes"),
        )
        yield sa.PrimaryKeyConstraint("workspace", "programme_id", "one", "other", name=op.f("pk_exclusions"))
    else:
        yield sa.PrimaryKeyConstraint("workspace", "one", "other", name=op.f("pk_exclusions"))
