"""The tables of what two people say about the end of their partnership. If one is erased, it is deleted."""

from datetime import date

from sqlalchemy import Date, ForeignKeyConstraint, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare

_WITH_THE_TWO = GoesWith("partnerships", "id", ("mentee", "mentor"))


class EndProposalRow(Table):
    """The newest proposal about the end of a partnership. `ends_on` is empty if it is to complete it early."""

    __tablename__ = "end_proposals"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    number: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    proposed_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.PERSON, OnErasure.DELETE_ROW))
    ends_on: Mapped[date | None] = mapped_column(Date, info=declare(Reader.TWO, Retention.PERSON))
    end_before: Mapped[date] = mapped_column(Date, info=declare(Reader.TWO, Retention.PERSON))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.TWO, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class EndKeptRow(Table):
    """A person would like to keep this agreed end. The other reads it once they have said so, too."""

    __tablename__ = "ends_kept"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON, goes_with=_WITH_THE_TWO)
    )
    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.TWO, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    ends_on: Mapped[date] = mapped_column(Date, info=declare(Reader.TWO, Retention.PERSON))
