"""The tables of what people tell the programme: with their name for its owners, or without it in groups."""

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class RemarkRow(Table):
    """A remark with a name, and whether an owner has read it. `read_by` is empty once that owner is erased."""

    __tablename__ = "remarks"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "programme_id"], ["programmes.workspace", "programmes.id"]),
        Index(None, "workspace", "person"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    programme_id: Mapped[str] = mapped_column(ID, info=declare(Reader.OWNERS, Retention.PERSON))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.PERSON, OnErasure.DELETE_ROW))
    said_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.OWNERS, Retention.PERSON))
    read_by: Mapped[str] = mapped_column(PERSON, info=declare(Reader.OWNERS, Retention.SHARED, OnErasure.REMOVE))
    read_at: Mapped[datetime | None] = mapped_column(Instant, info=declare(Reader.OWNERS, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class RemarkWordsRow(Table):
    """What the person wrote, which only owners of the programme read."""

    __tablename__ = "remark_words"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "remark_id"], ["remarks.workspace", "remarks.id"], ondelete="CASCADE"),
    )

    remark_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.NOBODY, Retention.PERSON, goes_with=GoesWith("remarks", "id", ("person",))),
    )
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.OWNERS, Retention.PERSON))


class CountedRemarkRow(Table):
    """A remark without a name. The person is stored so that it can be erased, and shown to nobody."""

    __tablename__ = "counted_remarks"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),
        Index(None, "workspace", "person"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    cohort_id: Mapped[str] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.PERSON))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.NOBODY, Retention.PERSON, OnErasure.DELETE_ROW))
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.COUNTED, Retention.PERSON))
    said_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.NOBODY, Retention.PERSON))
    group_id: Mapped[str | None] = mapped_column(ID, info=declare(Reader.NOBODY, Retention.PERSON))


class RemarkGroupRow(Table):
    """Remarks of five people or more. Rows are never changed."""

    __tablename__ = "remark_groups"
    __table_args__ = (ForeignKeyConstraint(["workspace", "cohort_id"], ["cohorts.workspace", "cohorts.id"]),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.GROUP))
    cohort_id: Mapped[str] = mapped_column(ID, info=declare(Reader.OWNERS, Retention.GROUP))
    people: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.GROUP))


class RemarkGroupWordsRow(Table):
    """A remark in a group. Those of a group are deleted together, when one of its people is erased."""

    __tablename__ = "remark_group_words"
    __table_args__ = (ForeignKeyConstraint(["workspace", "group_id"], ["remark_groups.workspace", "remark_groups.id"]),)

    group_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(
            Reader.NOBODY, Retention.GROUP_WORDS, goes_with=GoesWith("counted_remarks", "group_id", ("person",))
        ),
    )
    number: Mapped[int] = mapped_column(
        Integer, primary_key=True, autoincrement=False, info=declare(Reader.NOBODY, Retention.GROUP_WORDS)
    )
    text: Mapped[str] = mapped_column(Text, info=declare(Reader.OWNERS, Retention.GROUP_WORDS))
