"""The tables of applications, private answers and drafts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class ApplicationRow(Table):
    __tablename__ = "applications"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "cohort_id", "person", "role", unique=True),
        Index(None, "workspace", "person"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    cohort_id: Mapped[str] = mapped_column(ID, info=declare(Reader.APPROVERS, Retention.PERSON))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.PROGRAMME, Retention.PERSON, OnErasure.DELETE_ROW))
    role: Mapped[str] = mapped_column(String(16), info=declare(Reader.PROGRAMME, Retention.PERSON))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.APPROVERS, Retention.PERSON))
    topics: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PROGRAMME, Retention.PERSON))
    months: Mapped[int] = mapped_column(Integer, info=declare(Reader.PROGRAMME, Retention.PERSON))
    weeks: Mapped[int] = mapped_column(Integer, info=declare(Reader.PROGRAMME, Retention.PERSON))
    ways: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.PROGRAMME, Retention.PERSON))
    languages: Mapped[str] = mapped_column(Text, info=declare(Reader.PROGRAMME, Retention.PERSON))
    department: Mapped[str] = mapped_column(String(75), info=declare(Reader.PROGRAMME, Retention.PERSON))
    grade: Mapped[str] = mapped_column(String(75), info=declare(Reader.APPROVERS, Retention.PERSON))
    started_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.APPROVERS, Retention.PERSON))
    places: Mapped[int] = mapped_column(Integer, info=declare(Reader.APPROVERS, Retention.PERSON))
    sent_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.APPROVERS, Retention.PERSON))
    sent_on: Mapped[date] = mapped_column(Date, info=declare(Reader.APPROVERS, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class PrivateAnswersRow(Table):
    """The private answers of an application; read through `Transaction.private` only."""

    __tablename__ = "application_private_answers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace", "application_id"], ["applications.workspace", "applications.id"], ondelete="CASCADE"
        ),
    )

    application_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.NOBODY, Retention.PERSON, goes_with=GoesWith("applications", "id", ("person",))),
    )
    hopes: Mapped[str] = mapped_column(Text, info=declare(Reader.PROGRAMME, Retention.PERSON))
    hopes_shared: Mapped[bool] = mapped_column(info=declare(Reader.APPROVERS, Retention.PERSON))
    manager: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))
    no_manager: Mapped[bool] = mapped_column(info=declare(Reader.APPROVERS, Retention.PERSON))
    wish: Mapped[str] = mapped_column(PERSON, info=declare(Reader.APPROVERS, Retention.SHARED, OnErasure.REMOVE))


class DraftRow(Table):
    """The input of a form that was refused. It fills the form when the person opens it again.

    `form` names the form, and the person whom it is about between colons, if an owner filled it in for them.
    """

    __tablename__ = "drafts"

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.SELF, Retention.DRAFT, OnErasure.DELETE_ROW)
    )
    form: Mapped[str] = mapped_column(
        String(64), primary_key=True, info=declare(Reader.SELF, Retention.DRAFT, OnErasure.DELETE_ROW)
    )
    form_values: Mapped[dict[str, Any]] = mapped_column(
        JSON, info=declare(Reader.SELF, Retention.DRAFT, OnErasure.REMOVE)
    )
    saved_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.SELF, Retention.DRAFT))
