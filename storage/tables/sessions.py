"""The tables of sessions and of who comes to them."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class SessionRow(Table):
    """An information session or an orientation."""

    __tablename__ = "sessions"
    __table_args__ = (ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    programme_id: Mapped[str] = mapped_column(ID, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    kind: Mapped[str] = mapped_column(String(16), info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    starts_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    minutes: Mapped[int] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    place: Mapped[str] = mapped_column(Text, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    audience: Mapped[str] = mapped_column(String(16), info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    plan: Mapped[str] = mapped_column(Text, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    places: Mapped[int | None] = mapped_column(Integer, info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.PUBLIC, Retention.PROGRAMME))
    sequence: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PROGRAMME))
    planned_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    came: Mapped[int | None] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.PROGRAMME))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PROGRAMME))


class SessionAnswerRow(Table):
    """That a person comes, waits for a place, or cannot come."""

    __tablename__ = "session_answers"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "session_id"], ["sessions.workspace", "sessions.id"]),
        Index(None, "workspace", "person"),
    )

    session_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.OWNERS, Retention.SESSION))
    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.OWNERS, Retention.SESSION, OnErasure.DELETE_ROW)
    )
    number: Mapped[int] = mapped_column(Integer, info=declare(Reader.OWNERS, Retention.SESSION))
    is_coming: Mapped[bool] = mapped_column(info=declare(Reader.OWNERS, Retention.SESSION))
    has_place: Mapped[bool] = mapped_column(info=declare(Reader.OWNERS, Retention.SESSION))
