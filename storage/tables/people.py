"""The tables of workspaces, owners, people and tombstones."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import PERSON, Instant, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class WorkspaceRow(Table):
    """A Slack workspace. Its row is the lock for writing transactions in PostgreSQL.

    `tombstone_key` is a random hex key that never leaves the database; `storage/workspaces.py` uses it. `stopped_at`
    (calendar) is set while Slack denies access; `stopped_why` is Slack's code for it.
    """

    __tablename__ = "workspaces"

    tombstone_key: Mapped[str] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PROGRAMME))
    stopped_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    stopped_why: Mapped[str | None] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PROGRAMME))


class OwnerRow(Table):
    __tablename__ = "owners"

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.PROGRAMME, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    place: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class PersonRow(Table):
    """A profile from Slack. All times are on the calendar.

    `known_at` is when Slack last sent it, `asked_at` is set while it is requested again, and `left_at` while the
    account is deactivated.
    """

    __tablename__ = "people"
    __table_args__ = (Index(None, "workspace", "asked_at"), Index(None, "workspace", "known_at"))

    id: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.PROGRAMME, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    standing: Mapped[str] = mapped_column(String(16), info=declare(Reader.PROGRAMME, Retention.PERSON))
    display_name: Mapped[str] = mapped_column(Text, info=declare(Reader.PROGRAMME, Retention.PERSON))
    time_zone: Mapped[str] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PERSON))
    conversation: Mapped[str | None] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    known_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    asked_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    left_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.PROGRAMME, Retention.PERSON))


class TombstoneRow(Table):
    """Marks an erased person: no notifications until they apply again. `digest` is keyed, so it identifies nobody."""

    __tablename__ = "tombstones"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    erased_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PROGRAMME))
