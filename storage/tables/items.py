"""The table of action items. They go with their two people: if one is erased, they are deleted."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class ActionItemRow(Table):
    """What one of two partners, or both, will do; `meeting_id` is where it was agreed, or empty."""

    __tablename__ = "action_items"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
        Index(None, "workspace", "partnership_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    partnership_id: Mapped[str] = mapped_column(
        ID,
        info=declare(Reader.NOBODY, Retention.PERSON, goes_with=GoesWith("partnerships", "id", ("mentee", "mentor"))),
    )
    meeting_id: Mapped[str] = mapped_column(ID, info=declare(Reader.TWO, Retention.PERSON))
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    owner: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    due: Mapped[date | None] = mapped_column(Date, info=declare(Reader.TWO, Retention.PERSON))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    added_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.TWO, Retention.PERSON))
    changed_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.PERSON, OnErasure.DELETE_ROW))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
