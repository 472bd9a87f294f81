"""The tables. Each carries its workspace; what is confidential lives in a table of its own; no time is the
database's.
"""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, MetaData, String, Text, Time
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import ID, PERSON, WORKSPACE, Instant, StringTuple

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)

    workspace: Mapped[str] = mapped_column(WORKSPACE, primary_key=True, sort_order=-1)


class WorkspaceRow(Table):
    """One Slack workspace; its row is the lock under which rules run. `tombstone_key` is hex, random, and never
    leaves.
    """

    __tablename__ = "workspaces"

    tombstone_key: Mapped[str] = mapped_column(String(64))


class OwnerRow(Table):
    __tablename__ = "owners"

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    place: Mapped[int] = mapped_column(Integer)


class ProgrammeRow(Table):
    __tablename__ = "programmes"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    departments: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    grades: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    contact: Mapped[str] = mapped_column(PERSON)
    expectations_url: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))
    work_starts: Mapped[time] = mapped_column(Time)
    work_ends: Mapped[time] = mapped_column(Time)
    least_months: Mapped[int] = mapped_column(Integer)
    most_months: Mapped[int] = mapped_column(Integer)
    service_months: Mapped[int] = mapped_column(Integer)
    admits: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    terms: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    version: Mapped[int] = mapped_column(Integer)
    changed_by: Mapped[str] = mapped_column(PERSON)


class CohortRow(Table):
    __tablename__ = "cohorts"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        Index(None, "workspace", "apply_by"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    programme_id: Mapped[str] = mapped_column(ID)
    opens_on: Mapped[date] = mapped_column(Date)
    apply_by: Mapped[date] = mapped_column(Date)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)


class PersonRow(Table):
    """What Slack says of a person we deal with. `asked_at` (calendar) is set while we owe Slack a question about
    them.
    """

    __tablename__ = "people"
    __table_args__ = (Index(None, "workspace", "asked_at"),)

    id: Mapped[str] = mapped_column(PERSON, primary_key=True)
    standing: Mapped[str] = mapped_column(String(16))
    display_name: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(String(64))
    conversation: Mapped[str | None] = mapped_column(String(32))
    known_at: Mapped[datetime | None] = mapped_column(Instant)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)


class ApplicationRow(Table):
    __tablename__ = "applications"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "cohort_id", "person", "role", unique=True),
        Index(None, "workspace", "person"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ID)
    person: Mapped[str] = mapped_column(PERSON)
    role: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    months: Mapped[int] = mapped_column(Integer)
    ways: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    languages: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(String(75))
    grade: Mapped[str] = mapped_column(String(75))
    started_on: Mapped[date | None] = mapped_column(Date)
    places: Mapped[int] = mapped_column(Integer)
    sent_at: Mapped[datetime] = mapped_column(Instant)
    sent_on: Mapped[date] = mapped_column(Date)
    version: Mapped[int] = mapped_column(Integer)


class ConfidenceRow(Table):
    """What an application says in confidence; reached through `Transaction.private` alone."""

    __tablename__ = "application_confidences"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace", "application_id"], ["applications.workspace", "applications.id"], ondelete="CASCADE"
        ),
    )

    application_id: Mapped[str] = mapped_column(ID, primary_key=True)
    hopes: Mapped[str] = mapped_column(Text)
    manager: Mapped[str] = mapped_column(PERSON)
    wish: Mapped[str] = mapped_column(PERSON)


class DraftRow(Table):
    """What somebody typed into a form that could not be taken; it comes back when they open the form again."""

    __tablename__ = "drafts"

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    form: Mapped[str] = mapped_column(String(64), primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column("form_values", JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)


class NoticeRow(Table):
    """The outbox. `due` is the calendar's, `not_before` and `lease_until` the stopwatch's, `opaque` is Slack's
    metadata.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(None, "workspace", "key", unique=True),
        Index(None, "workspace", "state", "due"),
        Index(None, "workspace", "person"),
    )

    workspace: Mapped[str] = mapped_column(WORKSPACE)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(64))
    person: Mapped[str] = mapped_column(PERSON)
    about: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(16))
    asked: Mapped[bool] = mapped_column()
    due: Mapped[datetime | None] = mapped_column(Instant)
    not_before: Mapped[datetime | None] = mapped_column(Instant)
    lease_until: Mapped[datetime | None] = mapped_column(Instant)
    fence: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    opaque: Mapped[str] = mapped_column(String(32))
    conversation: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str | None] = mapped_column(String(64))


class TombstoneRow(Table):
    """Somebody was erased: nothing is owed to them until they come back. `digest` is keyed, so it names nobody."""

    __tablename__ = "tombstones"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(Instant)
