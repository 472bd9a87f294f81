"""The tables of workspaces, administrators, roles, people and tombstones."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class WorkspaceRow(Table):
    """A Slack workspace. Its row is the lock for writing transactions in PostgreSQL.

    `tombstone_key` is a random hex key that never leaves the database; `storage/workspaces.py` uses it. `stopped_at`
    (calendar) is set while Slack denies access; `stopped_why` is Slack's code for it. `plain_since` (calendar) is when
    Slack last refused blocks that have plain ones in their place.
    """

    __tablename__ = "workspaces"

    tombstone_key: Mapped[str] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PROGRAMME))
    stopped_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    stopped_why: Mapped[str | None] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PROGRAMME))
    plain_since: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PROGRAMME))


class AdministratorRow(Table):
    """A person who may start programmes. `named_by` is the administrator who named them, or "" for MENTOR_OWNERS."""

    __tablename__ = "administrators"

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.OWNERS, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    place: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    named_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))


class RoleRow(Table):
    """What a person does for a programme: a value of `ProgrammeRole`. They are listed by `place`.

    `named_by` is the owner or administrator who named them, or "" for MENTOR_OWNERS.
    """

    __tablename__ = "roles"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        Index(None, "workspace", "person"),
    )

    programme_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.PROGRAMME, Retention.PERSON))
    role: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.PROGRAMME, Retention.PERSON))
    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.PROGRAMME, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    place: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    named_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))


class PersonRow(Table):
    """A profile from Slack. All times are on the calendar.

    `sort_name` is made from `display_name`, to sort and search by. `known_at` is when Slack last sent the profile,
    `asked_at` is set while it is requested again, and `left_at` while the account is deactivated. `leave_since` and
    `leave_until`, the day on which they are back, are set while they are on leave.
    """

    __tablename__ = "people"
    __table_args__ = (
        Index(None, "workspace", "asked_at"),
        Index(None, "workspace", "known_at"),
        Index(None, "workspace", "sort_name", "id"),
    )

    id: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.PROGRAMME, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    standing: Mapped[str] = mapped_column(String(16), info=declare(Reader.PROGRAMME, Retention.PERSON))
    display_name: Mapped[str] = mapped_column(Text, info=declare(Reader.FACILITATORS, Retention.PERSON))
    sort_name: Mapped[str] = mapped_column(Text, info=declare(Reader.FACILITATORS, Retention.PERSON))
    time_zone: Mapped[str] = mapped_column(String(64), info=declare(Reader.SELF, Retention.PERSON))
    conversation: Mapped[str | None] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    known_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    asked_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    left_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.FACILITATORS, Retention.PERSON))
    leave_since: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.FACILITATORS, Retention.PERSON))
    leave_until: Mapped[date | None] = mapped_column(Date, info=declare(Reader.FACILITATORS, Retention.PERSON))


class ProfileFieldRow(Table):
    """The custom field of Slack profiles (`field`, Slack's id, or "") that says a fact: a value of `ProfileFact`.

    The rows of a workspace are written together, by the administrator `mapped_by`, and have the same `version`.
    """

    __tablename__ = "profile_fields"

    fact: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    field: Mapped[str] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PROGRAMME))
    mapped_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    mapped_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PROGRAMME))


class TombstoneRow(Table):
    """Marks an erased person: no notifications until they apply again. `digest` is keyed, so it identifies nobody."""

    __tablename__ = "tombstones"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    erased_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PROGRAMME))
