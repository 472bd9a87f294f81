"""The table of scheduled jobs."""

from datetime import datetime

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import PERSON, Instant, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class ScheduledJobRow(Table):
    """What the programme does by itself when the calendar reaches `due`. A job that is done keeps its key."""

    __tablename__ = "scheduled_jobs"
    __table_args__ = (Index(None, "workspace", "done", "due"), Index(None, "workspace", "person"))

    key: Mapped[str] = mapped_column(
        String(255), primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    kind: Mapped[str] = mapped_column(String(32), info=declare(Reader.NOBODY, Retention.PERSON))
    due: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW))
    refs: Mapped[dict[str, str]] = mapped_column(
        JSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    done: Mapped[bool] = mapped_column(info=declare(Reader.NOBODY, Retention.PERSON))
