"""The workspace, its owners, the people we deal with, and those who are forgotten."""

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import PERSON, Instant, Table


class WorkspaceRow(Table):
    """One Slack workspace; its row is the lock under which rules run. `tombstone_key` is hex, random, and never
    leaves. `stopped_at` (calendar) is set while Slack does not let us in, `stopped_why` is Slack's code for it.
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
    """What Slack says of a person we deal with. `asked_at` (calendar) is set while we owe Slack a question about
    them, `left_at` (calendar) while their account is deactivated.
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
    """Somebody was erased: nothing is owed to them until they come back. `digest` is keyed, so it names nobody."""

    __tablename__ = "tombstones"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(Instant)
