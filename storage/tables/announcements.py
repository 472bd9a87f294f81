"""The tables of the communication plan: entries that an owner touched, and who gets each."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare
from storage.tables.notifications import VIEW_KEY

_OWNERS = declare(Reader.OWNERS, Retention.PROGRAMME)


class AnnouncementRow(Table):
    """An entry of the plan of a cohort. `moment` is on the calendar, None if it follows the cohort's dates."""

    __tablename__ = "announcements"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "programme_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    programme_id: Mapped[str] = mapped_column(ID, info=_OWNERS)
    cohort_id: Mapped[str] = mapped_column(ID, info=_OWNERS)
    kind: Mapped[str] = mapped_column(String(16), info=_OWNERS)
    audience: Mapped[str] = mapped_column(String(16), info=_OWNERS)
    text: Mapped[str] = mapped_column(Text, info=declare(Reader.PROGRAMME, Retention.PROGRAMME))
    name: Mapped[str] = mapped_column(String(255), info=_OWNERS)
    channels: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=_OWNERS)
    has_buttons: Mapped[bool] = mapped_column(info=_OWNERS)
    moment: Mapped[datetime | None] = mapped_column(Instant, info=_OWNERS)
    state: Mapped[str] = mapped_column(String(16), info=_OWNERS)
    approved_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    changed_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    version: Mapped[int] = mapped_column(Integer, info=_OWNERS)


class AnnouncementRecipientRow(Table):
    """A person or channel that gets an announcement. `key` is that of their notification in the outbox, and "" until it
    is there. `is_limited`: they had the most direct messages of the round before, and get none.
    """

    __tablename__ = "announcement_recipients"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "announcement_id"], ["announcements.workspace", "announcements.id"]),
        Index(None, "workspace", "recipient"),
    )

    announcement_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    recipient: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    key: Mapped[str] = mapped_column(VIEW_KEY, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW))
    is_limited: Mapped[bool] = mapped_column(info=declare(Reader.NOBODY, Retention.PERSON))
