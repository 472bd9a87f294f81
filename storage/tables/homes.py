"""The table of Homes."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import PERSON, Instant, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class HomeRow(Table):
    """The Home of a person who has opened it. What is on it is not stored: it is made when it is published.

    `revision` counts the changes, `rendered_revision` is the one that the last publication began with. `looks_until` is
    until when the person is taken to look at it, `due` since when it waits to be published (the epoch: first of all);
    these, `retry_at` and `lease_until` are on the stopwatch.
    """

    __tablename__ = "homes"
    __table_args__ = (Index(None, "workspace", "state", "due"),)

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.NOBODY, Retention.PERSON))
    revision: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    rendered_revision: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    looks_until: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    due: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    retry_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    lease_until: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    fence: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    attempts: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    reason: Mapped[str | None] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PERSON))
