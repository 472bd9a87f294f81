"""The tables of progress reports. They go with their two people: if one is erased, the reports are deleted."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKeyConstraint, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare

_WITH_THE_TWO = GoesWith("partnerships", "id", ("mentee", "mentor"))


class ReportRow(Table):
    """Where a progress report stands. `ended_on` is its last day, once both have finished it."""

    __tablename__ = "reports"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
        UniqueConstraint("workspace", "partnership_id", "number"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    partnership_id: Mapped[str] = mapped_column(
        ID, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    number: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.PERSON))
    starts_on: Mapped[date] = mapped_column(Date, info=declare(Reader.TWO_SHARED, Retention.PERSON))
    mentee_finished_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.TWO, Retention.PERSON))
    mentor_finished_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.TWO, Retention.PERSON))
    ended_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.TWO_SHARED, Retention.PERSON))
    edition: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class ReportWordsRow(Table):
    """What the two wrote into a report, and, once both have finished it, `page` with all that it says.

    The two read it through `Transaction.private` only, and the person with whom both share it reads the page. `lines`,
    `next_steps` and `page` are JSON.
    """

    __tablename__ = "report_words"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    report_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    partnership_id: Mapped[str] = mapped_column(
        ID, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    mentee_learnt: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO_SHARED, Retention.PERSON))
    mentor_learnt: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO_SHARED, Retention.PERSON))
    lines: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO_SHARED, Retention.PERSON))
    next_steps: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO_SHARED, Retention.PERSON))
    wishes: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.TWO_SHARED, Retention.PERSON))
    leaves_out_resting: Mapped[bool] = mapped_column(Boolean, info=declare(Reader.TWO, Retention.PERSON))
    mentee_shows_titles: Mapped[bool] = mapped_column(Boolean, info=declare(Reader.TWO, Retention.PERSON))
    mentor_shows_titles: Mapped[bool] = mapped_column(Boolean, info=declare(Reader.TWO, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    page: Mapped[str | None] = mapped_column(Text, info=declare(Reader.TWO_SHARED, Retention.PERSON))


class ReportShareRow(Table):
    """A person with whom a finished report is shared once both of the two agree."""

    __tablename__ = "report_shares"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    report_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    reader: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.TWO_SHARED, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    partnership_id: Mapped[str] = mapped_column(
        ID, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    mentee_agreed_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.TWO, Retention.PERSON))
    mentor_agreed_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.TWO, Retention.PERSON))
    attempt: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
