"""The tables of help in confidence. A case goes with the person who asked: if they are erased, it is deleted. The count
of a year stays.
"""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class CaseRow(Table):
    """Who asks whom for help. `contact` or `second_contact` is empty once that person is erased."""

    __tablename__ = "cases"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        Index(None, "workspace", "person"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    programme_id: Mapped[str] = mapped_column(ID, info=declare(Reader.ASKED, Retention.PERSON))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.ASKED, Retention.PERSON, OnErasure.DELETE_ROW))
    contact: Mapped[str] = mapped_column(PERSON, info=declare(Reader.ASKED, Retention.SHARED, OnErasure.REMOVE))
    second_contact: Mapped[str] = mapped_column(PERSON, info=declare(Reader.ASKED, Retention.SHARED, OnErasure.REMOVE))
    next_contacts: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.NOBODY, Retention.SHARED, OnErasure.REMOVE)
    )
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.ASKED, Retention.PERSON))
    opened_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.ASKED, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class CaseWordsRow(Table):
    """What the person wrote, read through `Transaction.private` by those who were asked. Empty once it is closed."""

    __tablename__ = "case_words"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "case_id"], ["cases.workspace", "cases.id"], ondelete="CASCADE"),
    )

    case_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.NOBODY, Retention.CASE, goes_with=GoesWith("cases", "id", ("person",))),
    )
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.ASKED, Retention.CASE))


class CaseCountRow(Table):
    """How many cases were opened in a calendar year. It never falls, and owners see it once the year is over."""

    __tablename__ = "case_counts"
    __table_args__ = (ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),)

    programme_id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.OWNERS, Retention.GROUP))
    year: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, info=declare(Reader.OWNERS, Retention.GROUP)
    )
    opened: Mapped[int] = mapped_column(Integer, info=declare(Reader.COUNTED_BY_YEAR, Retention.GROUP))
