"""The tables of the last page of the closing survey. A thank-you goes with both: if one is erased, it is deleted."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class ClosureRow(Table):
    """Whether a person may be named, which owners see once both agree, and for how many mentees a mentor goes on."""

    __tablename__ = "closures"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.SELF, Retention.PERSON))
    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.SELF, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    is_named: Mapped[bool] = mapped_column(info=declare(Reader.OWNERS, Retention.PERSON))
    places: Mapped[int | None] = mapped_column(Integer, info=declare(Reader.SELF, Retention.PERSON))
    answered_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))


class ThankYouRow(Table):
    __tablename__ = "thank_yous"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.NOBODY, Retention.PERSON, goes_with=GoesWith("partnerships", "id", ("mentee", "mentor"))),
    )
    author: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.TWO, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.TWO, Retention.PERSON))
