"""The tables of agreements. They go with their two people: if one is erased, the agreement is deleted."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare

_WITH_THE_TWO = GoesWith("partnerships", "id", ("mentee", "mentor"))


class AgreementRow(Table):
    """`version` counts the changes and signatures of the agreement of a partnership."""

    __tablename__ = "agreements"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class AgreementVersionRow(Table):
    """A version of an agreement, which its author has signed by writing it."""

    __tablename__ = "agreement_versions"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    number: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, info=declare(Reader.TWO, Retention.PERSON)
    )
    written_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.PERSON, OnErasure.DELETE_ROW))
    written_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.TWO, Retention.PERSON))
    countersigned_by: Mapped[str] = mapped_column(
        PERSON, info=declare(Reader.TWO, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    countersigned_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.TWO, Retention.PERSON))


class AgreementTermsRow(Table):
    """What a version says, for the two people only; read through `Transaction.private` only.

    `goals` are the ids of goals, not their words; `reports` is empty if the form did not ask. The reminders follow
    `rhythm` and `review_on` of the version in force, finding a time follows `minutes` and `schedules`, and the offer of
    a progress report follows `reports`.
    """

    __tablename__ = "agreement_terms"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    number: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, info=declare(Reader.NOBODY, Retention.PERSON)
    )
    purpose: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    rhythm: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    minutes: Mapped[int] = mapped_column(Integer, info=declare(Reader.TWO, Retention.PERSON))
    ways: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.TWO, Retention.PERSON))
    schedules: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    hours: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    between: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    answer: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    until: Mapped[date] = mapped_column(Date, info=declare(Reader.TWO, Retention.PERSON))
    mentee_brings: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    mentor_brings: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    feedback: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    off_limits: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    obstacles: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
    review_on: Mapped[date] = mapped_column(Date, info=declare(Reader.TWO, Retention.PERSON))
    goals: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.TWO, Retention.PERSON))
    reports: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
