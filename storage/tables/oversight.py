"""The tables of what owners asked two people, and what these answered."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, Table
from storage.tables.declarations import OnErasure, Reader, Retention, declare


class OversightRequestRow(Table):
    """That an owner reminded two people to meet, offered help, or asked how it stands. Rows are only added."""

    __tablename__ = "oversight_requests"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    kind: Mapped[str] = mapped_column(String(16), primary_key=True, info=declare(Reader.PROGRAMME, Retention.SHARED))
    number: Mapped[int] = mapped_column(Integer, primary_key=True, info=declare(Reader.NOBODY, Retention.SHARED))
    by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.PROGRAMME, Retention.SHARED, OnErasure.REMOVE))
    at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.PROGRAMME, Retention.SHARED))


class StandingAnswerRow(Table):
    """What one of the two answered when an owner asked how it stands; they are told that owners read it."""

    __tablename__ = "standing_answers"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    number: Mapped[int] = mapped_column(Integer, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.OWNERS, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    answer: Mapped[str] = mapped_column(String(16), info=declare(Reader.OWNERS, Retention.PERSON))
    at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.OWNERS, Retention.PERSON))


class AlarmSnoozeRow(Table):
    """Until when an owner is not told that two people don't seem to meet."""

    __tablename__ = "alarm_snoozes"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.SELF, Retention.PERSON))
    owner: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.SELF, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    until: Mapped[date] = mapped_column(Date, info=declare(Reader.SELF, Retention.PERSON))


class DigestChoiceRow(Table):
    """How often an owner gets the message about what needs them."""

    __tablename__ = "digest_choices"

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.SELF, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    rhythm: Mapped[str] = mapped_column(String(16), info=declare(Reader.SELF, Retention.PERSON))
