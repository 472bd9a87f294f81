"""The table of work that failed unexpectedly."""

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import PERSON, Instant, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class WorkFailureRow(Table):
    """Work that failed and is tried again at `retry_at`. A success deletes the row. All times are on the stopwatch.

    `error` is a type or a code, never the text of an error. `person` is the one whom `item` names, or "".
    """

    __tablename__ = "work_failures"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    item: Mapped[str] = mapped_column(
        String(255), primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW))
    attempts: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    since: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    retry_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    reference: Mapped[str] = mapped_column(String(16), info=declare(Reader.NOBODY, Retention.PERSON))
    error: Mapped[str] = mapped_column(String(64), info=declare(Reader.NOBODY, Retention.PERSON))
