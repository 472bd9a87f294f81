"""The tables of applications, private answers and drafts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table


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


class PrivateAnswersRow(Table):
    """The private answers of an application; read through `Transaction.private` only."""

    __tablename__ = "application_private_answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace", "application_id"], ["applications.workspace", "applications.id"], ondelete="CASCADE"
        ),
    )

    application_id: Mapped[str] = mapped_column(ID, primary_key=True)
    hopes: Mapped[str] = mapped_column(Text)
    manager: Mapped[str] = mapped_column(PERSON)
    no_manager: Mapped[bool] = mapped_column()
    wish: Mapped[str] = mapped_column(PERSON)


class DraftRow(Table):
    """The input of a form that was refused. It fills the form when the person opens it again."""

    __tablename__ = "drafts"

    person: Mapped[str] = mapped_column(PERSON, primary_key=True)
    form: Mapped[str] = mapped_column(String(64), primary_key=True)
    form_values: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
