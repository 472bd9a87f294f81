"""The tables of plans and goals: each person's own, read through `Transaction.private` only."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import ID, PERSON, Instant, StringTuple, Table
from storage.tables.declarations import GoesWith, OnErasure, Reader, Retention, declare


class PlanRow(Table):
    """Where a person stands and would like to be, in their words."""

    __tablename__ = "plans"

    person: Mapped[str] = mapped_column(
        PERSON, primary_key=True, info=declare(Reader.SHARED, Retention.PERSON, OnErasure.DELETE_ROW)
    )
    strengths: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    stretch: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    energy: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    direction: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    why: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    skills: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.SHARED, Retention.PERSON))
    other_skills: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    written_on: Mapped[date] = mapped_column(Date, info=declare(Reader.SHARED, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class GoalRow(Table):
    """A goal of a person. `who` are people who could help with it."""

    __tablename__ = "goals"
    __table_args__ = (Index(None, "workspace", "person"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.SHARED, Retention.PERSON, OnErasure.DELETE_ROW))
    words: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    term: Mapped[str] = mapped_column(String(16), info=declare(Reader.SHARED, Retention.PERSON))
    proof: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    until: Mapped[date | None] = mapped_column(Date, info=declare(Reader.SHARED, Retention.PERSON))
    first_step: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    help: Mapped[tuple[str, ...]] = mapped_column(StringTuple, info=declare(Reader.SHARED, Retention.PERSON))
    who: Mapped[tuple[str, ...]] = mapped_column(
        StringTuple, info=declare(Reader.SHARED, Retention.SHARED, OnErasure.REMOVE)
    )
    other_who: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    obstacle: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.SHARED, Retention.PERSON))
    added_on: Mapped[date] = mapped_column(Date, info=declare(Reader.SHARED, Retention.PERSON))
    number: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))
    version: Mapped[int] = mapped_column(Integer, info=declare(Reader.NOBODY, Retention.PERSON))


class GoalChangeRow(Table):
    """What became of a goal on a day. `number` is the version of the goal since then."""

    __tablename__ = "goal_changes"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "goal_id"], ["goals.workspace", "goals.id"], ondelete="CASCADE"),
    )

    goal_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.NOBODY, Retention.PERSON, goes_with=GoesWith("goals", "id", ("person",))),
    )
    number: Mapped[int] = mapped_column(Integer, primary_key=True, info=declare(Reader.NOBODY, Retention.PERSON))
    changed_on: Mapped[date] = mapped_column(Date, info=declare(Reader.SHARED, Retention.PERSON))
    state: Mapped[str] = mapped_column(String(16), info=declare(Reader.SHARED, Retention.PERSON))
    happened: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    next_step: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    old_words: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    old_proof: Mapped[str] = mapped_column(Text, info=declare(Reader.SHARED, Retention.PERSON))
    old_until: Mapped[date | None] = mapped_column(Date, info=declare(Reader.SHARED, Retention.PERSON))


class PlanShareRow(Table):
    """The plan of `person`, the mentee of the partnership, is shared with its mentor."""

    __tablename__ = "plan_shares"
    __table_args__ = (
        ForeignKeyConstraint(["workspace", "partnership_id"], ["partnerships.workspace", "partnerships.id"]),
        Index(None, "workspace", "person"),
    )

    partnership_id: Mapped[str] = mapped_column(
        ID,
        primary_key=True,
        info=declare(Reader.NOBODY, Retention.PERSON, goes_with=GoesWith("partnerships", "id", ("mentee", "mentor"))),
    )
    person: Mapped[str] = mapped_column(PERSON, info=declare(Reader.TWO, Retention.PERSON, OnErasure.DELETE_ROW))
    shared_at: Mapped[datetime] = mapped_column(Instant, info=declare(Reader.TWO, Retention.PERSON))
