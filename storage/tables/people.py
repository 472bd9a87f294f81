"""The tables of workspaces, owners, people and tombstones."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import PERSON, Instant, Table


class WorkspaceRow(Table):
    """A Slack workspace. Its row is the lock for writing transactions in PostgreSQL.

    `tombstone_key` is a random hex key that never leaves the database; `storage/digests.py` uses it. `stopped_at`
    (calendar) is set while Slack denies access; `stopped_why` is Slack's code for it.
    """

    __tablename__ = "workspaces"

    tombstone_key: Mapped[str] = mapped_column(String(64))
    stopped_at: Mapped[datetime | None] = mapped_column(Instant)
    stopped_why: Mapped[str | None] = mapped_column(String(64))


class OwnerRow(Table):
    __tablename__ = "owners"

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    place: Mapped[int] = mapped_column(Integer)


class PersonRow(Table):
    """A profile from Slack. All times are on the calendar.

    `known_at` is when Slack last sent it, `asked_at` is set while it is requested again, and `left_at` while the
    account is deactivated.
    """

    __tablename__ = "people"
    __table_args__ = (Index(None, "workspace", "asked_at"), Index(None, "workspace", "known_at"))

    id: Mapped[str] = mapped_column(PERSON, primary_key=True)
    standing: Mapped[str] = mapped_column(String(16))
    display_name: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(String(64))
    conversation: Mapped[str | None] = mapped_column(String(32))
    known_at: Mapped[datetime | None] = mapped_column(Instant)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)


class TombstoneRow(Table):
    """Marks an erased person: no notifications until they apply again. `digest` is keyed, so it identifies nobody."""

    __tablename__ = "tombstones"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(Instant)
